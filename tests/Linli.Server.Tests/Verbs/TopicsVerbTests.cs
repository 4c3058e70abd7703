using System.Text;
using Linli.Routing.Topics;
using Linli.Server.Verbs;
using Linli.Testing;

namespace Linli.Server.Tests.Verbs;

/// <summary>linli topics --file.</summary>
public sealed class TopicsVerbTests
{
    [Fact]
    public void A_row_without_a_time_or_without_words_is_passed_over()
    {
        var rows = TopicsVerb.Read(new MemoryStream(Encoding.UTF8.GetBytes("id,author,title,created,detail,likes\n7,a,路灯不亮,2019/2/28 11:25:05,三天了,4\n8,a,没有时间,,,\n9,b,,2019/3/1,只有正文,\n10,c,,2019/3/1,,\n")));

        Assert.Equal([("7", 5, "a"), ("9", 1, "b")], rows.Select(r => (r.Id, r.Text.Weight, r.Text.Author!)));
    }

    [Fact]
    [Trait("Needs", "shared files")]
    public void The_large_known_matters_of_the_messages_stand_in_the_first_ten()
    {
        var path = Repository.Shared("messages/timeline.csv");
        Assert.SkipUnless(File.Exists(path), "Not part of Linli: messages/timeline.csv. Put it into ../shared/data, or set LINLI_SHARED.");
        using var file = File.OpenRead(path);
        var texts = TopicsVerb.Read(file).Select(r => r.Text).ToList();

        var titles = TopicFinder.Find(texts, most: 10).Select(t => string.Join(' ', t.Words)).ToList();

        foreach (var matter in new[] { "搅拌站", "购房补贴", "捆绑销售" })
        {
            Assert.Contains(titles, t => t.Contains(matter, StringComparison.Ordinal));
        }
    }
}
