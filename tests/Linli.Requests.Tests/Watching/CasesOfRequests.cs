using System.Globalization;
using Linli.Kernel.Clocks;
using Linli.Kernel.People;
using Linli.Requests.Catalogue;
using Linli.Requests.Clocks;
using Linli.Requests.Life;
using Linli.Testing;

namespace Linli.Requests.Tests.Watching;

/// <summary>The table that a clerk can read, cases.md, against the life, the clock rules and the ledger of requests.</summary>
public sealed class CasesOfRequests
{
    private static readonly Timekeeper Keeper = new(InstalledCalendars.Of(WorkCalendars.Shipped(), [], new Dictionary<Guid, string>()));

    public static TheoryData<string, string> Cases => [.. Rows().Select(r => (r["#"], r["What"]))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_clock_is_due_when_the_clerk_says(string number, string what)
    {
        var row = Rows().Single(r => r["#"] == number);
        var type = new ServiceType
        {
            Code = "case", GroupCode = "case", NameZh = "", NameEn = "", CalendarCode = row["Calendar"],
            Rule = row["Rule"] == "next-day" ? DayRule.NextDay : DayRule.Minute, Budgets = { ["resolve"] = row["To resolve"] },
        };
        var request = new ServiceRequest
        {
            Number = number, Title = "", Text = "", ServiceTypeCode = type.Code, Channel = Channel.Web, ReportedAt = default,
            SecretHash = "", IdempotencyHash = "", SearchText = "",
        };
        foreach (var (index, line) in row["What happens"].Split(';', StringSplitOptions.TrimEntries).Index())
        {
            var (at, happens) = (Time(line[..16]), line[17..].Split(' ', 2));
            if (index == 0)
            {
                Take(request, type, Step.Report, at);
            }

            Do(request, type, happens[0], happens.ElementAtOrDefault(1) ?? "", at);
        }

        var clock = request.Clocks.Where(c => c.Kind == Enum.Parse<ClockKind>(row["Clock"])).MaxBy(c => c.StartedAt)!;
        Assert.Equal(ClockState.Running, clock.State);
        var due = clock.DueAt.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        Assert.True(due == row["Due"], $"{number} {what}: {due}, but by hand {row["Due"]} ({row["Working"]})");
        Assert.All(request.Clocks.Where(c => c.Kind == clock.Kind && c != clock), c => Assert.True(c.State is ClockState.Stopped or ClockState.Void));
    }

    private static void Do(ServiceRequest request, ServiceType type, string happens, string how, DateTimeOffset at)
    {
        switch (happens)
        {
            case "extended":
                Keeper.Extend(request, new Budget(int.Parse(how, CultureInfo.InvariantCulture), BudgetUnit.WorkingDays), "complex", at, default, default);
                break;
            case "resolved":
                request.NeedsVerification = how == "to be verified";
                Take(request, type, Step.Resolve, at);
                break;
            case "rated":
                Take(request, type, Step.Rate, at, how == "poorly" ? RequestState.InHand : RequestState.Closed);
                break;
            case "dispatched":
                Take(request, type, Step.Dispatch, at);
                break;
            default:
                Take(request, type, Steps[happens], at);
                break;
        }
    }

    private static readonly Dictionary<string, Step> Steps = new()
    {
        ["signed"] = Step.Sign, ["noted"] = Step.Note, ["paused"] = Step.Pause, ["resumed"] = Step.Resume, ["returned"] = Step.Return,
        ["asked"] = Step.Ask, ["answered"] = Step.Answer, ["reopened"] = Step.Reopen, ["failed"] = Step.VerifyFail,
    };

    /// <summary>What is not told of a case but has to be: nothing is paused, extended or resolved that was not signed.</summary>
    private static void Take(ServiceRequest request, ServiceType type, Step step, DateTimeOffset at, RequestState? chosen = null)
    {
        if (request.State == RequestState.Dispatched && step is Step.Pause or Step.Resolve)
        {
            Keeper.Apply(request, type, request.Take(Step.Sign, Actor.System, at));
        }

        Keeper.Apply(request, type, request.Take(step, Actor.System, at, chosen), step == Step.Pause ? new Budget(60, BudgetUnit.NaturalDays) : null);
    }

    private static DateTimeOffset Time(string wall) => new(DateTime.ParseExact(wall, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), TimeSpan.FromHours(8));

    private static IEnumerable<Dictionary<string, string>> Rows()
    {
        var lines = File.ReadLines(Repository.At("tests", "Linli.Requests.Tests", "Watching", "cases.md")).Where(l => l.StartsWith('|'))
            .Select(l => l.Trim('|').Split('|').Select(c => c.Trim()).ToArray()).ToList();
        return lines.Skip(2).Select(cells => lines[0].Zip(cells).ToDictionary(p => p.First, p => p.Second));
    }
}
