using Linli.Requests.Floods;

namespace Linli.Requests.Tests.Floods;

/// <summary>What is taken for a batch, and what is not.</summary>
public sealed class SuspectRunTests
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 22, 9, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void A_device_that_sends_five_in_short_order_is_one_batch()
    {
        var device = Guid.NewGuid();
        var run = Assert.Single(SuspectRuns.Find(Came(5, i => new Arrival(Morning.AddMinutes(i), null, device, Different(i)))));

        Assert.Equal((5, 5, 0, 0), (run.Members.Count, run.SameDevice, run.SameNeighbourhood, run.SameWords));
    }

    [Fact]
    public void The_same_in_a_whole_day_is_somebody_with_much_to_say() =>
        Assert.Empty(SuspectRuns.Find(Came(20, i => new Arrival(Morning.AddMinutes(30 * i), "a", Guid.Empty, Different(i)))));

    [Fact]
    public void A_neighbourhood_takes_ten()
    {
        Assert.Empty(SuspectRuns.Find(Came(9, i => new Arrival(Morning.AddMinutes(i), "a", Guid.NewGuid(), Different(i)))));

        Assert.Equal(10, Assert.Single(SuspectRuns.Find(Came(10, i => new Arrival(Morning.AddMinutes(i), "a", Guid.NewGuid(), Different(i))))).SameNeighbourhood);
    }

    [Fact]
    public void Nearly_the_same_words_from_everywhere_are_one_batch_and_other_words_between_them_are_not_in_it()
    {
        var arrivals = Came(12, i => new Arrival(Morning.AddSeconds(20 * i), $"n{i}", Guid.NewGuid(),
            i % 2 == 0 ? $"强烈要求查处城南社区物业公司乱收费的问题，第 {i} 次反映了！" : Different(i)));

        var run = Assert.Single(SuspectRuns.Find(arrivals));

        Assert.Equal([0, 2, 4, 6, 8, 10], run.Members);
        Assert.Equal(6, run.SameWords);
    }

    [Fact]
    public void Batches_that_share_a_report_are_one_and_the_largest_stands_first()
    {
        var (one, two) = (Guid.NewGuid(), Guid.NewGuid());
        List<Arrival> arrivals =
        [
            .. Came(5, i => new Arrival(Morning.AddSeconds(i), null, one, Different(i))),
            .. Came(8, i => new Arrival(Morning.AddHours(3).AddSeconds(i), "a", two, Different(5 + i))),
            .. Came(4, i => new Arrival(Morning.AddHours(3).AddSeconds(20 + i), "a", Guid.NewGuid(), Different(13 + i))),
        ];

        var runs = SuspectRuns.Find(arrivals);

        Assert.Equal([12, 5], runs.Select(r => r.Members.Count));
        Assert.Equal((8, 12), (runs[0].SameDevice, runs[0].SameNeighbourhood));
    }

    private static List<Arrival> Came(int count, Func<int, Arrival> of) => [.. Enumerable.Range(0, count).Select(of)];

    /// <summary>Texts that have nothing in common.</summary>
    private static string Different(int i) => string.Concat(Enumerable.Range(0, 12).Select(n => (char)('一' + (i * 997) + (n * 31))));
}
