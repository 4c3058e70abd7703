namespace Linli.Server.Tests.Clocks;

/// <summary>linli calendars on a store of its own.</summary>
public sealed class CalendarsVerbTests
{
    [Fact]
    public async Task Importing_shows_what_moves_first_and_writes_only_without_dry_run()
    {
        var folder = Directory.CreateTempSubdirectory("linli-calendars");
        try
        {
            var file = Path.Combine(folder.FullName, "2027.json");
            await File.WriteAllTextAsync(file, """{"year":2027,"notices":["https://www.gov.cn/x.htm"],"days":[{"date":"2027-01-01","kind":"holiday","nameZh":"元旦"}]}""", TestContext.Current.CancellationToken);
            var data = Path.Combine(folder.FullName, "data");

            var (tried, preview, _) = await Program.LinliAsync("calendars", "import", file, "--dry-run", "--data", data);
            Assert.Equal(0, tried);
            Assert.Contains("Fri 2027-01-01  08:30-12:00 14:00-18:00 → Closed  New Year's Day", preview, StringComparison.Ordinal);
            Assert.Contains("The holidays of 2027 are not in the calendar yet.", (await Program.LinliAsync("calendars", "show", "huguan", "--year", "2027", "--data", data)).Output, StringComparison.Ordinal);

            Assert.Equal(0, (await Program.LinliAsync("calendars", "import", file, "--data", data)).Code);
            Assert.Contains("Fri 2027-01-01  Closed  New Year's Day", (await Program.LinliAsync("calendars", "show", "huguan", "--year", "2027", "--data", data)).Output, StringComparison.Ordinal);
            Assert.EndsWith("Due: Tue 2027-01-05 09:00", (await Program.LinliAsync("clocks", "explain", "--start", "2026-12-31T09:00", "--budget", "2 working days", "--data", data)).Output.TrimEnd(), StringComparison.Ordinal);

            await File.WriteAllTextAsync(file, "no", TestContext.Current.CancellationToken);
            var (refused, _, error) = await Program.LinliAsync("calendars", "import", file, "--data", data);
            Assert.Equal(1, refused);
            Assert.Contains("The file is neither JSON nor iCalendar: it cannot be read on from line 1.", error, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(true);
        }
    }
}
