using System.Security.Cryptography;
using System.Text;
using Linli.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Accounts.Tries;

/// <summary>One counter and what it counts.</summary>
internal sealed record Counted(TryRule Rule, string About)
{
    public string Key { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Rule.Name}/{About}")));
}

/// <summary>
/// Reads and changes the counters of one try. Only adds to the session: the caller commits, and a simultaneous try that changed a counter first
/// makes that fail, so that no number of simultaneous tries gets more than its share.
/// </summary>
internal sealed class CountTries(LinliDb db, TimeProvider clock)
{
    public static Failure TooMany(TimeSpan wait) =>
        new Failure.TooMany("试错的次数太多，请 {0} 分钟后再试。", wait, (int)Math.Ceiling(wait.TotalMinutes)) { Code = "too_many_tries" };

    public async Task<Chance> LookAsync(CancellationToken cancellation, params Counted[] counted)
    {
        var keys = counted.Select(c => c.Key).ToList();
        var rows = await db.Set<TryCounter>().Where(c => keys.Contains(c.Key)).ToDictionaryAsync(c => c.Key, cancellation);
        var now = clock.GetUtcNow();
        var wait = rows.Values.Select(c => c.NextAt - now).Append(TimeSpan.Zero).Max();
        return new Chance(db, counted, rows, now, wait);
    }

    /// <summary>
    /// Something that works once. The second commit with it fails, also on another instance; after a day it is forgotten, when what it was for is long over.
    /// </summary>
    public void Once(string use, string about)
    {
        var now = clock.GetUtcNow();
        db.Add(new TryCounter { Key = new Counted(new TryRule(use, 0, TimeSpan.Zero, TimeSpan.Zero), about).Key, LastAt = now, NextAt = now });
    }

    /// <summary>Counters that say nothing any more.</summary>
    public Task<int> PruneAsync(CancellationToken cancellation)
    {
        var old = clock.GetUtcNow() - TryRule.Forget;
        return db.Set<TryCounter>().Where(c => c.LastAt < old && c.NextAt < old).ExecuteDeleteAsync(cancellation);
    }
}

/// <summary>One try that has not been made yet.</summary>
/// <param name="Wait">More than nothing: it must not be made before that.</param>
internal sealed record Chance(LinliDb Db, IReadOnlyList<Counted> Counted, Dictionary<string, TryCounter> Rows, DateTimeOffset Now, TimeSpan Wait)
{
    public bool IsOpen => Wait <= TimeSpan.Zero;

    public void Failed()
    {
        foreach (var (rule, key) in Counted.Select(c => (c.Rule, c.Key)))
        {
            if (!Rows.TryGetValue(key, out var row))
            {
                Db.Add(row = new TryCounter { Key = key });
            }

            row.Failures = row.LastAt < Now - TryRule.Forget ? 1 : row.Failures + 1;
            row.LastAt = Now;
            row.NextAt = Now + rule.WaitAfter(row.Failures);
        }
    }

    public void Succeeded() => Db.RemoveRange(Rows.Values);
}
