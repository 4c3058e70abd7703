using Linli.Kernel;
using Linli.Requests.Life;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Handovers;

/// <summary>Follows what was handed over: status and words come back as steps of the organisation, in their order and each once.</summary>
internal sealed class FollowHandovers(LinliDb db, PartnerCalls calls, TheirSteps steps, TimeProvider time)
{
    private const int Batch = 100;
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(30);

    public async Task RunAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToUniversalTime();
        var due = await db.Set<Handover>().AsNoTracking().Where(h => h.State == HandoverState.Sent && h.NextAt <= now).OrderBy(h => h.NextAt).ThenBy(h => h.Id).Take(Batch)
            .Select(h => new { h.Id, h.Version }).ToListAsync(cancellation);
        foreach (var one in due)
        {
            if (await db.Set<Handover>().Where(h => h.Id == one.Id && h.Version == one.Version)
                .ExecuteUpdateAsync(set => set.SetProperty(h => h.NextAt, now + Every).SetProperty(h => h.Version, h => h.Version + 1), cancellation) == 1)
            {
                await LookAsync(one.Id, cancellation);
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task LookAsync(Guid id, CancellationToken cancellation)
    {
        var handover = await db.Set<Handover>().AsNoTracking().SingleAsync(h => h.Id == id, cancellation);
        var partner = await db.Set<Partner>().AsNoTracking().SingleAsync(p => p.Id == handover.PartnerId, cancellation);
        var request = await db.Set<ServiceRequest>().AsNoTracking().SingleAsync(r => r.Id == handover.RequestId, cancellation);
        var version = handover.Version;
        if (request.LeadOrganisationId != partner.OrganisationId || !request.State.IsOpen() || request.State == RequestState.Withdrawn)
        {
            handover.Stop(HandoverState.Ended, "这件诉求在本系统里已经不由对方办理。");
        }
        else
        {
            await FollowAsync(handover, partner, request, cancellation);
        }

        // The steps have been commits of their own; only what was learnt is written here.
        db.ChangeTracker.Clear();
        var kept = await db.Set<Handover>().SingleAsync(h => h.Id == id, cancellation);
        if (kept.Version != version)
        {
            return;   // somebody gave up meanwhile
        }

        if ((kept.State, kept.Reason, kept.ExternalId, kept.ExternalStatus) == (handover.State, handover.Reason, handover.ExternalId, handover.ExternalStatus))
        {
            // Nothing new is no act.
            await db.Set<Handover>().Where(h => h.Id == id && h.Version == version).ExecuteUpdateAsync(set => set.SetProperty(h => h.NextAt, handover.NextAt).SetProperty(h => h.SeenAt, handover.SeenAt), cancellation);
            return;
        }

        (kept.State, kept.Reason, kept.TheirWords, kept.ExternalId, kept.ExternalStatus, kept.NextAt, kept.SeenAt) =
            (handover.State, handover.Reason, handover.TheirWords, handover.ExternalId, handover.ExternalStatus, handover.NextAt, handover.SeenAt);
        kept.Version++;
        await db.CommitAsync(Act.BySystem("requests.follow-handover", time.GetUtcNow(), request.Number), cancellation);
    }

    private async Task FollowAsync(Handover handover, Partner partner, ServiceRequest request, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (handover.ExternalId is null)
        {
            var number = await calls.NumberOfAsync(partner, handover.Token!, cancellation);
            if (number is not { Length: > 0 })
            {
                (handover.NextAt, handover.Reason, handover.SeenAt) = number is null ? (now + AfterFailure, Unreadable, handover.SeenAt) : (now + Every, "对方还没有给出编号，正在等。", now);
                return;
            }

            handover.ExternalId = number;
        }

        if (await calls.ReadAsync(partner, handover.ExternalId, cancellation) is not { } theirs)
        {
            (handover.NextAt, handover.Reason) = (now + AfterFailure, Unreadable);
            return;
        }

        (handover.ExternalStatus, handover.SeenAt, handover.Reason, handover.TheirWords, handover.NextAt) = (theirs.Status, now, null, null, now + Every);
        var by = await steps.AsAsync(partner, cancellation);
        await steps.SignAsync(request.Number, by, cancellation);
        var updates = await calls.UpdatesAsync(partner, handover.ExternalId, cancellation);
        foreach (var update in updates)
        {
            if (await steps.NoteAsync(request, partner, update.Id, update.Words, by, cancellation) is not null)
            {
                return;   // what comes later waits for it
            }
        }

        var notes = theirs.Notes is { } words && updates.All(u => u.Words != words) ? words : null;
        if (theirs.Status == "closed")
        {
            var refused = await steps.ResolveAsync(request.Number, theirs.Notes ?? (updates.Count > 0 ? updates[^1].Words : null), by, cancellation);
            handover.Stop(HandoverState.Ended, refused is null ? null : "对方已经办结，但这里还缺办结要的东西，请人工办结。", refused is null ? null : theirs.Notes);
        }
        else if (notes is not null)
        {
            await steps.NoteStatusAsync(request, partner, notes, by, cancellation);
        }
    }

    private const string Unreadable = "暂时读不到对方的进展。";
}
