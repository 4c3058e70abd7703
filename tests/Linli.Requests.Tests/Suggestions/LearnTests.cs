using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Requests.Suggestions;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Tests.Suggestions;

/// <summary>Learning from the county's own history: words that only this county uses.</summary>
public sealed class LearnTests
{
    private static readonly string[] Lamps = ["咕噜杆又卡壳了", "那根咕噜杆黑了", "咕噜杆一闪一闪"], Leaks = ["哔啵箱冒泡", "哔啵箱底下湿了一片", "哔啵箱又响又湿"];

    [Fact]
    public async Task A_better_model_takes_the_place_and_running_instances_use_it_without_a_restart()
    {
        await using var town = await Town.FoundAsync();
        Assert.Equal("shipped", await ModelAsync(town));
        Assert.Empty((await SuggestAsync(town, "咕噜杆怎么还没人来看")).Types);
        await HappenAsync(town, 120);

        var result = (await LearnAsync(town)).Value;

        Assert.Equal(1, result.Version);
        Assert.True(result.Comparison.New.First > 0.9 && result.Comparison.InUse.First < 0.1, $"{result.Comparison}");
        Assert.Equal(("shipped", 24), (result.Comparison.InUseName, result.Comparison.HeldOut));
        var suggested = await SuggestAsync(town, "咕噜杆怎么还没人来看");
        Assert.Equal(("street-lamp", "own-1"), (suggested.Types[0].Type.Code, suggested.Model));
        Assert.NotEmpty(suggested.Types[0].Words);
    }

    [Fact]
    public async Task What_is_not_better_is_not_taken_unless_somebody_insists_and_the_old_one_can_be_taken_back()
    {
        await using var town = await Town.FoundAsync();
        await HappenAsync(town, 120);
        await LearnAsync(town);

        var tooEarly = await LearnAsync(town);
        Assert.Equal("too_few_new_requests", ((Failure.Conflict)tooEarly.Failure!).Code);

        town.Clock.Advance(TimeSpan.FromDays(30));
        await HappenAsync(town, 120);
        var same = (await LearnAsync(town)).Value;
        Assert.Null(same.Version);
        Assert.Equal("own-1", same.Comparison.InUseName);
        Assert.Equal("own-1", await ModelAsync(town));

        Assert.Equal(2, (await LearnAsync(town, force: true)).Value.Version);
        Assert.Equal("own-2", await ModelAsync(town));
        Assert.True((await town.InScopeAsync((LearnFromHistory learn) => learn.UseAsync(1, default))).Succeeded);
        Assert.Equal("own-1", await ModelAsync(town));
        Assert.True((await town.InScopeAsync((LearnFromHistory learn) => learn.UseAsync(0, default))).Succeeded);
        Assert.Equal("shipped", await ModelAsync(town));
        Assert.IsType<Failure.NotFound>((await town.InScopeAsync((LearnFromHistory learn) => learn.UseAsync(9, default))).Failure);
        Assert.Equal(2, await town.ReadAsync(db => db.Set<RoutingModel>().CountAsync()));
    }

    [Fact]
    public async Task Out_of_a_handful_of_requests_nothing_is_learnt()
    {
        await using var town = await Town.FoundAsync();
        await HappenAsync(town, 10);

        Assert.Equal("too_few_requests", ((Failure.Conflict)(await LearnAsync(town)).Failure!).Code);
    }

    [Fact]
    public async Task A_model_that_cannot_be_read_leaves_the_suggestions_of_the_first_day()
    {
        await using var town = await Town.FoundAsync();
        await town.InScopeAsync(async (LinliDb db) =>
        {
            db.Add(new RoutingModel { Version = 1, TrainedAt = town.Clock.Now, Texts = 1, File = [1, 2, 3], Comparison = "{}", IsInUse = true });
            await db.CommitAsync(Act.BySystem("test.model", town.Clock.Now));
        });

        Assert.Equal("shipped", await ModelAsync(town));
    }

    private static Task<Outcome<LearnFromHistory.Result>> LearnAsync(Town town, bool force = false) => town.InScopeAsync((LearnFromHistory learn) => learn.RunAsync(force, default));

    private static async Task<string> ModelAsync(Town town) => (await town.InScopeAsync((SuggestionSource source) => source.NowAsync(default))).Model;

    private static async Task<TypeSuggestions> SuggestAsync(Town town, string text) => (await town.InScopeAsync((SuggestionSource source) => source.NowAsync(default))).For(text, 3);

    /// <summary>Requests of two types that were dispatched, one an hour up to now.</summary>
    private static Task HappenAsync(Town town, int count) => town.InScopeAsync(async (LinliDb db) =>
    {
        var lead = await db.Set<Organisation>().Where(o => o.Code == "dept-municipal").Select(o => o.Id).SingleAsync();
        var now = town.Clock.Now.ToUniversalTime();
        for (var i = 0; i < count; i++)
        {
            var text = $"{(i % 2 == 0 ? Lamps : Leaks)[i / 2 % 3]}，{(char)('一' + i)}{(char)('丁' + i)}";
            db.Add(new ServiceRequest
            {
                Number = $"{now:yyMMdd}-{i:000000}", Title = text, Text = text, ServiceTypeCode = i % 2 == 0 ? "street-lamp" : "water-leak", Channel = Channel.Phone,
                ReportedAt = now.AddHours(i - count), SecretHash = "-", IdempotencyHash = $"{now:O}-{i}", SearchText = text, LeadOrganisationId = lead,
            });
        }

        await db.CommitAsync(Act.BySystem("test.history", now));
    });
}
