using Linli.Routing.Twins;

namespace Linli.Routing.Tests;

/// <summary>The likest texts, near and anywhere.</summary>
public sealed class TwinIndexTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("搅拌站 A12 噪", "0x951fa5 0xbb57e9 0xc2ec47 0x33b6df 0x3d273a 0x742c3c")]
    [InlineData("搅拌", "0x951fa5 0x3d273a 0x586154")]
    public void Trigrams_are_those_of_pg_trgm(string text, string shown)
    {
        // As show_trgm tells them: three bytes each. Those of letters and digits alone are left out here.
        var grams = new TextGrams().Cut(text).ToArray().Select(g => $"0x{g & 0xFF:x2}{(g >> 8) & 0xFF:x2}{g >> 16:x2}").ToHashSet();

        Assert.Subset(grams, shown.Split(' ').ToHashSet());
        Assert.Equal(text.Length > 3 ? 10 : 3, grams.Count);
    }

    [Theory]
    [InlineData("暮云街道搅拌站", "丽发新城搅拌站", 0.14285715f)]
    [InlineData("路灯不亮，三天了", "路灯不亮三天了！", 0.54545456f)]
    [InlineData("ＡＢＣ 小区", "abc小区", 0.44444445f)]
    [InlineData("。。。", "！！！", 0f)]
    public async Task Likeness_is_the_similarity_of_pg_trgm(string one, string other, float similarity)
    {
        using var index = await IndexAsync([new(Guid.NewGuid(), one, Now)]);

        Assert.Equal(similarity, index.Anywhere(new(other)).Select(t => t.Likeness).FirstOrDefault());
    }

    [Fact]
    public async Task Answers_are_those_of_looking_at_every_text()
    {
        var (texts, random) = (Made(1_200), new SplitMix(7));
        using var index = await IndexAsync(texts.Take(800));
        foreach (var text in texts.Skip(800))
        {
            index.Add(text);
        }

        for (var n = 0; n < 20; n++)
        {
            var asked = texts[(int)(random.Next() % 1_200)];
            Assert.Equal(BySight(texts, asked.Text, _ => true), index.Anywhere(new(asked.Text)).Select(t => (t.Key, t.Likeness)));
            Assert.Equal(BySight(texts, asked.Text, t => Metres(t, asked) <= 500 && t.At >= Now.AddDays(-90)),
                index.Near(new(asked.Text), new(asked.Longitude!.Value, asked.Latitude!.Value, 500, Now.AddDays(-90))).Select(t => (t.Key, t.Likeness)));
        }
    }

    [Fact]
    public async Task A_text_that_was_removed_or_replaced_is_not_found_any_more()
    {
        var (key, other) = (Guid.NewGuid(), Guid.NewGuid());
        using var index = await IndexAsync([new(key, "路灯坏了", Now, 113.2, 36.1), new(other, "路灯坏了，没人修", Now, 113.2, 36.1)]);
        index.Add(new(key, "自来水发黄", Now, 113.2, 36.1));

        Assert.Equal([other], index.Anywhere(new("路灯坏了")).Select(t => t.Key));
        Assert.Equal([other], Near(index, "路灯坏了"));
        Assert.Equal([key], Near(index, "自来水发黄"));

        Assert.True(index.Remove(other));
        Assert.False(index.Remove(other));
        Assert.Empty(Near(index, "路灯坏了"));
        Assert.Equal((1, 2), (index.Count, index.Removed));
    }

    [Fact]
    public async Task What_is_about_the_same_kind_comes_before_what_sounds_a_little_more_alike_and_marks_narrow_the_search()
    {
        var (same, alike, hidden) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        using var index = await IndexAsync([new(alike, "楼下的灯不亮", Now, 113.2, 36.1, Kind: 1, Marks: 1), new(same, "黑得看不见", Now, 113.2, 36.1, Kind: 2, Marks: 1), new(hidden, "楼下的灯不亮了", Now, 113.2, 36.1, 2)]);
        var place = new TwinPlace(113.2, 36.1, 100, Now.AddDays(-1));

        Assert.Equal([alike], index.Near(new("楼下的路灯不亮", Marks: 1), place).Select(t => t.Key));
        Assert.Equal([same, alike], index.Near(new("楼下的路灯不亮", Marks: 1, Kind: 2, KindBonus: 0.6f), place).Select(t => t.Key));
    }

    [Fact]
    public async Task Many_may_ask_while_one_adds()
    {
        var texts = Made(2_000);
        using var index = await IndexAsync(texts.Take(200));
        var asking = Enumerable.Range(0, 4).Select(n => Task.Run(() => texts.Skip(n * 100).Take(100).Count(t => index.Anywhere(new(t.Text)).Count == 0 || Near(index, t.Text) is null))).ToList();
        foreach (var text in texts.Skip(200))
        {
            index.Add(text);
        }

        Assert.All(await Task.WhenAll(asking), none => Assert.Equal(0, none));
        Assert.Equal(2_000, index.Count);
    }

    private static List<Guid> Near(TwinIndex index, string text) => [.. index.Near(new(text), new(113.2, 36.1, 100, Now.AddDays(-1))).Select(t => t.Key)];

    private static async Task<TwinIndex> IndexAsync(IEnumerable<TwinText> texts)
    {
        var index = new TwinIndex();
        await index.AddAllAsync(texts.ToAsyncEnumerable());
        return index;
    }

    private static List<TwinText> Made(int count)
    {
        var random = new SplitMix(3);
        double Part() => random.Next() % 1_000_000 / 1e6;
        return [.. Messages.Many(count).Select((m, i) => new TwinText(new Guid(i + 1, 0, 0, new byte[8]), m.Text + Messages.Many(7)[i % 7].Text, Now.AddDays(-Part() * 180), 113.2 + (Part() * 0.03), 36.1 + (Part() * 0.03)))];
    }

    private static List<(Guid, float)> BySight(List<TwinText> texts, string asked, Func<TwinText, bool> counts)
    {
        var cutter = new TextGrams();
        var wanted = cutter.Cut(asked).ToArray().ToHashSet();
        return [.. texts.Where(counts).Select(t =>
        {
            var grams = cutter.Cut(t.Text).ToArray();
            var shared = grams.Count(wanted.Contains);
            return (t.Key, Likeness: (float)shared / (wanted.Count + grams.Length - shared));
        }).Where(t => t.Likeness > 0).OrderByDescending(t => t.Likeness).ThenBy(t => t.Key).Take(5)];
    }

    private static double Metres(TwinText one, TwinText other)
    {
        var (x, y) = ((one.Longitude!.Value - other.Longitude!.Value) * Math.Cos(other.Latitude!.Value * Math.PI / 180) * 111_195.08, (one.Latitude!.Value - other.Latitude!.Value) * 111_195.08);
        return Math.Sqrt((x * x) + (y * y));
    }
}
