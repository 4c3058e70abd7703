using System.Security.Cryptography;
using System.Text;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Kernel.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Http.Calls;

/// <summary>Keeps what calls with an Idempotency-Key were answered, for a day.</summary>
public sealed class RememberCalls(LinliDb db, FieldCipher cipher, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>A first one that has not ended by then was cut off: nobody knows whether it was done.</summary>
    private static readonly TimeSpan CutOff = TimeSpan.FromMinutes(2);

    internal static string IdOf(Actor actor, string address, string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{actor.Program ?? actor.Id:N}\n{address}\n{key}")));

    /// <returns>What is known of an earlier one; null when this is the first, which is noted.</returns>
    internal async Task<RememberedCall?> BeginAsync(Actor actor, string id, string bodyHash, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var old = now - Kept;
        await db.Set<RememberedCall>().Where(c => c.Id == id && c.At < old).ExecuteDeleteAsync(cancellation);
        if (await FindAsync(id, cancellation) is { } earlier)
        {
            return earlier;
        }

        db.Add(new RememberedCall { Id = id, BodyHash = bodyHash, At = now });
        try
        {
            await db.CommitAsync(actor.Act("shell.remember-call", now), cancellation);
            return null;
        }
        catch (DbUpdateException) when (!cancellation.IsCancellationRequested)
        {
            db.ChangeTracker.Clear();
            return await FindAsync(id, cancellation) ?? throw new InvalidOperationException("A call could not be noted.");
        }
    }

    internal bool IsCutOff(RememberedCall call) => call.Status is null && call.At < clock.GetUtcNow() - CutOff;

    internal string AnswerOf(RememberedCall call) => cipher.Open(CellOf(call.Id), call.Answer) ?? "";

    /// <summary>What was refused is forgotten: put right, it may be sent with the same key.</summary>
    internal async Task EndAsync(string id, int status, string? contentType, string? answer)
    {
        var calls = db.Set<RememberedCall>().Where(c => c.Id == id);
        if (status is < 200 or >= 300)
        {
            await calls.ExecuteDeleteAsync(CancellationToken.None);
            return;
        }

        var (done, text) = ((int?)status, cipher.Seal(CellOf(id), answer));
        await calls.ExecuteUpdateAsync(set => set.SetProperty(c => c.Status, done).SetProperty(c => c.ContentType, contentType).SetProperty(c => c.Answer, text), CancellationToken.None);
    }

    public async Task<int> PruneAsync(CancellationToken cancellation)
    {
        var old = clock.GetUtcNow() - Kept;
        return await db.Set<RememberedCall>().Where(c => c.At < old).ExecuteDeleteAsync(cancellation);
    }

    private Task<RememberedCall?> FindAsync(string id, CancellationToken cancellation) => db.Set<RememberedCall>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancellation);

    private static Cell CellOf(string id) => Cell.Of<RememberedCall>(nameof(RememberedCall.Answer), id);
}
