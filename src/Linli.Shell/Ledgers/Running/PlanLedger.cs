using Linli.Kernel;
using Linli.Kernel.Clocks;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Linli.Shell.Ledgers.Keeping;
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
internal sealed class PlanLedger(LinliDb db, IEnumerable<ILedgerSource> sources, CalendarsInForce calendars, IOptions<SiteOptions> site, ReadyLedgers ready, Texts texts)
{
    public static Failure UnknownSource(string key) => new Failure.Invalid("source", "没有“{0}”这种台账来源，或者您不能用。", Short(key));

    public static Failure TotalsAlone { get; } = new Failure.Forbidden("您的岗位看合计，不看一件件的记录。请选一个报表，或自己搭一个报表。");

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

        if (!definition.OnlyTotals && !source.HasLinesFor(occasion.Reader))
        {
            return TotalsAlone;
        }

        var all = await source.OfferAsync(occasion.Reader, cancellation);
        var isSummed = IsSummed(source, definition, occasion.Reader);
        var offer = isSummed ? all.ForTotals() : all;
        var problems = isSummed ? TotalsCheck.Of(definition, all) : [];
        problems.AddRange(DefinitionCheck.Of(definition, offer).Where(p => problems.All(known => known.Field != p.Field)));
        if (problems.Count > 0)
        {
            return new Failure.Invalid(problems);
        }

        var slots = new SlotPlan(definition, offer);
        int? record = isSummed && source.RecordColumn is { } key && !ready.Has(definition) ? slots.Fetch(key) : null;
        var compiled = slots.Compile();
        if (slots.Problems.Count > 0)
        {
            return new Failure.Invalid(slots.Problems);
        }

        var calendar = await CalendarAsync(cancellation);
        var days = LedgerDays.Of(definition.Period, occasion.Day, calendar);
        var known = new Placeholders.Known(
            Texts.Pick(site.Value.County, site.Value.CountyEn), await OrganisationAsync(occasion.Reader, cancellation), await NameAsync(occasion.Reader, cancellation), days, DateOnly.FromDateTime(LocalTime.Of(occasion.Now).DateTime), calendar);
        var fetched = slots.Fetched;
        return compiled with
        {
            Source = source,
            Calendar = calendar,
            Query = new LedgerQuery(occasion.Reader, fetched, definition.Filters.Where(f => f.Value.Length > 0).ToDictionary(), days.Span(definition.Period.Column ?? offer.Columns.FirstOrDefault(c => c.HasPeriod)?.Key),
                occasion.Now, occasion.Most, occasion.IsInPerson, isSummed),
            Record = record,
            IsWhole = source.IsWholeFor(occasion.Reader, isSummed),
            Marks = isSummed ? [.. fetched.Select((name, slot) => (name, slot)).Where(f => offer.Columns.Any(c => c.Key == f.name && c.InTotals == TotalUse.Counted)).Select(f => f.slot)] : [],
            Sheet = compiled.Sheet with
            {
                Title = Line(definition.Title ?? definition.Name, definition.TitleEn ?? (definition.Title is null ? definition.NameEn : null)),
                Subtitle = Under(source, occasion.Reader, isSummed, known.By, Line(definition.Subtitle, definition.SubtitleEn)),
                LeftLine = Line(definition.LeftLine, definition.LeftLineEn), RightLine = Line(definition.RightLine, definition.RightLineEn), Signature = Line(definition.Signature, definition.SignatureEn),
            },
            IsPersonal = offer.Columns.Any(c => c.IsPersonal && fetched.Contains(c.Key)),
        };

        string Line(string? text, string? english) => Placeholders.Fill(Texts.Pick(text ?? "", english), known);
    }

    /// <summary>Nothing but totals, for somebody who has them of more than they see.</summary>
    public static bool IsSummed(ILedgerSource source, LedgerDefinition definition, Actor reader) => definition.OnlyTotals && source.SumsFor(reader);

    private string Under(ILedgerSource source, Actor reader, bool isSummed, string name, string subtitle) => source.IsWholeFor(reader, isSummed) ? subtitle
        : string.Join(" · ", new[] { subtitle, isSummed ? texts["只含{0}统计范围内的记录", name] : texts["只含{0}能看到的记录", name] }.Where(t => t.Length > 0));

    public static string NameOf(LedgerDefinition definition) => Texts.Pick(definition.Name, definition.NameEn);

    internal static string Short(string text) => text.Length > 30 ? text[..30] + "…" : text;

    private async Task<string> NameAsync(Actor reader, CancellationToken cancellation) =>
        Texts.Pick(reader.Name, Texts.IsEnglish ? await db.Set<Account>().AsNoTracking().Where(a => a.Id == reader.Id).Select(a => a.NameEn).FirstOrDefaultAsync(cancellation) : null);

    private async Task<string> OrganisationAsync(Actor reader, CancellationToken cancellation)
    {
        var id = reader.Posts.Select(p => p.OrganisationId).FirstOrDefault(o => o is not null);
        var found = id is null ? null : await db.Set<Organisation>().AsNoTracking().Where(o => o.Id == id).Select(o => new { o.Name, o.NameEn }).FirstOrDefaultAsync(cancellation);
        return found is null ? Texts.Pick(site.Value.County, site.Value.CountyEn) : Texts.Pick(found.Name, found.NameEn);
    }
}
