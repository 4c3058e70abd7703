using System.Runtime.CompilerServices;
using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Clocks;
using Linli.Requests.Life;
using Linli.Requests.Privacy;
using Linli.Shell.Ledgers;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Ledgers;

/// <summary>Reads requests for ledgers a thousand at a time, oldest first. Which ones is settled at the start, so that nothing comes twice while others write.</summary>
internal sealed class RequestFacts(LinliDb db, ContactVault contacts, TimeProvider time)
{
    private const int Batch = 1_000;

    public async IAsyncEnumerable<RequestFact> ReadAsync(IQueryable<ServiceRequest> requests, LedgerQuery query, Needs needs, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var ids = await requests.OrderBy(r => r.ReportedAt).ThenBy(r => r.Id).Select(r => r.Id).Take(query.Most).ToListAsync(cancellation);
        foreach (var batch in ids.Chunk(Batch))
        {
            var facts = (await FactsAsync(batch, needs, cancellation)).ToDictionary(f => f.Id);
            await FillAsync(facts, batch, query, needs, cancellation);
            foreach (var id in batch)
            {
                if (facts.TryGetValue(id, out var fact))
                {
                    yield return fact;
                }
            }
        }
    }

    private Task<List<RequestFact>> FactsAsync(Guid[] ids, Needs needs, CancellationToken cancellation)
    {
        var (withText, withAnswers) = (needs.HasFlag(Needs.Text), needs.HasFlag(Needs.Answers));
        return db.Set<ServiceRequest>().AsNoTracking().Where(r => ids.Contains(r.Id)).Select(r => new RequestFact
        {
            Id = r.Id, Number = r.Number, Title = r.Title, Text = withText ? r.Text : null, TypeCode = r.ServiceTypeCode, AreaCode = r.AreaCode, Address = r.Address,
            Answers = withAnswers ? r.Answers : null, Channel = r.Channel, ReportedAt = r.ReportedAt, UpdatedAt = r.UpdatedAt, State = r.State, Lead = r.LeadOrganisationId, DispatchedAt = r.DispatchedAt,
            ContactedAt = r.ContactedAt, ResolvedAt = r.ResolvedAt, RatedAt = r.RatedAt, ClosedAt = r.ClosedAt, NextDueAt = r.NextDueAt, ReturnCount = r.ReturnCount, ReopenCount = r.ReopenCount,
            Supporters = r.Supporters, IsPublished = r.IsPublished && r.Visibility != Visibility.Private, Grade = r.Grade, ResultCode = r.ResultCode, MergedIntoId = r.MergedIntoId, IsAnonymised = r.AnonymisedAt != null,
            Longitude = r.Longitude, Latitude = r.Latitude,
        }).ToListAsync(cancellation);
    }

    private async Task FillAsync(Dictionary<Guid, RequestFact> facts, Guid[] ids, LedgerQuery query, Needs needs, CancellationToken cancellation)
    {
        if (needs.HasFlag(Needs.Clocks))
        {
            var clocks = await db.Set<RequestClock>().AsNoTracking().Include(c => c.Entries).Where(c => ids.Contains(c.RequestId)).ToListAsync(cancellation);
            foreach (var own in clocks.GroupBy(c => c.RequestId))
            {
                facts[own.Key].Clocks = [.. own];
            }
        }

        if (needs.HasFlag(Needs.Events))
        {
            var events = await db.Set<RequestEvent>().AsNoTracking().Where(e => ids.Contains(e.RequestId) && Shown.Contains(e.Step)).OrderBy(e => e.Sequence)
                .Select(e => new EventFact(e.RequestId, e.Sequence, e.Step, e.At, e.ActorName, e.OrganisationId, e.ReasonCode, e.Text)).ToListAsync(cancellation);
            foreach (var own in events.GroupBy(e => e.RequestId))
            {
                facts[own.Key].Events = [.. own];
            }
        }

        if (needs.HasFlag(Needs.CoHandlers))
        {
            foreach (var own in (await db.Set<CoHandler>().AsNoTracking().Where(c => ids.Contains(c.RequestId)).ToListAsync(cancellation)).GroupBy(c => c.RequestId))
            {
                facts[own.Key].CoHandlers = [.. own.Select(c => c.OrganisationId)];
            }
        }

        if (needs.HasFlag(Needs.MergedInto))
        {
            var leads = facts.Values.Select(f => f.MergedIntoId).OfType<Guid>().Distinct().ToList();
            var known = await db.Set<ServiceRequest>().AsNoTracking().VisibleTo(query.Reader).Where(r => leads.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => r.Number, cancellation);
            foreach (var fact in facts.Values.Where(f => f.MergedIntoId is not null))
            {
                fact.MergedInto = known.GetValueOrDefault(fact.MergedIntoId!.Value);
            }
        }

        if (needs.HasFlag(Needs.Contact))
        {
            await ContactsAsync(facts, ids, query, cancellation);
        }
    }

    /// <summary>
    /// Masked, but for requests whose contact has been opened to the reader, with a reason and in the register, and still is. Whoever is merely offered a
    /// request has none of it.
    /// </summary>
    private async Task ContactsAsync(Dictionary<Guid, RequestFact> facts, Guid[] ids, LedgerQuery query, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var reader = query.Reader.Id;
        var opened = !query.IsInPerson ? [] : (await db.Set<Unmasking>().AsNoTracking()
            .Where(u => ids.Contains(u.RequestId) && u.AccountId == reader && u.Part == PersonalPart.Contact && u.IsGranted && u.ExpiresAt > now).Select(u => u.RequestId).ToListAsync(cancellation)).ToHashSet();
        var requests = await db.Set<ServiceRequest>().AsNoTracking().Where(r => ids.Contains(r.Id) && r.Contact != null)
            .Include(r => r.Contact).Include(r => r.CoHandlers).Include(r => r.Tasks).Include(r => r.Offers).AsSplitQuery().ToListAsync(cancellation);
        var caller = new Caller(query.Reader);
        foreach (var request in requests.Where(r => !RequestAccess.IsOnlyInvited(RequestAccess.PartiesOf(caller, r))))
        {
            var contact = contacts.Open(request.Contact!);
            facts[request.Id].Contact = opened.Contains(request.Id) ? contact : contact.ToMasked();
        }
    }

    /// <summary>The steps that columns tell of.</summary>
    private static readonly Step[] Shown = [Step.Dispatch, Step.Claim, Step.Decide, Step.Sign, Step.Return, Step.Contact, Step.Resolve, Step.VerifyPass, Step.VerifyFail, Step.Rate, Step.GrantExtension, Step.Pause, Step.GrantPause];
}
