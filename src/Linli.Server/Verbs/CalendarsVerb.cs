using System.CommandLine;
using System.Globalization;
using Linli.Kernel;
using Linli.Kernel.Clocks;
using Linli.Kernel.Clocks.Import;
using Linli.Kernel.People;
using Linli.Shell.Clocks;
using Linli.Shell.Text;
using Spectre.Console;

namespace Linli.Server.Verbs;

/// <summary>linli calendars list | show | import: the installation's work calendars.</summary>
internal static class CalendarsVerb
{
    private const int MostShown = 10_000;

    private static readonly Argument<FileInfo> File = new("FILE") { Description = Terminal.T["JSON 或 iCalendar（.ics）文件，一年的放假安排"] };
    private static readonly Argument<string> Code = new("CODE") { Description = Terminal.T["工作日历的代码"] };
    private static readonly Option<string> Calendar = new("--calendar") { Description = Terminal.T["导入到哪个工作日历"], HelpName = "CODE", DefaultValueFactory = _ => "cn" };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = Terminal.T["只看哪些到期时间会变动，不写数据库"] };
    private static readonly Option<int?> Year = new("--year") { Description = Terminal.T["看哪一年，默认今年"], HelpName = "YEAR" };

    public static Command Create()
    {
        var import = new Command("import", Terminal.T["导入一年的放假调休安排，可重复运行；先列出会变动的到期时间"]) { File, Calendar, DryRun };
        import.SetAction((asked, cancellation) => Door.InScopeAsync(asked, (services, c) => ImportAsync(asked, services, c), cancellation));
        var list = new Command("list", Terminal.T["列出工作日历"]);
        list.SetAction((asked, cancellation) => Door.InScopeAsync(asked, async (services, c) => List(await services.GetRequiredService<CalendarsInForce>().GetAsync(c)), cancellation));
        var show = new Command("show", Terminal.T["显示一个工作日历：作息和一年的特殊日子"]) { Code, Year };
        show.SetAction((asked, cancellation) => Door.InScopeAsync(asked, async (services, c) => Show(asked, await services.GetRequiredService<CalendarsInForce>().GetAsync(c), services.GetRequiredService<TimeProvider>()), cancellation));
        return new Command("calendars", Terminal.T["工作日历：列出、查看、导入放假安排"]) { list, show, import };
    }

    private static async Task<int> ImportAsync(ParseResult asked, IServiceProvider services, CancellationToken cancellation)
    {
        var (file, code) = (asked.GetRequiredValue(File), asked.GetRequiredValue(Calendar));
        if (!file.Exists)
        {
            Terminal.Complain("没有文件 {0}。", file.FullName);
            return 1;
        }

        await using var stream = file.OpenRead();
        var year = await CalendarFile.ReadAsync(stream, cancellation);
        if (!year.Succeeded)
        {
            return Refuse(year.Failure);
        }

        var calendars = services.GetRequiredService<KeepCalendars>();
        var edit = new PutYear(year.Value);
        var preview = await calendars.PreviewAsync(code, edit, null, MostShown, cancellation);
        if (!preview.Succeeded)
        {
            return Refuse(preview.Failure);
        }

        Say(preview.Value);
        if (asked.GetValue(DryRun))
        {
            Terminal.Say("这是试运行，什么也没有写。去掉 --dry-run 就会导入。");
            return 0;
        }

        var done = await calendars.MakeAsync(Actor.System, code, edit, null, cancellation);
        if (!done.Succeeded)
        {
            return Refuse(done.Failure);
        }

        Terminal.Say(done.Value.IsChanged ? "已导入日历“{0}”。运行中的邻里会马上重算未办结的时限并告知有关的人。" : "日历“{0}”里已经是这样，没有变化。", code);
        return 0;
    }

    private static void Say(CalendarPreview preview)
    {
        Console.WriteLine(Said(preview.Draft.What));
        foreach (var (before, after) in preview.Draft.Days)
        {
            Console.WriteLine($"  {Said(Words.Day(after.Date))}  {Hours(before.Hours)} → {Hours(after.Hours)}  {Name(after)}");
        }

        Terminal.Say("看了 {0} 个未结束的时限：{1} 个到期时间会变动，涉及 {2} 件诉求。", preview.Moves.Open, preview.Moves.Total, preview.Moves.Requests);
        if (preview.Moves.Listed.Count == 0)
        {
            return;
        }

        var table = new Table().RoundedBorder();
        foreach (var heading in new[] { "诉求编号", "时限", "原到期时间", "新到期时间" })
        {
            table.AddColumn(Markup.Escape(Terminal.T[heading]));
        }

        foreach (var move in preview.Moves.Listed)
        {
            table.AddRow(move.Number, Markup.Escape(Said(new Wording(move.ClockZh, move.ClockEn))), Words.Minute(LocalTime.Of(move.Before)), Words.Minute(LocalTime.Of(move.After)));
        }

        AnsiConsole.Write(table);
    }

    private static int List(InstalledCalendars calendars)
    {
        var table = new Table().RoundedBorder();
        foreach (var heading in new[] { "代码", "名称", "时区", "放假安排到", "版本" })
        {
            table.AddColumn(Markup.Escape(Terminal.T[heading]));
        }

        foreach (var code in calendars.All.Codes)
        {
            var definition = calendars.Get(code).Definition;
            table.AddRow(
                code + (code == calendars.Countys ? " *" : ""), Markup.Escape(Said(new Wording(definition.NameZh, definition.NameEn))), definition.TimeZone,
                definition.KeepsHolidays && definition.Years.Count > 0 ? Text(definition.Years.Max(y => y.Year)) : "–", Text(calendars.VersionOf(code)));
        }

        AnsiConsole.Write(table);
        Terminal.Say("* 本县的工作日历");
        return 0;
    }

    private static int Show(ParseResult asked, InstalledCalendars calendars, TimeProvider clock)
    {
        var found = calendars.All.Get(asked.GetRequiredValue(Code));
        if (!found.Succeeded)
        {
            return Refuse(found.Failure);
        }

        var (calendar, definition) = (found.Value, found.Value.Definition);
        var year = Math.Clamp(asked.GetValue(Year) ?? LocalTime.Of(clock.GetUtcNow()).Year, 1900, 2200);
        Console.WriteLine($"{calendar.Code}  {Said(calendar.Name)}  {definition.TimeZone}");
        foreach (var hours in definition.Hours)
        {
            Console.WriteLine($"{Said(new Wording(hours.NameZh ?? "", hours.NameEn ?? ""))} {hours.From}–{hours.To}".Trim(' ', '–'));
            foreach (var (day, stretches) in hours.Days.OrderBy(d => ((int)d.Key + 6) % 7))
            {
                Console.WriteLine($"  {Said(Words.Weekday(day))}  {Hours(stretches)}");
            }
        }

        var dates = Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Select(n => calendar.On(new DateOnly(year, 1, 1).AddDays(n)));
        foreach (var day in dates.Where(d => d.Exception is not null))
        {
            Console.WriteLine($"{Said(Words.Day(day.Date))}  {Hours(day.Hours)}  {Name(day)}  {day.Exception!.Notice}".TrimEnd());
        }

        if (!calendar.On(new DateOnly(year, 1, 1)).IsKnown)
        {
            Terminal.Say("{0} 年的放假安排还没有录入。", year);
        }

        return 0;
    }

    private static string Said(Wording words) => Terminal.Words.IsChinese ? words.Zh : words.En;

    private static string Name(WorkDay day) => day.Exception is { } e ? Said(new Wording(e.NameZh, e.NameEn ?? e.NameZh)) : "";

    private static string Hours(IReadOnlyList<OpenHours> hours) => hours.Count == 0 ? Terminal.T["休息"] : string.Join(' ', hours);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Refuse(Failure failure)
    {
        foreach (var problem in failure is Failure.Invalid invalid ? invalid.Problems : [new FieldProblem("", failure.Message, failure.Values)])
        {
            Terminal.Complain(problem.Message, problem.Values);
        }

        Terminal.Complain("什么也没有导入。请改正后重新运行。");
        return 1;
    }
}
