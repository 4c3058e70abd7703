using System.Collections.Concurrent;
using Linli.Kernel;
using Linli.Kernel.Clocks;
using Linli.Kernel.People;
using Linli.Requests.Catalogue;
using Linli.Shell.Clocks;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging;

namespace Linli.Server.Tests.Stores;

/// <summary>A store that the first version wrote, with rows in it, upgraded as it is in the field.</summary>
public sealed class OlderStoreTests
{
    private const string Reason = """insert into requests_reason_code ("Kind", "Code", "NameZh", "NameEn", "MaxDays", "NeedsApproval", "IsSolved", "Order", "IsActive") values """;

    [Fact]
    public async Task Reasons_get_the_limits_they_lacked_and_keep_what_the_county_wrote()
    {
        await using var town = await OldAsync(
            Reason + "('pause', 'weather', '下雨', 'Rain', 12, true, false, 0, true), ('pause', 'our-own', '本县的', 'Our own', 7, false, false, 1, true),"
            + " ('extend', 'procurement', '采购', 'Procurement', null, false, false, 0, true)");

        await UpgradeAsync(town);

        var reasons = await ReasonsAsync(town);
        Assert.Equal(("下雨", 12, 3), Of("weather"));
        Assert.Equal(("本县的", 7, null), Of("our-own"));
        Assert.Equal(("采购", 30, 1), Of("procurement"));
        Assert.Equal(3, reasons.Single(r => r.Kind == ReasonCode.Asked).MaxTimes);
        Assert.DoesNotContain(reasons, r => r.Code == "testing");

        await town.InScopeAsync(async (LinliDb db) =>
        {
            (await db.Set<ReasonCode>().SingleAsync(r => r.Code == "weather")).MaxTimes = null;
            await db.CommitAsync(Act.BySystem("test.write", town.Clock.Now));
        });
        await UpgradeAsync(town);
        reasons = await ReasonsAsync(town);
        Assert.Equal(("下雨", 12, null), Of("weather"));

        (string, int?, int?) Of(string code) => reasons.Single(r => r.Code == code) is var r ? (r.NameZh, r.MaxDays, r.MaxTimes) : default;
    }

    [Fact]
    public async Task An_upgrade_complains_of_nothing()
    {
        using var warnings = new Warnings();
        await using var town = await OldAsync(
            Reason + "('pause', 'weather', '下雨', 'Rain', 12, true, false, 0, true)", new TownOptions { Adjust = builder => builder.Logging.AddProvider(warnings) });

        warnings.Lines.Clear();   // founding an empty PostgreSQL store looks for a table that is not there yet

        await UpgradeAsync(town);

        Assert.Empty(warnings.Lines);
    }

    [Fact]
    public async Task The_calendar_that_every_service_names_becomes_the_countys_once()
    {
        await using var town = await Town.FoundAsync();
        await town.InScopeAsync(async (LinliDb db) =>
        {
            db.RemoveRange(await db.Set<CalendarVersion>().ToListAsync());
            foreach (var type in await db.Set<ServiceType>().ToListAsync())
            {
                type.CalendarCode = "huguan";
            }

            await db.CommitAsync(Act.BySystem("test.write", town.Clock.Now));
        });
        Assert.Equal("cn", await CountysAsync(town));

        await UpgradeAsync(town);
        Assert.Equal("huguan", await CountysAsync(town));

        await town.InScopeAsync((KeepCalendars keep) => keep.MakeAsync(Actor.System, "cn", new MakeCountys(), null, CancellationToken.None));
        await UpgradeAsync(town);
        Assert.Equal("cn", await CountysAsync(town));
    }

    private static async Task<Town> OldAsync(string rows, TownOptions? options = null)
    {
        var town = Town.On(await TestStores.EmptyAsync(), options);
        await town.InScopeAsync(async (LinliDb db) =>
        {
            await db.GetService<IMigrator>().MigrateAsync("Initial");
            await db.Database.ExecuteSqlRawAsync(rows);
        });
        return town;
    }

    private static async Task UpgradeAsync(Town town) => await town.InScopeAsync((IServiceProvider scope) => Readiness.UpgradeAsync(scope, CancellationToken.None));

    private static Task<List<ReasonCode>> ReasonsAsync(Town town) => town.ReadAsync(db => db.Set<ReasonCode>().AsNoTracking().ToListAsync());

    private static Task<string> CountysAsync(Town town) => town.InScopeAsync(async (CalendarsInForce calendars) => (await calendars.GetAsync(default)).Countys);

    private sealed class Warnings : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Lines.Enqueue(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
}
