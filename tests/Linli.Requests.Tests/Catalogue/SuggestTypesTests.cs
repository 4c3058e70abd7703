using Linli.Requests.Catalogue;

namespace Linli.Requests.Tests.Catalogue;

public sealed class SuggestTypesTests
{
    private static readonly Lazy<Task<SuggestTypes>> Shipped = new(ReadAsync);

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
        var suggestions = (await Shipped.Value).For(text, 3);

        Assert.True(suggestions.Any(s => s.Type.Code == expected), $"Wanted {expected}, got {string.Join(", ", suggestions.Select(s => $"{s.Type.Code} {s.Score} ({string.Join(' ', s.Words)})"))}");
        Assert.All(suggestions, s => Assert.NotEmpty(s.Words));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("嗯")]
    [InlineData("😀 12345 <b>")]
    public async Task A_text_that_says_nothing_suggests_nothing(string? text) => Assert.Empty((await Shipped.Value).For(text, 5));

    [Fact]
    public async Task A_word_inside_a_longer_found_word_does_not_count_again()
    {
        var lamp = (await Shipped.Value).For("路灯不亮", 1).Single();

        Assert.Equal("street-lamp", lamp.Type.Code);
        Assert.Equal(["路灯不亮"], lamp.Words);
    }

    [Fact]
    public async Task Ten_million_characters_are_answered_at_once()
    {
        var suggestions = (await Shipped.Value).For("井盖" + new string('啊', 10_000_000), 1);

        Assert.Equal("manhole", suggestions.Single().Type.Code);
    }

    private static async Task<SuggestTypes> ReadAsync()
    {
        await using var town = await County.FoundAsync();
        return (await town.InScopeAsync((CatalogueReader reader) => reader.NowAsync(default))).Suggestions;
    }
}
