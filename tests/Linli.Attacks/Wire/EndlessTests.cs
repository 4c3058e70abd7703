using Linli.Kernel.Areas;
using Linli.Shell.Http;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Attacks.Wire;

/// <summary>A statement does not outlive whoever wanted its answer, and nobody waits for one for ever.</summary>
public sealed class EndlessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("GET /requests HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET /api/public/requests HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("POST /track HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 33\r\n\r\nnumber=999999-999999&code=AAAABBB")]
    public async Task A_statement_ends_when_its_caller_goes_away(string call)
    {
        var statement = new Endless();
        await using var town = await Town.FoundAsync(new TownOptions { RealPort = true, Settings = statement.AddTo });
        using var line = await RawLine.OpenAsync(town);
        statement.Arm();
        await line.SendAsync(call);
        await statement.Began.Task.WaitAsync(Patience);

        line.Dispose();

        Assert.True(await statement.Ended.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_call_that_takes_too_long_is_given_up_with_its_statement_and_says_so()
    {
        var statement = new Endless();
        await using var town = await Town.FoundAsync(new TownOptions
        {
            RealPort = true,
            Settings = services =>
            {
                statement.AddTo(services);
                services.Configure<WebOptions>(web => web.Timeout = TimeSpan.FromMilliseconds(500));
            },
        });
        await town.StartAsync();
        statement.Arm();

        var answer = await RawLine.SayAsync(town, "GET /requests HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        Assert.True(await statement.Ended.Task.WaitAsync(Patience));
        Assert.StartsWith("HTTP/1.1 504 ", answer, StringComparison.Ordinal);
    }

    /// <summary>Work in the background has no caller who could go away.</summary>
    [Fact]
    public async Task Every_statement_has_a_limit_of_its_own_and_the_next_one_goes_on()
    {
        var statement = new Endless();
        await using var town = await Town.FoundAsync(new TownOptions { Settings = statement.AddTo });
        await town.ReadAsync(async db =>
        {
            Assert.InRange(db.Database.GetCommandTimeout() ?? 0, 1, 60);
            db.Database.SetCommandTimeout(1);
            statement.Arm();
            Assert.NotNull(await Record.ExceptionAsync(() => db.Set<Area>().CountAsync()));
            Assert.True(await db.Set<Area>().AnyAsync());
            return true;
        });
        Assert.False(await statement.Ended.Task.WaitAsync(Patience));
    }
}
