using System.Globalization;
using System.Text;
using System.Text.Json;
using Linli.Kernel;
using Linli.Routing.Twins;

namespace Linli.Bench.Twins;

/// <summary>
/// Requests as a large city would have them open: told in clauses of the demo's texts that are spliced where two characters agree, with
/// made-up names of estates, roads and people, 30 to 400 characters long, about 120 on average; one in five tells a matter again that
/// was told nearby. People live in 4 000 clusters, few of them large.
/// </summary>
internal sealed class MadeRequests
{
    private const int Clusters = 4_000, Span = 365;
    private const string NameCharacters = "金龙凤山水泉阳新华安康福和平东西南北中大小红绿青石桥河湖林园花柳松杨梅兰竹城关门街路塔寺王李张刘陈赵周吴郑孙马朱胡郭何高罗梁宋谢唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";
    private static readonly string[] Endings = ["小区", "花园", "新村", "家园", "社区", "路", "街", "大道", "广场", "学校", "市场", "公寓"];
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    private readonly Random _random;
    private readonly string _corpus;
    private readonly Dictionary<int, int[]> _placesOf;
    private readonly (double Longitude, double Latitude, double Spread)[] _clusters;
    private readonly double[] _reach;

    public MadeRequests(int seed)
    {
        _random = new Random(seed);
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "data", "demo", "requests.json"));
        _corpus = string.Concat(JsonSerializer.Deserialize<List<Story>>(file, Json.Plain)!.SelectMany(s => $"{s.Title}。{s.Text}").Where(c => !char.IsSurrogate(c)));   // splicing would tear them apart
        _placesOf = Enumerable.Range(1, _corpus.Length - 1).GroupBy(PairAt).ToDictionary(g => g.Key, g => g.ToArray());
        var towns = new Random(5311);   // the same for every seed
        _clusters = [.. Enumerable.Range(0, Clusters).Select(_ => (112.5 + (1.2 * towns.NextDouble()), 35.5 + towns.NextDouble(), 0.002 + (0.006 * towns.NextDouble())))];
        var sum = 0.0;
        _reach = [.. Enumerable.Range(0, Clusters).Select(n => sum += 1 / (30.0 + n))];
    }

    public IEnumerable<TwinText> Take(int count)
    {
        var told = new TwinText[2_000];
        for (var i = 0; i < count; i++)
        {
            yield return told[i % told.Length] = i > told.Length && _random.Next(5) == 0 ? Again(told[_random.Next(told.Length)], i) : Anew(i);
        }
    }

    /// <summary>The same matter by somebody else: half of the clauses, others added, a hundred metres away.</summary>
    public TwinText Again(TwinText matter, int i)
    {
        var kept = matter.Text.Split('，', '。').Where(_ => _random.Next(2) == 0);
        return new(KeyOf(i), string.Join('，', kept) + "，" + Tell(20 + _random.Next(60)), When(), matter.Longitude + Normal(0.001), matter.Latitude + Normal(0.001));
    }

    public TwinText Anew(int i)
    {
        var at = Array.BinarySearch(_reach, _random.NextDouble() * _reach[^1]);
        var cluster = _clusters[Math.Min(at < 0 ? ~at : at, Clusters - 1)];
        var length = (int)Math.Clamp(Math.Exp(4.6 + Normal(0.6)), 30, 400);
        return new(KeyOf(i), Tell(length), When(), cluster.Longitude + Normal(cluster.Spread), cluster.Latitude + Normal(cluster.Spread));
    }

    /// <summary>In order of the numbers on both sides.</summary>
    public static Guid KeyOf(int i) => new(i + 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private DateTimeOffset When() => Now.AddSeconds(-_random.Next(Span * 86_400));

    private string Tell(int length)
    {
        var text = new StringBuilder();
        var at = 1 + _random.Next(_corpus.Length - 2);
        while (text.Length < length)
        {
            if (_random.Next(25) == 0)
            {
                text.Append(Name());
            }
            else if (_random.Next(4) == 0 && _placesOf[PairAt(at)] is { Length: > 1 } places)
            {
                at = places[_random.Next(places.Length)];
            }

            at = at + 1 < _corpus.Length ? at + 1 : 1;
            text.Append(_corpus[at]);
        }

        return text.ToString();
    }

    private string Name()
    {
        var name = new StringBuilder();
        for (var n = 2 + _random.Next(2); n > 0; n--)
        {
            name.Append(NameCharacters[_random.Next(NameCharacters.Length)]);
        }

        name.Append(Endings[_random.Next(Endings.Length)]);
        return _random.Next(3) == 0 ? name.Append(CultureInfo.InvariantCulture, $"{_random.Next(1, 60)}号").ToString() : name.ToString();
    }

    private int PairAt(int at) => (_corpus[at - 1] << 16) | _corpus[at];

    private double Normal(double spread) => spread * Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    private sealed record Story(string Title, string Text);
}
