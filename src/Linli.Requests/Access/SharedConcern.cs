using Linli.Kernel;
using Linli.Requests.Clocks;
using Linli.Requests.Life;
using Linli.Requests.Notices;
using Linli.Requests.Privacy;
using Linli.Shell.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Access;

/// <summary>回避 of requests that are merged: they name one another and go on together, so whoever is out of one of them is out of all.</summary>
internal sealed class SharedConcern(LinliDb db, FindRecipients find, ConcernedFilter concerned, ContactVault contacts)
{
    /// <summary>The request first, then the one that it follows and all that follow the same.</summary>
    public async Task<List<ServiceRequest>> GroupAsync(ServiceRequest request, CancellationToken cancellation)
    {
        var lead = request.MergedIntoId ?? request.Id;
        return
        [
            request,
            .. await db.Set<ServiceRequest>().Include(r => r.CoHandlers).Include(r => r.Tasks).Include(r => r.Offers.Where(o => o.EndedAt == null)).AsSplitQuery()
                .Where(r => r.Id != request.Id && (r.Id == lead || r.MergedIntoId == lead)).OrderBy(r => r.ReportedAt).ToListAsync(cancellation),
        ];
    }

    /// <summary>What is known of one of them holds for all; and what is about somebody is on no public page.</summary>
    public void Spread(IReadOnlyList<ServiceRequest> group)
    {
        var accounts = group.SelectMany(r => r.Concern.Accounts).Distinct().ToList();
        var organisation = group.Select(r => r.AboutOrganisationId).FirstOrDefault(o => o is not null);
        var name = group.Select(contacts.AboutOf).FirstOrDefault(n => n is not null);
        foreach (var request in group)
        {
            accounts.ForEach(request.Recuse);
            request.AboutOrganisationId ??= organisation;
            if (name is not null && request is { AboutPersonIndex: null, AnonymisedAt: null })
            {
                contacts.SealAbout(request, name);
            }

            request.IsPublished &= request is { AboutOrganisationId: null, AboutPersonIndex: null };
        }
    }

    /// <summary>Whoever has the next step must be there without those who are out of it; otherwise it would lie where nobody sees it.</summary>
    /// <param name="number">The one that the caller asked about: the others are not named.</param>
    public async Task<Failure?> NobodyLeftAsync(IReadOnlyList<ServiceRequest> group, string number, CancellationToken cancellation)
    {
        foreach (var request in group.Where(r => r.State.IsOpen()))
        {
            var holder = request.State switch
            {
                RequestState.InArbitration => Recipients.SupervisorsCovering(request.Matter),
                RequestState.Resolved when request.NeedsVerification => Recipients.VerifiersCovering(request.Matter),
                RequestState.Resolved or RequestState.Verified => null,
                _ => TellOfClocks.HolderOf(ClockKind.Resolve, request.Matter, request.LeadOrganisationId),
            };
            if (holder is not null && (await find.HandleAsync(await concerned.WithoutAsync([holder], request.Concern, cancellation), cancellation)).Count == 0)
            {
                return new Failure.Conflict("nobody_left", "这样就没有人能办诉求 {0} 了。请先改派，或请管理员再任命一人，再回避。", number);
            }
        }

        return null;
    }

    /// <summary>What those who are out of it had been told is taken out of their inboxes.</summary>
    public async Task TakeNoticesAsync(IReadOnlyList<ServiceRequest> group, CancellationToken cancellation)
    {
        foreach (var request in group)
        {
            var told = await db.Set<Notice>().Where(n => n.Subject == request.Number).ToListAsync(cancellation);
            var barred = await concerned.AmongAsync([.. told.Select(n => n.AccountId).Distinct()], request.Concern, cancellation);
            db.RemoveRange(told.Where(n => barred.Contains(n.AccountId)));
        }
    }
}
