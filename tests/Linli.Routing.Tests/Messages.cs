using Linli.Routing.Classifying;

namespace Linli.Routing.Tests;

/// <summary>Sorted messages, put together from a few dozen turns of phrase; always the same ones.</summary>
internal static class Messages
{
    private static readonly (string Label, string[] Things, string[] Troubles)[] Kinds =
    [
        ("lighting", ["村口的路灯", "广场路灯", "巷子里的灯", "street lamp near the school", "the lamps on our lane"], ["不亮了", "一闪一闪", "杆子歪了", "is broken and dark", "keeps flickering"]),
        ("wages", ["老板", "包工头", "餐馆", "my employer", "the contractor"], ["拖欠工资三个月", "不发加班费", "克扣农民工工资", "has not paid our wages", "withholds my salary"]),
        ("water", ["自来水", "水龙头的水", "楼上水管", "tap water at home", "the water pipe"], ["发黄有异味", "停水两天", "一直漏水", "tastes of rust", "is leaking again"]),
    ];

    private static readonly string[] Openings = ["您好，", "反映一个问题：", "请问，", "Hello, ", "领导好！"], Ends = ["请尽快处理。", "已经说过好几次。", "谢谢。", "please help.", "什么时候能解决？"];

    public static IReadOnlyList<LabelledText> Many(int count, ulong seed = 1)
    {
        var random = new SplitMix(seed);
        string One(string[] of) => of[(int)(random.Next() % (ulong)of.Length)];
        return [.. Enumerable.Range(0, count).Select(i => Kinds[i % Kinds.Length]).Select(k => new LabelledText(k.Label, One(Openings) + One(k.Things) + " " + One(k.Troubles) + "，" + One(Ends)))];
    }

    public static TextClassifier Model(IReadOnlyList<LabelledText>? texts = null) =>
        ClassifierTraining.Train(texts ?? Many(300), new TrainingOptions("tests", DateTimeOffset.UnixEpoch));
}
