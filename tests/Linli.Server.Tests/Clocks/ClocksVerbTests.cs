using System.Text.Json;

namespace Linli.Server.Tests.Clocks;

/// <summary>The command line as a person runs it: a program of its own, from another folder, without a store.</summary>
public sealed class ClocksVerbTests
{
    [Fact]
    public async Task Explain_prints_the_due_time_and_its_lines_as_json()
    {
        var (code, output, _) = await Program.LinliAsync("clocks", "explain", "--start", "2025-01-24T15:20+08:00", "--budget", "3 working days", "--json");
        var answer = JsonSerializer.Deserialize<JsonElement>(output);
        Assert.Equal((0, "2025-02-05T15:20:00+08:00", 9), (code, answer.GetProperty("due").GetString(), answer.GetProperty("lines").GetArrayLength()));
    }

    [Fact]
    public async Task Explain_prints_the_sum_line_by_line()
    {
        var (code, output, _) = await Program.LinliAsync("clocks", "explain", "--start", "2025-01-24T15:20+08:00", "--budget", "3 working days", "--calendar", "huguan", "--rule", "next-day");
        Assert.Equal(0, code);
        Assert.Contains("Sun 2025-01-26, make-up working day for Spring Festival: working day 1", output, StringComparison.Ordinal);
        Assert.EndsWith("Due: Wed 2025-02-05 18:00", output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Elapsed_prints_working_time()
    {
        var (code, output, _) = await Program.LinliAsync("clocks", "elapsed", "--from", "2025-01-24T15:20+08:00", "--to", "2025-02-05T15:20+08:00", "--calendar", "cn", "--json");
        Assert.Equal((0, "PT22H30M"), (code, JsonSerializer.Deserialize<JsonElement>(output).GetProperty("elapsed").GetString()));
    }

    [Fact]
    public async Task Elapsed_in_words_says_that_a_year_has_no_holidays()
    {
        var (code, output, _) = await Program.LinliAsync("clocks", "elapsed", "--from", "2030-01-24T15:20+08:00", "--to", "2030-02-05T15:20+08:00");
        Assert.Equal(0, code);
        Assert.Contains("of working time (8 working days). Mind: the calendar has no holiday notice for 2030 yet", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_told_on_the_error_output()
    {
        var (code, output, error) = await Program.LinliAsync("clocks", "explain", "--start", "2025-01-24T15:20+08:00", "--budget", "-3 working days", "--calendar", "mars");
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("There is no work calendar \"mars\"", error, StringComparison.Ordinal);
        Assert.Contains("A time limit must be more than zero; got -3.", error, StringComparison.Ordinal);
    }
}
