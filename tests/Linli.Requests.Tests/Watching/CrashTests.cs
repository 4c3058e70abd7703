using System.Diagnostics;
using Linli.Kernel;
using Linli.Requests.Clocks;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Tests.Watching;

/// <summary>The program itself, killed in the middle of its work as a power cut would, and started again.</summary>
public sealed class CrashTests
{
    private const int Requests = 80;

    [Fact]
    public async Task Hundreds_of_clocks_that_run_out_are_each_told_once_though_the_program_is_killed_again_and_again()
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var town = await Town.FoundAsync(new TownOptions { Now = now });
        const int clocks = 3 * Requests;
        var numbers = await Backlog.AddAsync(town, Requests, now.AddDays(-90), await Backlog.StaffAsync(town, Requests));
        Assert.Equal(clocks, await town.ReadAsync(db => db.Breached(now).CountAsync()));

        // Killed when the marks are there, when the work on the notices has begun, and when there are any.
        var told = new List<int>();
        foreach (var isFar in new Func<LinliDb, Task<bool>>[]
        {
            db => db.Set<RequestClock>().AnyAsync(c => c.BreachedAt != null),
            db => db.Set<OutboxMessage>().AnyAsync(m => m.Type == "ClocksRanDown" && m.Attempts > 0),
            db => db.Set<Shell.Inbox.Notice>().AnyAsync(),
        })
        {
            await RunUntilAsync(town, isFar);
            told.Add((await Backlog.ToldAsync(town)).Count);
            await EndLeasesAsync(town);
        }

        await RunUntilAsync(town, async db => !await db.Set<OutboxMessage>().AnyAsync(m => m.DoneAt == null) && !await db.Breached(now).AnyAsync());

        Assert.Contains(0, told);   // a kill between the mark and the notice, where a careless program would lose one
        var notices = await Backlog.ToldAsync(town);
        Assert.NotEmpty(notices);
        Assert.Equal(notices.Count, notices.Distinct().Count());
        Assert.Equal(clocks, await town.ReadAsync(db => db.Set<RequestClock>().CountAsync(c => c.BreachedAt != null)));
        Assert.Equal([.. numbers.SelectMany(n => Enumerable.Repeat(n, 3)).Order()], await Backlog.OfOneAsync(town, "banli", notices));
    }

    /// <summary>A crash leaves its leases behind for two minutes; the test does not wait for them.</summary>
    private static Task<int> EndLeasesAsync(Town town) => town.ReadAsync(db =>
        db.Set<OutboxMessage>().Where(m => m.DoneAt == null).ExecuteUpdateAsync(s => s.SetProperty(m => m.NextAt, m => m.CreatedAt)));

    private static async Task RunUntilAsync(Town town, Func<LinliDb, Task<bool>> isFar)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "linli.dll"), "serve", "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["LINLI__DATA"] = town.Store.Data.Path;
        start.Environment["LINLI__DATABASE__PROVIDER"] = town.Store.Store.Provider;
        start.Environment["LINLI__DATABASE__CONNECTION"] = town.Store.Store.Connection;
        using var process = Process.Start(start)!;
        _ = process.StandardOutput.ReadToEndAsync();
        var complaints = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (!await town.ReadAsync(isFar))
        {
            Assert.False(process.HasExited, process.HasExited ? await complaints : "");
            patience.Token.ThrowIfCancellationRequested();
        }

        process.Kill(entireProcessTree: true);   // SIGKILL: nothing is tidied up
        await process.WaitForExitAsync();
    }
}
