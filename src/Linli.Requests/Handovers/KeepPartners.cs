using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Kernel.Privacy;
using Linli.Requests.Catalogue;
using Linli.Requests.Steps;
using Linli.Shell.Http.Outbound;
using Linli.Shell.People;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Handovers;

/// <param name="Url">Address of the endpoint: https://city.example/open311/v2</param>
/// <param name="Jurisdiction">The jurisdiction_id that it wants, if it wants one.</param>
/// <param name="Key">Our api_key there; nothing keeps the one that is there.</param>
/// <param name="Services">Codes of our service types that are handed over, and what they are called there.</param>
/// <param name="SendsContact">The reporter's name, telephone number and e-mail address go along.</param>
/// <param name="KnowsRepeats">It takes the same Idempotency-Key as the same report, for good.</param>
/// <param name="IsActive">What is dispatched from now on is handed over.</param>
public sealed record PartnerInput(string? Url, string? Jurisdiction, string? Key, IReadOnlyDictionary<string, string>? Services, bool SendsContact = false, bool KnowsRepeats = false, bool IsActive = true);

/// <summary>A system of another organisation, as administrators see it.</summary>
/// <param name="Open">Requests that are on their way to it or followed in it.</param>
/// <param name="Stuck">Those of them that wait for somebody.</param>
public sealed record PartnerView(
    string Organisation, string OrganisationName, string Url, string? Jurisdiction, bool HasKey, IReadOnlyDictionary<string, string> Services, bool SendsContact, bool KnowsRepeats, bool IsActive, int Open, int Stuck);

/// <summary>Keeps which organisations have systems of their own. One for each; it is changed by saying it anew. Administrators of a part keep those of that part.</summary>
internal sealed class KeepPartners(LinliDb db, CatalogueReader catalogue, FieldCipher cipher, TimeProvider time)
{
    private const int MostKey = 200;
    private const int MostCode = 100;
    private const int MostShown = 200;

    private static readonly HandoverState[] InStock = [HandoverState.Waiting, HandoverState.Sending, HandoverState.Unclear, HandoverState.Refused, HandoverState.Sent];
    private static readonly HandoverState[] Stuck = [HandoverState.Unclear, HandoverState.Refused];

    public async Task<Outcome<PartnerView>> PutAsync(Actor actor, string? organisation, PartnerInput input, CancellationToken cancellation)
    {
        var code = organisation?.Trim();
        if (await db.Set<Organisation>().AsNoTracking().SingleOrDefaultAsync(o => o.Code == code && o.IsActive, cancellation) is not { } of)
        {
            return new Failure.Invalid("organisation", "没有代码为“{0}”的单位，或者它已经停用。", Check.Short(code ?? ""));
        }

        if (!AdministratorReach.Covers(actor, of.AreaCode))
        {
            return AdministratorReach.Beyond;
        }

        var (url, problems) = (input.Url?.Trim().TrimEnd('/') ?? "", new List<FieldProblem>());
        if (!OutboundCalls.CouldBeCalled(url) || url.Length > Partner.MaxUrl || new Uri(url).Query.Length > 0)
        {
            problems.Add(new("url", "请填写对方接口的地址，例如 https://city.example/open311/v2，不带问号以后的部分。"));
        }

        if (input.Key?.Trim().Length > MostKey || input.Jurisdiction?.Trim().Length > 100)
        {
            problems.Add(new(input.Key?.Trim().Length > MostKey ? "key" : "jurisdiction", "这里最多写 {0} 个字。", input.Key?.Trim().Length > MostKey ? MostKey : 100));
        }

        await CheckAsync(input.Services ?? new Dictionary<string, string>(), problems, cancellation);
        if (problems.Count > 0)
        {
            return new Failure.Invalid(problems);
        }

        var now = time.GetUtcNow().ToUniversalTime();
        var partner = await db.Set<Partner>().SingleOrDefaultAsync(p => p.OrganisationId == of.Id, cancellation);
        if (partner is null)
        {
            db.Add(partner = new Partner { OrganisationId = of.Id, Url = url, Services = "{}" });
        }

        (partner.Url, partner.Jurisdiction, partner.Services) = (url, Check.Clean(input.Jurisdiction), JsonSerializer.Serialize(input.Services!.ToDictionary(s => s.Key.Trim(), s => s.Value.Trim()), Json.Plain));
        (partner.SendsContact, partner.KnowsRepeats, partner.IsActive, partner.ChangedAt) = (input.SendsContact, input.KnowsRepeats, input.IsActive, now);
        partner.Key = Check.Clean(input.Key) is { } key ? cipher.Seal(Partner.KeyOf(partner.Id), key) : partner.Key;
        await db.CommitAsync(actor.Act("requests.keep-partner", now, of.Code), cancellation);
        return (await AllAsync(actor, cancellation)).Single(p => p.Organisation == of.Code);
    }

    public async Task<IReadOnlyList<PartnerView>> AllAsync(Actor actor, CancellationToken cancellation)
    {
        var rows = await (from p in db.Set<Partner>().AsNoTracking()
                          join o in db.Set<Organisation>() on p.OrganisationId equals o.Id
                          orderby o.Code
                          select new
                          {
                              Partner = p, o.Code, o.Name, o.NameEn, o.AreaCode, Open = db.Set<Handover>().Count(h => h.PartnerId == p.Id && InStock.Contains(h.State)),
                              Waiting = db.Set<Handover>().Count(h => h.PartnerId == p.Id && Stuck.Contains(h.State)),
                          }).Take(MostShown).ToListAsync(cancellation);
        return [.. rows.Where(r => AdministratorReach.Covers(actor, r.AreaCode)).Select(r => new PartnerView(
            r.Code, Texts.Pick(r.Name, r.NameEn), r.Partner.Url, r.Partner.Jurisdiction, r.Partner.Key is not null, r.Partner.ServiceCodes, r.Partner.SendsContact, r.Partner.KnowsRepeats, r.Partner.IsActive, r.Open, r.Waiting))];
    }

    private async Task CheckAsync(IReadOnlyDictionary<string, string> services, List<FieldProblem> problems, CancellationToken cancellation)
    {
        if (services.Count == 0)
        {
            problems.Add(new("services", "请写至少一类事项和对方的代码，例如 street-lamp=S0301。"));
        }

        foreach (var (ours, theirs) in services)
        {
            var type = await catalogue.FindTypeAsync(ours.Trim(), cancellation);
            if (type is not { IsActive: true })
            {
                problems.Add(new("services", "没有代码为“{0}”的事项，或者它已停用。请从列表中选择。", Check.Short(ours)));
            }
            else if (type.IsSensitive)
            {
                problems.Add(new("services", "“{0}”是敏感事项，不能交给别的系统。", type.NameZh));
            }
            else if (string.IsNullOrWhiteSpace(theirs) || theirs.Trim().Length > MostCode)
            {
                problems.Add(new("services", "请写“{0}”在对方那里的代码，最多 {1} 个字符。", type.NameZh, MostCode));
            }
        }
    }
}
