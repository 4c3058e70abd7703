using System.Net;
using Linli.Requests.Catalogue;
using Linli.Requests.Suggestions;
using Linli.Requests.Tests.Catalogue;
using Linli.Requests.Tests.Loop;
using Linli.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Tests.Suggestions;

public sealed class TypeSuggesterTests
{
    private static readonly Lazy<Task<CatalogueSnapshot>> Shipped = new(ReadAsync);

    [Theory]
    [InlineData("城南幼儿园门口那个井盖不见了，昨晚有人差点掉进去", "manhole")]
    [InlineData("新建街中段路面塌了一个大坑，下雨看不见，电动车摔了好几个", "road-damage")]
    [InlineData("我们村从村口到小学的路灯坏了半个月，晚上黑漆漆的", "street-lamp")]
    [InlineData("家里暖气一直不热，室温只有十五度，老人孩子受不了", "heating")]
    [InlineData("楼下闻到一股煤气味，是不是漏气了", "gas-leak")]
    [InlineData("三楼从昨天开始停水，什么时候能来水", "water-outage")]
    [InlineData("小区门口垃圾桶满了三天没人清运", "bin-overflow")]
    [InlineData("每天晚上广场舞音响开到十点，孩子没法写作业", "social-noise")]
    [InlineData("人行道上停满了车，老人推轮椅只能走机动车道，希望管管违停", "illegal-parking")]
    [InlineData("有几条流浪狗在学校附近转，昨天追着学生跑", "stray-dogs")]
    [InlineData("我爸今年八十二了，高龄津贴什么时候发，到哪里申请", "elder-allowance")]
    [InlineData("老人独居，想问问附近有没有老年食堂可以送餐", "elder-canteen")]
    [InlineData("在工地干了三个月，包工头拖欠工资一万二，电话也不接", "unpaid-wages")]
    [InlineData("我妈的养老金停发了，说是没有做资格认证，她不会刷脸", "pension-check")]
    [InlineData("西红柿叶子上起黄斑，想请农技专家来地里看看病虫害", "farm-technology")]
    [InlineData("楼道里堆满杂物还有电动车充电，消防通道都堵死了", "fire-hazard")]
    [InlineData("电梯里困了两个人，按铃没人应", "lift-trapped")]
    [InlineData("送外卖进不去小区，保安不让骑手进门", "delivery-access")]
    [InlineData("想找志愿者上门给我瘫痪的父亲理发", "haircut")]
    [InlineData("孩子明年上小学，学区怎么划片，报名需要什么材料", "school-enrolment")]
    [InlineData("去办事窗口的人态度差，推诿了三次，我要投诉", "conduct-complaint")]
    [InlineData("山上冒烟了，好像着火了，快派人来", "forest-fire")]
    [InlineData("The street light outside number 12 has been dark for a week", "street-lamp")]
    [InlineData("There is a huge POTHOLE in the road, the manholes are fine", "road-damage")]
    public async Task A_sentence_as_people_write_it_finds_its_type_among_the_first_three(string text, string expected)
    {
        foreach (var suggester in new[] { await OfAsync(ShippedModel.Value), await OfAsync(null) })
        {
            var suggestions = suggester.For(text, 3).Types;

            Assert.True(suggestions.Any(s => s.Type.Code == expected), $"Wanted {expected} of {suggester.Model}, got {string.Join(", ", suggestions.Select(s => $"{s.Type.Code} {s.Confidence} ({string.Join(' ', s.Words)})"))}");
            Assert.All(suggestions, s => Assert.NotEmpty(s.Words));
            Assert.All(suggestions, s => Assert.InRange(s.Confidence, 0, 1));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("嗯")]
    [InlineData("😀 12345 <b>")]
    public async Task A_text_that_says_nothing_suggests_nothing_and_claims_nothing(string? text)
    {
        var suggested = (await OfAsync(ShippedModel.Value)).For(text, 5);

        Assert.Empty(suggested.Types);
        Assert.False(suggested.IsKnown);
        Assert.Null(suggested.Best);
    }

    [Fact]
    public async Task A_text_that_speaks_for_several_types_is_not_claimed_to_be_known()
    {
        var suggested = (await OfAsync(ShippedModel.Value)).For("路灯、井盖、停水都有人说", 3);

        Assert.Equal(3, suggested.Types.Count);
        Assert.False(suggested.IsKnown, string.Join(", ", suggested.Types.Select(s => $"{s.Type.Code} {s.Confidence}")));
    }

    [Fact]
    public async Task The_broad_category_decides_between_types_that_share_their_words()
    {
        const string text = "学校操场旁边的食堂，孩子吃了不舒服，老师和学校都不管";
        double Of(TypeSuggester suggester) => suggester.For(text, 20).Types.Where(s => s.Type.GroupCode == "education").Sum(s => s.Confidence);

        Assert.True(Of(await OfAsync(ShippedModel.Value)) > Of(await OfAsync(null)));
    }

    [Fact]
    public async Task A_word_inside_a_longer_found_word_does_not_count_again()
    {
        var lamp = (await Shipped.Value).Suggestions.For("路灯不亮")[0];

        Assert.Equal("street-lamp", lamp.Type.Code);
        Assert.Equal(["路灯不亮"], lamp.Words);
    }

    [Fact]
    public async Task What_stands_in_front_counts_most()
    {
        var far = string.Concat(Enumerable.Repeat("这件事我们说过很多次。", 20));
        var suggestions = (await Shipped.Value).Suggestions;

        Assert.Equal("manhole", suggestions.For("井盖" + far + "路灯")[0].Type.Code);
        Assert.Equal("street-lamp", suggestions.For("路灯" + far + "井盖")[0].Type.Code);
    }

    [Fact]
    public async Task Ten_million_characters_are_answered_at_once()
    {
        var suggestions = (await OfAsync(ShippedModel.Value)).For("井盖" + new string('啊', 10_000_000), 1);

        Assert.Equal("manhole", suggestions.Types.Single().Type.Code);
    }

    [Fact]
    public async Task The_catalogue_names_no_sector_that_the_shipped_model_does_not_know()
    {
        var catalogue = await Shipped.Value;
        var named = catalogue.Groups.SelectMany(g => g.Sectors).Concat(catalogue.Types.SelectMany(t => t.Sectors ?? [])).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(ShippedModel.Value.Labels, named);
    }

    [Fact]
    public async Task With_the_classifier_off_a_request_is_suggested_reported_and_dispatched_all_the_same()
    {
        await using var town = await LoopTown.FoundAsync(options: new TownOptions { Adjust = b => b.Services.Configure<RoutingOptions>(o => o.Classifier = false) });
        using var reporter = await town.Town.HttpAsync();

        var fragment = await reporter.PostFormAsync("/report/suggest", ("text", "门口的路灯不亮，晚上看不见"));
        Assert.Contains("因为提到：路灯不亮", fragment.Text, StringComparison.Ordinal);
        Assert.Contains("\"model\":\"keywords\"", (await reporter.GetAsync("/api/services/suggest?text=路灯不亮")).Text, StringComparison.Ordinal);

        var number = (await town.ReportAsync("street-lamp", "门口的路灯不亮，晚上看不见")).Number;
        Assert.Equal(HttpStatusCode.OK, (await (await town.AsAsync("paidan")).GetAsync($"/work/requests/{number}")).Status);
        await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
    }

    [Fact]
    public async Task The_report_form_says_when_it_does_not_know()
    {
        await using var town = await Town.FoundAsync();
        using var reporter = await town.HttpAsync();

        Assert.Contains("看不出是哪一类", (await reporter.PostFormAsync("/report/suggest", ("text", "昨天上午的那件事到现在还是老样子"))).Text, StringComparison.Ordinal);
        Assert.Equal("", (await reporter.PostFormAsync("/report/suggest", ("text", "昨天"))).Text.Trim());
        var unsure = (await reporter.PostFormAsync("/report/suggest", ("text", "路灯、井盖、停水都有人说"))).Text;
        Assert.Contains("说不准", unsure, StringComparison.Ordinal);
        Assert.DoesNotContain("checked", unsure, StringComparison.Ordinal);
        Assert.Contains("checked", (await reporter.PostFormAsync("/report/suggest", ("text", "门口的路灯不亮，晚上看不见"))).Text, StringComparison.Ordinal);
    }

    private static async Task<TypeSuggester> OfAsync(Routing.Classifying.TextClassifier? sectors) => new(await Shipped.Value, sectors, own: null, knownFrom: 0.5);

    private static async Task<CatalogueSnapshot> ReadAsync()
    {
        await using var town = await County.FoundAsync();
        return await town.InScopeAsync((CatalogueReader reader) => reader.NowAsync(default));
    }
}
