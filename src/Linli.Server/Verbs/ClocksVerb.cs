using System.CommandLine;
using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.Clocks;
using Linli.Kernel.Clocks.Questions;

namespace Linli.Server.Verbs;

/// <summary>linli clocks explain | elapsed: working time on the shipped calendars, without a store; with --data on those of that store.</summary>
internal static class ClocksVerb
{
    private static readonly JsonSerializerOptions Readable = new(Json.Plain) { WriteIndented = true };

    public static Command Create() => new("clocks", Terminal.T["工作时间：到期时间及理由，经过的工作时间"]) { Explain(), Elapsed() };

    private static Command Explain()
    {
        var start = Needed("--start", "起算时刻，例如 2025-01-24T15:20+08:00；不写时区时按日历所在地时间", "TIME");
        var budget = Needed("--budget", "时限，例如 \"3 working days\"、\"24 hours\"", "BUDGET");
        var calendar = Calendar();
        var rule = new Option<string>("--rule") { Description = Terminal.T["工作日的算法：minute（按分钟）或 next-day（次日起算）"], HelpName = "RULE", DefaultValueFactory = _ => "minute" };
        var pauses = new Option<string[]>("--pause") { Description = Terminal.T["挂起，写成 开始/结束；可写多个"], HelpName = "FROM/UNTIL" };
        var extensions = new Option<string[]>("--extension") { Description = Terminal.T["延期，例如 \"2 working days\"；可写多个"], HelpName = "BUDGET" };
        var json = JsonOption();
        var verb = new Command("explain", Terminal.T["算出到期时间，并逐行说明"]) { start, budget, calendar, rule, pauses, extensions, json };
        verb.SetAction((asked, cancellation) => OnCalendarsAsync(asked, calendars => Print(
            new ExplainQuestion(asked.GetValue(start), asked.GetValue(budget), asked.GetValue(calendar), asked.GetValue(rule), asked.GetValue(pauses), asked.GetValue(extensions)).Answer(calendars),
            answer => string.Join(Environment.NewLine, answer.Lines.Select(l => Terminal.Words.IsChinese ? l.Zh : l.En)),
            asked.GetValue(json)), cancellation));
        return verb;
    }

    private static Command Elapsed()
    {
        var from = Needed("--from", "开始时刻", "TIME");
        var to = Needed("--to", "结束时刻", "TIME");
        var calendar = Calendar();
        var json = JsonOption();
        var verb = new Command("elapsed", Terminal.T["算出两个时刻之间的工作时间"]) { from, to, calendar, json };
        verb.SetAction((asked, cancellation) => OnCalendarsAsync(asked, calendars => Print(
            new ElapsedQuestion(asked.GetValue(from), asked.GetValue(to), asked.GetValue(calendar)).Answer(calendars),
            answer => Terminal.Words.IsChinese ? answer.Zh : answer.En,
            asked.GetValue(json)), cancellation));
        return verb;
    }

    private static Task<int> OnCalendarsAsync(ParseResult asked, Func<WorkCalendars, int> answer, CancellationToken cancellation) =>
        asked.GetValue(Door.Data) is null
            ? Task.FromResult(answer(WorkCalendars.Shipped()))
            : Door.InScopeAsync(asked, async (services, token) => answer((await services.GetRequiredService<CalendarsInForce>().GetAsync(token)).All), cancellation);

    private static int Print<T>(Outcome<T> outcome, Func<T, string> words, bool asJson) where T : notnull
    {
        if (outcome.Succeeded)
        {
            Console.WriteLine(asJson ? JsonSerializer.Serialize(outcome.Value, Readable) : words(outcome.Value));
            return 0;
        }

        foreach (var problem in ((Failure.Invalid)outcome.Failure).Problems)
        {
            Terminal.Complain(problem.Message, problem.Values);
        }

        return 1;
    }

    private static Option<string> Needed(string name, string text, string help) => new(name) { Description = Terminal.T[text], HelpName = help, Required = true };

    private static Option<string> Calendar() => new("--calendar") { Description = Terminal.T["工作日历的代码"], HelpName = "CODE", DefaultValueFactory = _ => "cn" };

    private static Option<bool> JsonOption() => new("--json") { Description = Terminal.T["输出 JSON，供程序读取"] };
}
