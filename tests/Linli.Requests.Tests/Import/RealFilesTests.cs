using System.Diagnostics;
using Linli.Kernel;
using Linli.Requests.Clocks;
using Linli.Requests.Import;
using Linli.Requests.Life;
using Linli.Shell.Inbox;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Tests.Import;

/// <summary>
/// The two real files that the shipped mappings are for. They may not be part of Linli; put them into ../shared/data beside the repository,
/// or name their folder in LINLI_SHARED, to run these; elsewhere `dotnet dev.cs test` leaves them out.
/// </summary>
[Trait("Needs", "shared files")]
public sealed class RealFilesTests
{
    [Fact]
    public async Task Citizens_messages_all_come_in_and_nearly_all_find_a_type()
    {
        var report = await ImportAsync("messages/timeline.csv", "timeline");
        Assert.Equal((4_326, 0), (report.Imported, report.Rejected.Count));
        Assert.Equal([(RequestState.Reported, 4_326)], report.ByState);
        Assert.InRange(report.ByType.Where(t => t.Zh == "其他诉求").Sum(t => t.Count), 0, 600);
    }

    [Fact]
    public async Task Hotline_cases_all_come_in_with_their_history()
    {
        var report = await ImportAsync("hotline/pingshan-2018.csv", "pingshan-2018");
        Assert.Equal((10_000, 0), (report.Imported, report.Rejected.Count));
        Assert.Equal([(RequestState.Reported, 5), (RequestState.Closed, 9_995)], report.ByState);
        Assert.InRange(report.ByType.Where(t => t.Zh == "其他诉求").Sum(t => t.Count), 0, 200);
        Assert.Equal(155, report.NewOrganisations.Count);
    }

    [Fact]
    public async Task Thousands_that_wait_for_dispatch_when_they_come_in_are_a_handful_of_notices_a_day_later()
    {
        var path = PathOf("messages/timeline.csv");
        await using var town = await Town.FoundAsync();
        var known = (await ImportMapping.LoadAsync("timeline", default)).Value;
        Assert.Equal(4_326, (await town.InScopeAsync((ImportRequests import) => import.RunAsync(path, known, false))).Value.Imported);
        for (var hour = 0; hour < 26; hour++)
        {
            town.Clock.Advance(TimeSpan.FromHours(1));
            await town.InScopeAsync((ClockWatch watch) => watch.LookAsync(default));
            Assert.Equal(0, await town.DeliverAsync());
        }

        // At three quarters and at the end of one, of two and of 24 hours.
        var told = await town.ReadAsync(db => db.Set<Notice>().Where(n => n.Handler!.StartsWith("TellOfClocks")).GroupBy(n => n.AccountId).Select(g => g.Count()).ToListAsync());
        Assert.NotEmpty(told);
        Assert.All(told, count => Assert.InRange(count, 1, 6));
        Assert.Equal(4_326, await town.ReadAsync(db => db.Set<RequestClock>().CountAsync(c => c.BreachedAt != null)));
    }

    private static string PathOf(string file)
    {
        var path = Repository.Shared(file);
        Assert.SkipUnless(File.Exists(path), $"Not part of Linli: {file}. Put it into ../shared/data, or set LINLI_SHARED.");
        return path;
    }

    private static async Task<ImportReport> ImportAsync(string file, string mapping)
    {
        var path = PathOf(file);
        await using var town = await Town.FoundAsync();
        var known = (await ImportMapping.LoadAsync(mapping, default)).Value;
        var watch = Stopwatch.StartNew();
        var report = (await town.InScopeAsync((ImportRequests import) => import.RunAsync(path, known, false))).Value;
        TestContext.Current.SendDiagnosticMessage($"{file}: {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.Equal(report.Imported, await town.InScopeAsync((LinliDb db) => db.Set<ServiceRequest>().CountAsync(r => r.ExternalSource == known.Source)));
        Assert.Equal((0, report.Imported), await AgainAsync());
        return report;

        async Task<(int, int)> AgainAsync()
        {
            var again = (await town.InScopeAsync((ImportRequests import) => import.RunAsync(path, known, false))).Value;
            return (again.Imported, again.Known);
        }
    }
}
