using Linli.Kernel;
using Linli.Kernel.Clocks;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Shell.Site;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Ledgers.Running;

/// <summary>For whom and when a ledger is filled.</summary>
/// <param name="Day">The day that periods are counted from; a timetable's, where that was put off.</param>
/// <param name="IsInPerson">See <see cref="LedgerQuery.IsInPerson"/>.</param>
internal sealed record LedgerOccasion(Actor Reader, DateTimeOffset Now, DateOnly Day, int Most = int.MaxValue, bool IsInPerson = false);

/// <summary>Makes a plan of a definition, or says field by field what is wrong with it.</summary>
internal sealed class PlanLedger(LinliDb db, IEnumerable<ILedgerSource> sources, CalendarsInForce calendars, IOptions<SiteOptions> site, Texts texts)
{
    public static Failure UnknownSource(string key) => new Failure.Invalid("source", "没有“{0}”这种台账来源，或者您不能用。", Short(key));

    public IEnumerable<ILedgerSource> SourcesOf(Actor reader) => sources.Where(s => s.Permission.IsHeldBy(reader));

    public ILedgerSource? SourceOf(Actor reader, string key) => SourcesOf(reader).FirstOrDefault(s => s.Key == key);

    public async Task<WorkCalendar> CalendarAsync(CancellationToken cancellation)
    {
        var installed = await calendars.GetAsync(cancellation);
        return installed.Get(installed.Countys);
    }

    public async Task<Outcome<LedgerPlan>> HandleAsync(LedgerDefinition definition, LedgerOccasion occasion, CancellationToken cancellation)
    {
        if (SourceOf(occasion.Reader, definition.Source) is not { } source)
        {
            return UnknownSource(definition.Source);
        }

        var offer = await source.OfferAsync(occasion.Reader, cancellation);
        var problems = DefinitionCheck.Of(definition, offer);
        if (problems.Count > 0)
        {
            return new Failure.Invalid(problems);
        }

        var slots = new SlotPlan(definition, offer);
        var compiled = slots.Compile();
        if (slots.Problems.Count > 0)
        {
            return new Failure.Invalid(slots.Problems);
        }

        var calendar = await CalendarAsync(cancellation);
        var days = LedgerDays.Of(definition.Period, occasion.Day, calendar);
        var known = new Placeholders.Known(
            Texts.Pick(site.Value.County, site.Value.CountyEn), await OrganisationAsync(occasion.Reader, cancellation), occasion.Reader.Name, days, DateOnly.FromDateTime(LocalTime.Of(occasion.Now).DateTime), calendar);
        var fetched = slots.Fetched;
        return compiled with
        {
            Source = source,
            Calendar = calendar,
            Query = new LedgerQuery(occasion.Reader, fetched, definition.Filters.Where(f => f.Value.Length > 0).ToDictionary(), days.Span(definition.Period.Column ?? offer.Columns.FirstOrDefault(c => c.HasPeriod)?.Key),
                occasion.Now, occasion.Most, occasion.IsInPerson),
            Sheet = compiled.Sheet with
            {
                Title = Placeholders.Fill(definition.Title ?? NameOf(definition), known), Subtitle = Under(source, occasion.Reader, Placeholders.Fill(definition.Subtitle, known)),
                LeftLine = Placeholders.Fill(definition.LeftLine, known), RightLine = Placeholders.Fill(definition.RightLine, known), Signature = Placeholders.Fill(definition.Signature, known),
            },
            IsPersonal = offer.Columns.Any(c => c.IsPersonal && fetched.Contains(c.Key)),
        };
    }

    private string Under(ILedgerSource source, Actor reader, string subtitle) =>
        source.IsWholeFor(reader) ? subtitle : string.Join(" · ", new[] { subtitle, texts["只含{0}能看到的记录", reader.Name] }.Where(t => t.Length > 0));

    public static string NameOf(LedgerDefinition definition) => Texts.Pick(definition.Name, definition.NameEn);

    internal static string Short(string text) => text.Length > 30 ? text[..30] + "…" : text;

    private async Task<string> OrganisationAsync(Actor reader, CancellationToken cancellation)
    {
        var id = reader.Posts.Select(p => p.OrganisationId).FirstOrDefault(o => o is not null);
        var found = id is null ? null : await db.Set<Organisation>().AsNoTracking().Where(o => o.Id == id).Select(o => new { o.Name, o.NameEn }).FirstOrDefaultAsync(cancellation);
        return found is null ? Texts.Pick(site.Value.County, site.Value.CountyEn) : Texts.Pick(found.Name, found.NameEn);
    }
}
