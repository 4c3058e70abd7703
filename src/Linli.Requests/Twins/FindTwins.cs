using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Requests.Life;
using Linli.Requests.Read;
using Linli.Routing.Twins;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Twins;

/// <summary>What somebody is about to report, as far as it is said.</summary>
/// <param name="Text">In their words.</param>
/// <param name="ServiceType">Code.</param>
/// <param name="Longitude">WGS 84 degrees.</param>
public sealed record TwinQuestion(string? Text, string? ServiceType, double? Longitude, double? Latitude);

/// <summary>A request that is likely about the same matter. Nothing in it that the reader may not see.</summary>
/// <param name="Metres">How far away; absent when one of the two has no position.</param>
/// <param name="Likeness">0 to 1: trigrams of characters that both texts have, over those that either has.</param>
/// <param name="Common">What both texts say, the longest first.</param>
/// <param name="IsSameType">Of the same service type.</param>
/// <param name="Supporters">How many people asked for it.</param>
/// <param name="CanBeJoined">Not resolved yet.</param>
public sealed record TwinView(
    string Number, string Title, string ServiceType, RequestState State, DateTimeOffset ReportedAt, string? Area, string? Lead, double? Metres, double Likeness,
    IReadOnlyList<string> Common, bool IsSameType, int Supporters, bool CanBeJoined);

/// <summary>Likely the same matter: near in place and time, of the same type, alike in words. Shows each caller what they may see, and nothing else.</summary>
internal sealed class FindTwins(LinliDb db, TwinKeeper keeper, AreaNames areas, TimeProvider time)
{
    public const int Most = 5;

    /// <summary>Within so many metres and days it counts as nearby.</summary>
    public const double Metres = 500;
    public const int Days = 90;

    /// <summary>More are looked at than shown: some of them the caller may not see.</summary>
    private const int Looked = 60;

    /// <summary>Of the same type counts as much as an eighth of the words; near, little else is asked for; far away only a retelling counts.</summary>
    private const float SameType = 0.125f, LeastNear = 0.1f, LeastAnywhere = 0.15f;

    /// <summary>For everybody: what is public. Nobody finds a person's request by that person's number.</summary>
    public Task<IReadOnlyList<TwinView>> ForResidentsAsync(TwinQuestion question, CancellationToken cancellation) =>
        RunAsync(question with { Text = question.Text is { } text ? PersonalNumbers.Without(text) : null }, db.Set<ServiceRequest>().VisibleToAll(), TwinKeeper.Public, null, cancellation);

    /// <summary>For staff: whatever they may see.</summary>
    public Task<IReadOnlyList<TwinView>> ForStaffAsync(TwinQuestion question, Actor actor, CancellationToken cancellation) =>
        RunAsync(question, db.Set<ServiceRequest>().VisibleTo(actor), 0, null, cancellation);

    /// <summary>Of a request that is there, without those that it can never be merged with.</summary>
    public async Task<IReadOnlyList<TwinView>> OfAsync(string number, Actor actor, CancellationToken cancellation)
    {
        var seen = db.Set<ServiceRequest>().VisibleTo(actor);
        return await seen.AsNoTracking().Where(r => r.Number == number)
            .Select(r => new { r.Id, r.Title, r.Text, r.ServiceTypeCode, r.Longitude, r.Latitude, r.AboutOrganisationId }).SingleOrDefaultAsync(cancellation) is { } one
            ? await RunAsync(new TwinQuestion(TwinKeeper.TextOf(one.Title, one.Text), one.ServiceTypeCode, one.Longitude, one.Latitude),
                seen.Where(r => r.AboutOrganisationId == one.AboutOrganisationId), 0, one.Id, cancellation)
            : [];
    }

    private async Task<IReadOnlyList<TwinView>> RunAsync(TwinQuestion question, IQueryable<ServiceRequest> seen, int marks, Guid? self, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(question.Text) || await keeper.CurrentAsync(cancellation) is not { } index)
        {
            return [];
        }

        var twins = Search(index, question, marks).Where(t => t.Key != self).ToList();
        var ids = twins.ConvertAll(t => t.Key);
        var rows = await (from r in seen.AsNoTracking().Where(r => ids.Contains(r.Id) && !RequestStates.Ended.Contains(r.State))
                          join t in db.Set<ServiceType>() on r.ServiceTypeCode equals t.Code
                          join o in db.Set<Organisation>() on r.LeadOrganisationId equals o.Id into leads
                          from o in leads.DefaultIfEmpty()
                          select new { r.Id, r.Number, r.Title, r.Text, r.State, r.ReportedAt, r.Supporters, r.AreaCode, t.Code, t.NameZh, t.NameEn, Lead = o == null ? null : o.Name, LeadEn = o == null ? null : o.NameEn })
            .ToDictionaryAsync(r => r.Id, cancellation);
        var shown = twins.Where(t => rows.ContainsKey(t.Key)).Take(Most).Select(t => (Twin: t, Row: rows[t.Key])).ToList();
        var forAll = marks == TwinKeeper.Public;
        var names = await areas.OfAsync(shown.Select(s => s.Row.AreaCode), cancellation);
        return [.. shown.Select(s => new TwinView(
            s.Row.Number, forAll ? PersonalNumbers.Mask(s.Row.Title) : s.Row.Title, Texts.Pick(s.Row.NameZh, s.Row.NameEn), s.Row.State, s.Row.ReportedAt, s.Row.AreaCode is { } code ? names.GetValueOrDefault(code) : null,
            s.Row.Lead is null ? null : Texts.Pick(s.Row.Lead, s.Row.LeadEn), s.Twin.Metres is { } metres ? Math.Round(metres) : null, Math.Round(s.Twin.Likeness, 3),
            CommonRuns.Of(question.Text, TwinKeeper.TextOf(s.Row.Title, s.Row.Text)), s.Row.Code == question.ServiceType, s.Row.Supporters, JoinRequest.IsPossible(s.Row.State)))];
    }

    private List<Twin> Search(TwinIndex index, TwinQuestion question, int marks)
    {
        var search = new TwinSearch(question.Text!, Looked, marks, keeper.KindOf(question.ServiceType), SameType);
        IEnumerable<Twin> near = question is { Longitude: { } longitude, Latitude: { } latitude } && Math.Abs(longitude) <= 180 && Math.Abs(latitude) <= 90
            ? index.Near(search, new TwinPlace(longitude, latitude, Metres, time.GetUtcNow().AddDays(-Days))).Where(t => t.Score >= LeastNear)
            : [];
        return [.. near.Concat(index.Anywhere(search with { KindBonus = 0 }).Where(t => t.Likeness >= LeastAnywhere)).DistinctBy(t => t.Key)];
    }
}
