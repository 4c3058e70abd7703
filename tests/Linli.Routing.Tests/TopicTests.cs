using Linli.Routing.Topics;

namespace Linli.Routing.Tests;

/// <summary>Groups of texts about the same thing.</summary>
public sealed class TopicTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    private static readonly string[] Mixing =
    [
        "翠竹苑小区旁水泥搅拌厂粉尘太大", "翠竹苑小区旁水泥搅拌厂夜里噪音不断", "请关停翠竹苑小区旁的水泥搅拌厂", "水泥搅拌厂紧挨着翠竹苑小区", "反对在翠竹苑小区旁办水泥搅拌厂",
    ];

    private static readonly string[] Parking = ["云锦府强制搭售车位", "云锦府买房必须搭售车位吗", "云锦府强制搭售车位不合法", "云锦府搭售车位，不买不给签约"];

    [Fact]
    public void The_same_matter_in_other_words_is_one_topic_and_its_title_is_words_that_people_use()
    {
        var topics = TopicFinder.Find(Texts());

        Assert.Equal([5, 4], topics.Select(t => t.Members.Count));
        Assert.Contains(topics[0].Words, w => w.Contains("翠竹苑", StringComparison.Ordinal));
        Assert.Contains(topics[0].Words, w => w.Contains("搅拌厂", StringComparison.Ordinal));
        Assert.Contains(topics[1].Words, w => w.Contains("搭售车位", StringComparison.Ordinal));
        Assert.All(topics, t => Assert.All(t.Words, w => Assert.InRange(w.Length, 2, 20)));
    }

    [Fact]
    public void The_same_texts_give_the_same_topics()
    {
        Assert.Equal(Told(TopicFinder.Find(Texts())), Told(TopicFinder.Find(Texts())));

        static IEnumerable<string> Told(IEnumerable<Topic> topics) => topics.Select(t => $"{string.Join(' ', t.Words)} {t.Place} {string.Join(' ', t.Members)}");
    }

    [Fact]
    public void What_one_person_writes_again_and_again_is_one_voice()
    {
        var texts = Texts().Select(t => t.Title.Contains("翠竹苑", StringComparison.Ordinal) ? t with { Author = "one" } : t).ToList();

        Assert.Equal([4], TopicFinder.Find(texts).Select(t => t.Members.Count));
    }

    [Fact]
    public void Nothing_in_common_is_no_topic() =>
        Assert.Empty(TopicFinder.Find([new("路灯不亮", "三天了", At), new("想学开车", "哪里报名", At), new("自来水发黄", "有味", At), new("羊打针以后流产", "谁赔", At)]));

    private static List<TopicText> Texts()
    {
        string[] others = ["路灯不亮三天了", "想学开车哪里报名", "自来水发黄有铁锈味", "羊打防疫针以后流产", "公交车等了一个小时", "广场上的健身器材坏了", "医院挂号太难", "井盖丢了一个", "树枝压断电线", "快递柜收费"];
        return [.. Mixing.Concat(others).Concat(Parking).Select(t => new TopicText(t, "", At))];
    }
}
