using System.Net;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Server.Tests;

public sealed class TownTests
{
    [Fact]
    public async Task What_one_town_writes_no_other_town_sees()
    {
        await using var first = await Town.FoundAsync();
        await using var second = await Town.FoundAsync();

        await first.InScopeAsync((LinliDb db) =>
        {
            db.Add(new Area { Code = "990000", Level = AreaLevel.Province, Name = "某省", FullName = "某省" });
            return db.CommitAsync(Act.BySystem("test.write", first.Clock.Now));
        });

        Assert.True(await first.ReadAsync(db => db.Set<Area>().AnyAsync(a => a.Code == "990000")));
        Assert.False(await second.ReadAsync(db => db.Set<Area>().AnyAsync(a => a.Code == "990000")));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_town_answers_calls(bool realPort)
    {
        await using var town = await Town.FoundAsync(new TownOptions { RealPort = realPort });
        using var visitor = await town.HttpAsync();

        var live = await visitor.GetAsync("/health/live");

        Assert.Equal(HttpStatusCode.OK, live.Status);
    }

    [Fact]
    public async Task No_statement_blocks_its_thread()
    {
        await using var town = await Town.EmptyAsync();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => town.ReadAsync(db => Task.FromResult(db.Set<Area>().Count())));

        Assert.StartsWith("A statement blocks its thread", refused.Message);
    }
}
