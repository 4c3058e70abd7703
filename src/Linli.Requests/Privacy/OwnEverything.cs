using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Shell.Residents;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Privacy;

/// <summary>Everything that Linli holds about a resident with an account: the account, and every request that belongs to it.</summary>
/// <param name="Sessions">Where the account is or was signed in, as long as that is kept.</param>
/// <param name="Looks">Who looked, over all requests.</param>
public sealed record EverythingOwn(OwnAccount Account, IReadOnlyList<OwnExport> Requests, IReadOnlyList<OwnSession> Sessions, IReadOnlyList<OwnLook> Looks);

/// <summary>What came of the wish to delete one of several requests.</summary>
/// <param name="WhyNot">What has to stay for now, and why; absent when it will be deleted.</param>
public sealed record OwnDeletion(string Number, DateTimeOffset? DueAt, string? WhyNot);

/// <summary>One look at one's own data, over all requests.</summary>
public sealed record OwnLook(string Number, UnmaskingView Look);

/// <summary>The rights of a resident with an account over all requests at once; each by the same rules as alone (<see cref="OwnData"/>).</summary>
internal sealed class OwnEverything(LinliDb db, OwnData one, OpenParts open, OwnResident account, Texts texts)
{
    private const int Most = 500;

    /// <exception cref="OperationCanceledException">The caller went away.</exception>
    public async Task<EverythingOwn> ExportAsync(Actor resident, CancellationToken cancellation)
    {
        var requests = new List<OwnExport>();
        foreach (var number in await NumbersAsync(resident, cancellation))
        {
            if (await one.ExportAsync(number, new Caller(resident), cancellation) is { Succeeded: true, Value: var export })
            {
                requests.Add(export);
            }
        }

        return new EverythingOwn(await account.ReadAsync(resident.Id, cancellation, isOpen: true), requests, await account.SessionsAsync(resident.Id, cancellation), await LooksAsync(resident, cancellation));
    }

    public async Task<Outcome<IReadOnlyList<OwnDeletion>>> DeleteAsync(Actor resident, OwnData.DeletionInput input, CancellationToken cancellation)
    {
        if (input.IsConfirmed != true)
        {
            return OwnData.NotConfirmed;
        }

        var told = new List<OwnDeletion>();
        foreach (var number in await NumbersAsync(resident, cancellation))
        {
            var done = await one.DeleteAsync(number, input, new Caller(resident), cancellation);
            told.Add(new OwnDeletion(number, done.Succeeded ? done.Value.DeletionDueAt : null, done.Succeeded ? null : texts.Of(done.Failure)));
        }

        return told;
    }

    /// <summary>Takes every such wish back.</summary>
    public async Task KeepAsync(Actor resident, CancellationToken cancellation)
    {
        foreach (var number in await NumbersAsync(resident, cancellation, onlyDue: true))
        {
            await one.KeepAsync(number, new Caller(resident), cancellation);
        }
    }

    /// <summary>谁看过: newest first.</summary>
    public async Task<IReadOnlyList<OwnLook>> LooksAsync(Actor resident, CancellationToken cancellation)
    {
        var looked = await Own(resident).Where(r => db.Set<Unmasking>().Any(u => u.RequestId == r.Id && u.IsGranted)).OrderByDescending(r => r.ReportedAt).ThenBy(r => r.Id)
            .Take(Most).Select(r => new { r.Id, r.Number }).ToListAsync(cancellation);
        var looks = new List<OwnLook>();
        foreach (var request in looked)
        {
            looks.AddRange((await open.WhoLookedAsync(request.Id, withNames: false, cancellation)).Select(l => new OwnLook(request.Number, l)));
        }

        return [.. looks.OrderByDescending(l => l.Look.At).ThenBy(l => l.Number, StringComparer.Ordinal).Take(Most)];
    }

    public Task<bool> HasDueAsync(Actor resident, CancellationToken cancellation) => Own(resident).AnyAsync(r => r.DeletionDueAt != null, cancellation);

    private Task<List<string>> NumbersAsync(Actor resident, CancellationToken cancellation, bool onlyDue = false) =>
        Own(resident).Where(r => !onlyDue || r.DeletionDueAt != null).OrderByDescending(r => r.ReportedAt).ThenBy(r => r.Id).Take(Most).Select(r => r.Number).ToListAsync(cancellation);

    private IQueryable<ServiceRequest> Own(Actor resident) =>
        db.Set<ServiceRequest>().AsNoTracking().Where(r => resident.Kind == ActorKind.Resident && resident.Id != Guid.Empty && r.ReportedByAccount == resident.Id && r.AnonymisedAt == null);
}
