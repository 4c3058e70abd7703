using System.Globalization;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Clocks;
using Linli.Kernel.Organisations;
using Linli.Requests.Catalogue;
using Linli.Requests.Steps;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Owners;

/// <summary>A request that there might be.</summary>
/// <param name="Type">Code of the service type.</param>
/// <param name="Area">Code of an area; absent when the place is not known.</param>
/// <param name="At">Local time, 2026-01-31T22:30; now when left out.</param>
/// <param name="Text">Words of the request, its address included: may name a site, or an organisation that it complains about.</param>
/// <param name="About">Name or code of the organisation that the reporter complains about.</param>
public sealed record OwnerTrial(string? Type, string? Area, string? At, string? Text, string? About);

/// <summary>Who would get this, and why not the others: the table of responsibilities tried out, without a request.</summary>
internal sealed class SimulateOwner(LinliDb db, CatalogueReader catalogue, ResponsibleOrganisation responsible, TimeProvider time, Texts texts)
{
    private const int MostText = 4_000;

    public async Task<Outcome<OwnerAnswer>> RunAsync(OwnerTrial input, CancellationToken cancellation)
    {
        var problems = new List<FieldProblem>();
        var now = await catalogue.NowAsync(cancellation);
        var type = now.Type(Blank(input.Type));
        if (type is null)
        {
            problems.Add(new("type", "没有代码为“{0}”的事项。", Check.Short(input.Type ?? "")));
        }

        var area = Blank(input.Area);
        if (area is not null && (area.Length > 20 || !await db.Set<Area>().AnyAsync(a => a.Code == area, cancellation)))
        {
            problems.Add(new("area", "没有代码为“{0}”的区域。", Check.Short(area)));
        }

        var at = time.GetUtcNow();
        if (Blank(input.At) is { } asked && !TryLocal(asked, out at))
        {
            problems.Add(new("at", "“{0}”不是时间。请写成 2026-01-31T22:30 的样子。", Check.Short(asked)));
        }

        if (input.Text?.Length > MostText)
        {
            problems.Add(new("text", "这里最多写 {0} 个字，现在是 {1} 个字。请缩短。", MostText, input.Text.Length));
        }

        Organisation? about = null;
        if (Blank(input.About) is { } wanted)
        {
            about = wanted.Length > 200 ? null : await db.Set<Organisation>().AsNoTracking()
                .Where(o => o.Code == wanted || o.Name == wanted || o.ShortName == wanted).OrderBy(o => o.Code).FirstOrDefaultAsync(cancellation);
            if (about is null)
            {
                problems.Add(new("about", "没有名为“{0}”的单位。", Check.Short(wanted)));
            }
        }

        if (problems.Count > 0)
        {
            return new Failure.Invalid(problems);
        }

        var proposal = await responsible.FindAsync(new OwnerQuestion(type!.Code, area, at, about?.Id, input.Text ?? ""), cancellation);
        return OwnerAnswer.Of(proposal, type, now.Group(type.GroupCode)!, texts);
    }

    private static bool TryLocal(string text, out DateTimeOffset at)
    {
        var isLocal = DateTime.TryParseExact(text, ["yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local);
        isLocal &= local.Year is > 1900 and < 9000;
        at = isLocal ? new DateTimeOffset(local, LocalTime.Of(new DateTimeOffset(local, TimeSpan.Zero)).Offset) : default;
        return isLocal;
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <param name="Organisation">Code; absent when no line of the table fits and somebody has to choose.</param>
/// <param name="Candidates">Everybody who was considered, the most specific first; then those whose line does not hold here and now.</param>
public sealed record OwnerAnswer(string? Organisation, IReadOnlyList<OwnerCandidate> Candidates)
{
    internal static OwnerAnswer Of(ResponsibilityProposal proposal, ServiceType type, ServiceGroup group, Texts texts) => new(
        proposal.Organisation?.Code,
        [.. proposal.Candidates.Select(c => new OwnerCandidate(c.Organisation.Code, Texts.Pick(c.Organisation.Name, c.Organisation.NameEn), c.Verdict, ResponsibilityTexts.Of(texts, type, group, c, proposal.Complaint), c.Line?.Source))]);
}

/// <param name="Why">In the reader's language.</param>
/// <param name="Source">The duty or rule that the line goes back to.</param>
public sealed record OwnerCandidate(string Code, string Name, Verdict Verdict, string Why, string? Source);
