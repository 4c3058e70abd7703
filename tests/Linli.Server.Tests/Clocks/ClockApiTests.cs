using System.Net;
using System.Text.Json;
using Linli.Testing;

namespace Linli.Server.Tests.Clocks;

public sealed class ClockApiTests
{
    [Fact]
    public async Task Anybody_may_ask_when_a_time_limit_is_due_and_why()
    {
        await using var town = await Town.FoundAsync();
        using var visitor = await town.HttpAsync();

        var answer = await visitor.GetAsync("/api/clocks/explain?start=2025-01-24T15:20%2B08:00&budget=3%20working%20days&rule=next-day");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("2025-02-05T18:00:00+08:00", answer.Json().GetProperty("due").GetString());
        Assert.Contains(answer.Json().GetProperty("lines").EnumerateArray(), l => l.GetProperty("zh").GetString()!.Contains("春节调休上班", StringComparison.Ordinal)
            && l.GetProperty("en").GetString()!.Contains("make-up working day for Spring Festival", StringComparison.Ordinal)
            && l.GetProperty("notice").GetString()!.StartsWith("https://www.gov.cn/", StringComparison.Ordinal));

        var forgetful = await visitor.GetAsync("/api/clocks/explain?start=2025-01-24T15:20+08:00&budget=3+working+days&pause=2025-01-26T10:00/2025-01-27T10:00&extension=1+working+day");
        Assert.Equal("2025-02-07T15:20:00+08:00", forgetful.Json().GetProperty("due").GetString());

        var elapsed = await visitor.GetAsync("/api/clocks/elapsed?from=2025-01-24T15:20%2B08:00&to=2025-02-05T15:20%2B08:00&calendar=huguan");
        Assert.Equal(("PT22H30M", 3.0), (elapsed.Json().GetProperty("elapsed").GetString(), elapsed.Json().GetProperty("workingDays").GetDouble()));

        var calendars = await visitor.GetAsync("/api/clocks/calendars");
        Assert.Equal(["24x7", "cn", "hospital", "huguan"], calendars.Json().EnumerateArray().Select(c => c.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Wrong_questions_are_refused_with_every_fault_at_its_field()
    {
        await using var town = await Town.FoundAsync();
        using var visitor = await town.HttpAsync();

        Assert.Equal(["budget", "calendar", "rule"], await FaultsAsync("/api/clocks/explain?start=x&budget=soon&calendar=mars&rule=foo"));
        Assert.Equal(["budget", "start"], await FaultsAsync("/api/clocks/explain"));
        Assert.Equal(["to"], await FaultsAsync("/api/clocks/elapsed?from=2025-02-05T15:20&to=2025-01-24T15:20"));
        Assert.Equal(["start"], await FaultsAsync("/api/clocks/explain?start=1850-01-01T00:00Z&budget=1+hour"));

        async Task<IEnumerable<string>> FaultsAsync(string path)
        {
            var answer = await visitor.GetAsync(path);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
            return answer.Json().GetProperty("errors").EnumerateObject().Select((JsonProperty e) => e.Name).Order(StringComparer.Ordinal);
        }
    }
}
