using System.Text.Json;
using Linli.Kernel.Areas;
using Linli.Kernel.Places;
using Linli.Kernel.Tests.Areas;

namespace Linli.Kernel.Tests.Places;

public sealed class GazetteerTests
{
    private static readonly Gazetteer Places = ShippedPlaces.Gazetteer;

    [Theory]
    [InlineData("龙泉镇城南社区卫生站对面", "140427100001")]
    [InlineData("城南社区卫生站对面", "140427100001")] // levels left out
    [InlineData("壶关县城南社区", "140427100001")]
    [InlineData("山西省长治市壶关县大峡谷镇桥上村老场院", "140427105200")]
    [InlineData("晋庄镇洪掌村村口", "140427103227")] // of two with this name
    [InlineData("紫苑小区9号楼", "140427100001")] // an estate
    [InlineData("锦绣二期5号楼顶层", "140427100003")]
    [InlineData("北街福源小区2号楼2单元", "140427100002")] // the street speaks for it
    [InlineData("东山公园", "140427100003")]
    [InlineData("树掌镇卫生院", "140427104")] // an organisation
    [InlineData("城南社区第二网格", "14042710000102")]
    [InlineData("城南社区二网格垃圾点", "14042710000102")]
    public void An_address_finds_its_place(string text, string code)
    {
        Assert.Equal(code, Places.FindSure(text)?.Area.Code);
        Assert.True(Places.Find(text)[0].Confidence <= 1);
    }

    [Theory]
    [InlineData("桥上乡红豆峡村", "140427105201")] // the town of 2016
    [InlineData("集店乡常平村", "140427106206")]
    [InlineData("五龙山乡", "140427100")]
    [InlineData("西韩村东头", "140427102242")] // the village is called 西汉村 now
    [InlineData("百尺镇闲阳河村", "140427101205")] // 福祥村
    [InlineData("石坡乡子良庄村", "140427203")] // no longer there: only its town is known
    public void An_old_name_finds_what_is_there_now(string text, string code) => Assert.Equal(code, Places.FindSure(text)?.Area.Code);

    [Theory]
    [InlineData("龙全镇城南社区", "140427100001", "读音相同")]
    [InlineData("龙泉镇成南社区", "140427100001", "读音相同")]
    [InlineData("石坡乡西黄花水村", "140427203202", null)]
    [InlineData("石坡乡西黄华水村", "140427203202", "读音相同")]
    [InlineData("大峡谷镇东士池村", "140427105227", "字形相近")]
    [InlineData("大峡谷镇东干池村", "140427105227", null)] // one wrong character is a guess, with the town right
    [InlineData("店上镇郭保村", "140427102240", "读音相同")]
    [InlineData("东井岭乡大并村", "140427202207", "字形相近")]
    public void A_wrong_character_is_forgiven_and_said(string text, string code, string? why)
    {
        var best = Places.Find(text)[0];
        Assert.Equal(code, best.Area.Code);
        Assert.True(why is null || best.Reasons.Any(r => r.Message.Contains(why, StringComparison.Ordinal)), string.Join("; ", best.Reasons.Select(r => r.Message)));
    }

    [Theory]
    [InlineData("洪掌村")] // two have the name
    [InlineData("城南社区和城北社区之间")] // two are named
    [InlineData("开发区标准厂房")]
    [InlineData("壶关县")] // says nothing
    [InlineData("迎宾大道东段")] // not known
    [InlineData("我家水龙头坏了")]
    [InlineData("程序村村通网络")]
    [InlineData("东西南北街道")]
    [InlineData("！？")]
    [InlineData("\ud83d")]
    public void What_is_not_certain_is_not_taken(string text) => Assert.Null(Places.FindSure(text));

    [Fact]
    public void Candidates_come_with_what_speaks_for_and_against_them()
    {
        var both = Places.Find("洪掌村");
        Assert.Equal(["140427102245", "140427103227"], both.Take(2).Select(c => c.Area.Code));
        Assert.All(both.Take(2), c => Assert.Contains(c.Reasons, r => r.Message.Contains("处同名", StringComparison.Ordinal)));

        var health = Places.Find("龙泉镇城南社区卫生站对面")[0];
        Assert.Equal(("城南社区", "卫生站对面", 1.0), (health.Matched, health.Detail, health.Confidence));
        Assert.Equal(["写了“{0}”", "上级“{0}”也对得上"], health.Reasons.Select(r => r.Message));

        Assert.Equal(["写了“{0}”", "“{0}”是旧称，现在是{1}"], Places.Find("桥上乡红豆峡村")[0].Reasons.Select(r => r.Message));

        var far = Places.Find("晋庄镇紫苑小区")[0];
        Assert.True(far.Confidence < Gazetteer.Confident);
        Assert.Contains(far.Reasons, r => r.Message.StartsWith("还写了", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("昨天去县住建局反映紫苑小区漏水，县住建局不管", "140427100001")] // the office is complained about, not stood at
    [InlineData("龙泉镇程村路灯坏了三天没人修，晚上学生回家看不见。", "140427100207")]
    [InlineData("去年从东山搬来，这里的井盖坏了", null)]
    [InlineData("县住建局答复说没有钱", null)]
    [InlineData("城南那边有人反映龙全镇修路", null)] // in a story characters are not guessed
    public void In_a_story_only_what_is_plainly_a_place_counts(string text, string? code) => Assert.Equal(code, Places.FindSure(text, isStory: true)?.Area.Code);

    /// <summary>The estates and landmarks of the demo were written down with these requests in sight; villages, towns and offices were not.</summary>
    [Fact]
    public void Of_the_written_places_of_the_demo_most_are_certain_and_nearly_all_of_those_right()
    {
        using var file = File.OpenRead(Path.Combine(ShippedData.Folder("demo"), "requests.json"));
        var (all, sure, right) = (0, 0, 0);
        foreach (var request in JsonDocument.Parse(file).RootElement.EnumerateArray())
        {
            if (request.TryGetProperty("place", out var place) && place.GetString() is { } text && text.Any(c => c > 127))
            {
                all++;
                if (Places.FindSure(text) is { } found)
                {
                    sure++;
                    right += AreaCode.IsWithin(request.GetProperty("area").GetString()!, found.Area.Code) ? 1 : 0;
                }
            }
        }

        TestContext.Current.SendDiagnosticMessage("{0} places, {1} certain, {2} of them right", all, sure, right);
        Assert.True(sure >= 0.8 * all && right >= 0.97 * sure, $"{all} places, {sure} certain, {right} of them right");
    }

    [Fact]
    public void An_area_that_has_ended_is_an_old_name_of_what_stands_there_now()
    {
        var ended = Drawn.Area("140427100999", (byte[]?)null, "140427100", Shipped.Map.Find("140427100207")!.Point);
        ended.Name = "旧县村";
        ended.EndedOn = new DateOnly(2021, 1, 1);
        var found = Gazetteer.Build(Shipped.Map, [], [], [ended]).FindSure("旧县村老槐树下")!;
        Assert.Equal(("140427100207", PlaceKind.OldName), (found.Area.Code, found.Kind));
    }

    [Fact]
    public void Without_anything_it_finds_nothing() => Assert.Empty(Gazetteer.Build(AreaMap.Empty, [], [], []).Find("龙泉镇城南社区"));
}
