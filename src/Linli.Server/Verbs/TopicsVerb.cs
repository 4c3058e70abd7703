using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Linli.Kernel;
using Linli.Requests.Topics;
using Linli.Routing.Topics;

namespace Linli.Server.Verbs;

/// <summary>linli topics --file FILE.csv: what many messages of a table are about; without a store.</summary>
internal static class TopicsVerb
{
    private static readonly JsonSerializerOptions Readable = new(Json.Plain) { WriteIndented = true };
    private static readonly Option<FileInfo> File = new("--file") { Description = Terminal.T["CSV 文件，列：title、detail、created；有 author、likes 更好"], HelpName = "FILE.csv", Required = true };
    private static readonly Option<int> Most = new("--most") { Description = Terminal.T["最多列出几个热点"], HelpName = "N", DefaultValueFactory = _ => 20 };
    private static readonly Option<bool> AsJson = new("--json") { Description = Terminal.T["输出 JSON，供程序读取"] };

    public static Command Create()
    {
        var verb = new Command("topics", Terminal.T["热点：许多诉求说的同一件事"]) { File, Most, AsJson };
        verb.SetAction(Run);
        return verb;
    }

    /// <summary>The messages of the file; a row without a title, a text or a time is passed over.</summary>
    internal static IReadOnlyList<(string Id, TopicText Text)> Read(Stream file) =>
        CsvTable.Read(file) is not { } table ? [] :
        [
            .. table.Records.Where(r => (r["title"] ?? r["detail"]) is not null && DateTimeOffset.TryParse(r["created"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
                .Select(r => (r["id"] ?? $"{r.Line}", new TopicText(
                    r["title"] ?? r["detail"]!, r["detail"] ?? "", DateTimeOffset.Parse(r["created"]!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                    1 + (int.TryParse(r["likes"], NumberStyles.None, CultureInfo.InvariantCulture, out var likes) ? likes : 0), r["author"]))),
        ];

    private static int Run(ParseResult asked)
    {
        var path = asked.GetRequiredValue(File);
        if (!path.Exists)
        {
            Terminal.Complain("没有文件 {0}。", path.FullName);
            return 1;
        }

        using var stream = path.OpenRead();
        var rows = Read(stream);
        if (rows.Count == 0)
        {
            Terminal.Complain("文件 {0} 里没有可用的行：要有 title 或 detail，以及 created。", path.Name);
            return 1;
        }

        var texts = rows.Select(r => r.Text).ToList();
        var (from, to) = (texts.Min(t => t.At), texts.Max(t => t.At).AddSeconds(1));
        var topics = TopicFinder.Find(texts, most: asked.GetValue(Most)).Select(t => HotTopics.View(t, texts, from, to, i => new TopicRequest(rows[i].Id, texts[i].Title, texts[i].At))).ToList();
        if (asked.GetValue(AsJson))
        {
            Console.WriteLine(JsonSerializer.Serialize(topics, Readable));
            return 0;
        }

        foreach (var (n, topic) in topics.Index())
        {
            var count = Terminal.T["{0} 件", topic.Requests];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{n + 1,3}  {topic.Title}"));
            Console.WriteLine($"     {count}  {topic.Place}  {string.Join('-', topic.Course)}");
            foreach (var request in topic.Behind.Take(3))
            {
                Console.WriteLine($"       {request.Number}  {request.ReportedAt:yyyy-MM-dd}  {request.Title}");
            }
        }

        return 0;
    }
}
