using System.Globalization;
using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Requests.Life;
using Linli.Requests.Notices;
using Linli.Requests.Privacy;
using Linli.Requests.Read;
using Linli.Shell.Inbox;
using Linli.Shell.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linli.Requests.Handovers;

/// <summary>
/// Sends what waits, each once. Before an attempt it is written down that it is being made; after one whose answer was lost, what was sent is looked for
/// there before it is sent again, and where nobody can say whether it arrived, a person decides. docs/decisions/0032-handovers.md
/// </summary>
internal sealed class SendHandovers(
    LinliDb db, PartnerCalls calls, TheirSteps steps, CatalogueReader catalogue, AreaNames areas, ContactVault contacts, Notify notify, ConcernedFilter concerned, IOptions<MailOptions> site, TimeProvider time)
{
    private const int Batch = 50;

    /// <summary>Whoever was sending has died; no call takes so long.</summary>
    private static readonly TimeSpan Lost = TimeSpan.FromMinutes(10);

    public async Task RunAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToUniversalTime();
        var due = await db.Set<Handover>().AsNoTracking()
            .Where(h => (h.State == HandoverState.Waiting && h.NextAt <= now) || (h.State == HandoverState.Sending && h.LastAt <= now - Lost))
            .OrderBy(h => h.NextAt).ThenBy(h => h.Id).Take(Batch).Select(h => new { h.Id, h.Version, h.State }).ToListAsync(cancellation);
        foreach (var one in due)
        {
            // Of several instances one has it.
            var isOrphan = one.State == HandoverState.Sending;
            if (await db.Set<Handover>().Where(h => h.Id == one.Id && h.Version == one.Version).ExecuteUpdateAsync(
                set => set.SetProperty(h => h.State, HandoverState.Sending).SetProperty(h => h.LastAt, now).SetProperty(h => h.FirstAt, h => h.FirstAt ?? now)
                    .SetProperty(h => h.Attempts, h => h.Attempts + 1).SetProperty(h => h.MayHaveArrived, h => h.MayHaveArrived || isOrphan).SetProperty(h => h.Version, h => h.Version + 1), cancellation) == 1)
            {
                await SendAsync(one.Id, cancellation);
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task SendAsync(Guid id, CancellationToken cancellation)
    {
        var handover = await db.Set<Handover>().SingleAsync(h => h.Id == id, cancellation);
        var partner = await db.Set<Partner>().AsNoTracking().SingleAsync(p => p.Id == handover.PartnerId, cancellation);
        var request = await db.Set<ServiceRequest>().AsNoTracking().Include(r => r.Contact).Include(r => r.Photos).SingleAsync(r => r.Id == handover.RequestId, cancellation);
        if (request.LeadOrganisationId != partner.OrganisationId || request.State is not (RequestState.Dispatched or RequestState.InHand or RequestState.Paused or RequestState.AwaitingReporter))
        {
            handover.Stop(handover.MayHaveArrived ? HandoverState.Ended : HandoverState.GivenUp, handover.MayHaveArrived ? "已经改由别的单位办理；对方可能收到过。" : "已经改由别的单位办理，没有转出。");
        }
        else if (handover.MayHaveArrived && !partner.KnowsRepeats && await LookAsync(handover, partner, cancellation))
        {
            // Found there, or nobody can say: it is not sent.
        }
        else
        {
            await SendAsync(handover, partner, request, cancellation);
        }

        await CommitAsync(handover, request, partner, cancellation);
        if (handover.State == HandoverState.Sent)
        {
            await steps.SignAsync(request.Number, await steps.AsAsync(partner, cancellation), cancellation);
        }
    }

    /// <returns>True when it must not be sent now.</returns>
    private async Task<bool> LookAsync(Handover handover, Partner partner, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var (couldLook, found) = await calls.FindAsync(partner, handover.ServiceCode, handover.Mark, handover.FirstAt!.Value.AddHours(-1), now.AddHours(1), cancellation);
        if (found is not null)
        {
            handover.Arrived(found.Number, null, now);
            return true;
        }

        if (!couldLook)
        {
            handover.Again(now, "上次发送没有收到回答，现在也查不到对方的清单。查到以后再决定是否重发。", null, mayHaveArrived: true);
            return true;
        }

        if (await calls.ShowsAtOnceAsync(partner, handover.ServiceCode, cancellation))
        {
            return false;   // it would be in the list
        }

        handover.Stop(HandoverState.Unclear, "上次发送没有收到回答，对方的清单里也看不出收到没有。请联系对方，再选择怎么办。", handover.TheirWords);
        return true;
    }

    private async Task SendAsync(Handover handover, Partner partner, ServiceRequest request, CancellationToken cancellation)
    {
        var sent = await calls.SendAsync(partner, await FieldsAsync(handover, partner, request, cancellation), handover.Mark, cancellation);
        var now = time.GetUtcNow();
        switch (sent.Result)
        {
            case SendResult.Accepted:
                handover.Arrived(sent.Number, sent.Token, now);
                break;
            case SendResult.Refused:
                handover.Stop(HandoverState.Refused, "对方没有收下。请看对方的话，改好设置再送，或者改为人工办理。", sent.Words);
                break;
            case SendResult.NotSent:
                handover.Again(now, "暂时联系不上对方，没有送到。", sent.Words, mayHaveArrived: false, sent.NotBefore);
                break;
            default:
                handover.Again(now, "送出以后没有收到能看懂的回答。", sent.Words, mayHaveArrived: true);
                break;
        }
    }

    private async Task<List<KeyValuePair<string, string>>> FieldsAsync(Handover handover, Partner partner, ServiceRequest request, CancellationToken cancellation)
    {
        var type = await catalogue.TypeAsync(request.ServiceTypeCode, cancellation);
        var answers = JsonSerializer.Deserialize<Dictionary<string, string>>(request.Answers, Json.Plain) ?? [];
        var told = type.Fields.Where(f => f.Type != FieldType.IdNumber && answers.ContainsKey(f.Code))
            .Select(f => $"{f.LabelZh}：{string.Join('、', answers[f.Code].Split(FieldCheck.Separator).Select(v => f.Options?.FirstOrDefault(o => o.Code == v)?.Zh ?? v))}");
        string[] words = [PersonalNumbers.Mask(request.Text), .. told, $"[{handover.Mark}]"];
        var area = request.AreaCode is { } code ? (await areas.OfAsync([code], cancellation)).GetValueOrDefault(code) : null;
        List<KeyValuePair<string, string>> fields =
        [
            new("service_code", handover.ServiceCode), new("description", string.Join('\n', words)), new("device_id", $"linli-{handover.Mark}"),
            new("address_string", PersonalNumbers.Mask($"{area} {request.Address}".Trim() is { Length: > 0 } place ? place : type.NameZh)),
        ];
        if (request is { Latitude: { } latitude, Longitude: { } longitude })
        {
            fields.AddRange([new("lat", latitude.ToString(CultureInfo.InvariantCulture)), new("long", longitude.ToString(CultureInfo.InvariantCulture))]);
        }

        if (site.Value.SiteAddress is { Length: > 0 } address && request is { IsPublished: true, Visibility: not Visibility.Private } && request.Photos.FirstOrDefault(p => p.EventSequence == 1) is { } photo)
        {
            fields.Add(new("media_url", $"{address.TrimEnd('/')}/files/{photo.EvidenceId}"));   // of what is not public no photo leaves
        }

        if (partner.SendsContact && request.Contact is { } contact && contacts.Open(contact) is var open)
        {
            fields.AddRange(new[] { ("first_name", open.Name), ("phone", open.Phone), ("email", open.Email) }.Where(f => f.Item2 is not null).Select(f => KeyValuePair.Create(f.Item1, f.Item2!)));
        }

        return fields;
    }

    private async Task CommitAsync(Handover handover, ServiceRequest request, Partner partner, CancellationToken cancellation)
    {
        handover.Version++;
        if (handover.State is HandoverState.Refused or HandoverState.Unclear)
        {
            await notify.HandleAsync(
                new Notification(await concerned.WithoutAsync([Recipients.DispatchersCovering(request.Matter)], request.Concern, cancellation), new NoticeText("诉求 {0} 没能转给对方的系统，请看一看。", request.Number),
                    $"/work/requests/{request.Number}", request.Number, request.Number), null, cancellation);
        }

        await db.CommitAsync(Act.BySystem("requests.hand-over", time.GetUtcNow(), request.Number), cancellation);
    }
}
