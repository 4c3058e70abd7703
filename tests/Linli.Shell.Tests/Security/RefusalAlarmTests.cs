using Linli.Shell.Accounts;
using Linli.Shell.Inbox;
using Linli.Shell.Security;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Linli.Shell.Tests.Security;

public sealed class RefusalAlarmTests
{
    [Fact]
    public async Task Many_refused_calls_are_told_to_the_administrators_once()
    {
        using var lines = new LogLines();
        await using var town = await TownAsync(lines, unusual: 5);
        using var visitor = await town.HttpAsync();

        await KnockAsync(visitor, 4);
        await LookAsync(town);
        Assert.Empty(await ToldAsync(town));

        await KnockAsync(visitor, 1);
        await LookAsync(town);
        await KnockAsync(visitor, 20);
        await LookAsync(town);
        Assert.Equal("guanli", Assert.Single(await ToldAsync(town)));
        Assert.Contains("5 calls were refused within ten minutes", lines.Of(RefusalLog.Category));

        town.Clock.Advance(TimeSpan.FromHours(1));
        await KnockAsync(visitor, 4);
        await LookAsync(town);
        Assert.Single(await ToldAsync(town));

        await KnockAsync(visitor, 1);
        await LookAsync(town);
        Assert.Equal(2, (await ToldAsync(town)).Count);
    }

    [Fact]
    public async Task Nobody_is_told_where_that_is_switched_off()
    {
        using var lines = new LogLines();
        await using var town = await TownAsync(lines, unusual: 0);
        using var visitor = await town.HttpAsync();

        await KnockAsync(visitor, 20);
        await LookAsync(town);

        Assert.Empty(await ToldAsync(town));
    }

    private static async Task KnockAsync(Visitor visitor, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await visitor.SendJsonAsync(HttpMethod.Get, "/api/people");
        }
    }

    private static Task LookAsync(Town town) => town.InScopeAsync((RefusalAlarm alarm) => alarm.LookAsync(CancellationToken.None));

    private static Task<List<string?>> ToldAsync(Town town) => town.ReadAsync(db =>
        (from n in db.Set<Notice>() where n.Text.Contains("Linli.Security") from a in db.Set<Account>() where a.Id == n.AccountId orderby n.At select a.UserName).ToListAsync());

    private static Task<Town> TownAsync(LogLines lines, int unusual) => Town.FoundAsync(new TownOptions
    {
        Adjust = builder =>
        {
            builder.Logging.AddProvider(lines);
            builder.Configuration["Security:UnusualRefusals"] = $"{unusual}";
        },
    });
}
