using Linli.Kernel;

namespace Linli.Database.Watching;

/// <summary>
/// Goes by what was written into the audit log since the last look: every act is in it, with the tables that it touched. An act that began earlier may show up
/// later under a smaller number; those are asked for until they have come.
/// </summary>
internal sealed class AuditTail
{
    public const string Top = "select coalesce(max(\"Id\"), 0) from kernel_audit_entry";
    public const string Stamps = "select \"Name\", \"Value\" from kernel_change_stamp";
    private const int MostMissing = 500;
    private readonly SortedDictionary<long, ulong?> _missing = [];

    /// <summary>The highest number seen; null before the first look.</summary>
    public long? Seen { get; private set; }

    public long[] Missing => [.. _missing.Keys];

    public void Begin(long top) => Seen = top;

    /// <param name="entries">Those above <see cref="Seen"/>, in their order, and those of <see cref="Missing"/> that have come.</param>
    /// <param name="oldest">All transactions below this number had ended when the entries were read.</param>
    /// <param name="next">Transactions that had not begun then have this number or a higher one.</param>
    /// <returns>Something was changed that others may have read.</returns>
    public bool Take(IReadOnlyList<(long Id, string Changes)> entries, ulong oldest = 0, ulong next = ulong.MaxValue)
    {
        ForgetTakenBack(oldest, next);
        var isNews = false;
        foreach (var (id, changes) in entries)
        {
            isNews |= id - Seen!.Value > MostMissing;
            for (var between = Math.Max(Seen.Value + 1, id - MostMissing); between < id; between++)
            {
                _missing.Add(between, null);
            }

            _missing.Remove(id);
            Seen = Math.Max(Seen.Value, id);
            isNews |= !IsErrand(changes);
        }

        while (_missing.Count > MostMissing)
        {
            _missing.Remove(_missing.Keys.First());   // given up waiting for it: then it may as well have been something
            isNews = true;
        }

        return isNews;
    }

    /// <summary>
    /// Numbers of acts that were taken back never come. One look after it was missed, whoever drew it has the number of a transaction; when all
    /// transactions of that time have ended, nothing is to be waited for.
    /// </summary>
    private void ForgetTakenBack(ulong oldest, ulong next)
    {
        foreach (var (id, bound) in _missing.ToList())
        {
            if (bound is { } ended && ended <= oldest)
            {
                _missing.Remove(id);
            }
            else
            {
                _missing[id] = bound ?? next;
            }
        }
    }

    /// <summary>Nothing but what Linli keeps for itself: nobody's answer depends on it.</summary>
    private static bool IsErrand(string changes) => changes.Length > 0 && changes.Split("; ").All(change =>
        change.Split(' ') is [_, var table, ..] && (table.StartsWith("shell_", StringComparison.Ordinal) || table.StartsWith("kernel_outbox", StringComparison.Ordinal) || table.StartsWith("kernel_audit", StringComparison.Ordinal)));

    public static StoreState State(StoreState? last, bool isNews, IReadOnlyDictionary<string, Guid> stamps) => new((last?.Revision ?? 0) + (isNews ? 1 : 0), stamps);
}
