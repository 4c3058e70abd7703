using Linli.Kernel.Areas;

namespace Linli.Kernel.Tests.Areas;

public sealed class AreaSearchTests
{
    private static readonly AreaSearch Search = Shipped.Map.Search;

    [Theory]
    [InlineData("城南社区", "140427100001")]
    [InlineData("城南", "140427100001")]
    [InlineData("龙泉镇城南社区卫生站对面", "140427100001")]
    [InlineData("壶关县 龙泉镇 城南", "140427100001")]
    [InlineData("山西省长治市壶关县龙泉镇东街村委会旁边路灯不亮", "140427100201")]
    [InlineData("晋庄镇洪掌村", "140427103227")] // there is a 洪掌村 in 店上镇 too
    [InlineData("店上洪掌", "140427102245")]
    [InlineData("龙泉镇", "140427100")]
    [InlineData("壶关县", "140427")]
    [InlineData("程村", "140427100207")]
    [InlineData("程村村委会", "140427100207")]
    [InlineData("黄山乡黄山村", "140427201200")]
    [InlineData("大峡谷镇红豆峡", "140427105201")]
    [InlineData("chengnan", "140427100001")]
    [InlineData("Longquan Town", "140427100")]
    [InlineData("140427100001", "140427100001")]
    [InlineData("壶关县龙泉镇城南社区第一网格", "14042710000101")]
    [InlineData("龙泉镇，城南社区！", "140427100001")]
    public void A_name_with_or_without_the_levels_above_finds_its_area(string text, string code) =>
        Assert.Equal(code, Search.Find(text)[0].Area.Code);

    [Fact]
    public void A_full_name_is_certain_and_a_bare_one_that_two_have_is_not()
    {
        Assert.Equal(1, Search.Find("晋庄镇洪掌村")[0].Confidence);
        var both = Search.Find("洪掌村");
        Assert.Equal(["140427102245", "140427103227"], both.Take(2).Select(c => c.Area.Code));
        Assert.All(both.Take(2), c => Assert.InRange(c.Confidence, 0.5, 0.7));
    }

    [Fact]
    public void Part_of_a_name_finds_all_that_have_it() =>
        Assert.Equal(["东黄花水村", "西黄花水村"], Search.Find("黄花").Select(c => c.Area.Name));

    [Fact]
    public void The_town_says_which_of_two_is_meant_even_when_it_comes_later() =>
        Assert.Equal("140427103227", Search.Find("洪掌村（晋庄镇）")[0].Area.Code);

    [Fact]
    public void The_search_can_be_kept_to_one_town() =>
        Assert.All(Search.Find("河", 50, "140427101"), c => Assert.StartsWith("140427101", c.Area.Code, StringComparison.Ordinal));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("！？")]
    [InlineData("我家水龙头坏了")]
    [InlineData("😀😀")]
    [InlineData("\ud83d")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("'; drop table kernel_area; --")]
    public void Text_without_a_place_finds_none(string text) => Assert.Empty(Search.Find(text));

    [Fact]
    public void Enormous_text_is_looked_at_only_in_front() =>
        Assert.Equal("140427100001", Search.Find("城南社区" + new string('水', 10_000_000))[0].Area.Code);

    [Fact]
    public void The_number_of_answers_is_limited() => Assert.Equal(3, Search.Find("东", 3).Count);
}
