using System.Text.Json;
using System.Text.Json.Nodes;
using Linli.Kernel;
using Linli.Requests.Steps;
using static Linli.Requests.Tests.Loop.LoopTown;

namespace Linli.Requests.Tests.Loop;

/// <summary>How one use case is called rightly over the API: by whom, with what, after which others.</summary>
internal sealed record Way(string Noun, string Who, object Body, params string[] Before)
{
    /// <summary>A kind that a dispatcher looks at before it is public, so that publication is a way too.</summary>
    private const string Type = "suggestion";

    private const string PauseToApprove = "pause for a reason that needs approval";

    private static readonly string[] InHand = ["dispatch", "signature"];

    /// <summary>Every use case of the registry; a test holds it.</summary>
    public static readonly IReadOnlyList<Way> All =
    [
        new("question", "paidan", new { question = "在几号楼？" }),
        new("answer", Reporter, new { answer = "三号楼", photos = Array.Empty<Guid>() }, "question"),
        new("refusal", "paidan", new { reason = "outside-county", instead = "请向邻县反映" }),
        new("merge", "paidan", new { lead = "{other}" }),
        new("unmerge", "paidan", new { note = "不是一件事" }, "merge"),
        new("publication", "paidan", new { }),
        new("unpublication", "paidan", new { reason = "写了别人的名字" }, "publication"),
        new("type", "paidan", new { serviceType = "street-lamp" }),
        new("place", "paidan", new { area = "140427100002" }),
        new("recusals", "paidan", new { person = "paidan2", reason = "与提交人是亲属" }),
        new("readmission", "duban", new { person = "paidan2", reason = "核实后不是亲属" }, "recusals"),
        new("dispatch", "paidan", new { organisation = "dept-municipal", coHandlers = new[] { "util-water" }, shares = new[] { 20 }, note = "请尽快" }),
        new("offer", "paidan", new { organisations = new[] { "team-youth", "social-neighbourhood" }, hours = 24, note = "周六上午" }),
        new("claim", "qingnian", new { organisation = "team-youth" }, "offer"),
        new("recall", "paidan", new { }, "offer"),
        new("return", "shizheng", new { reason = "not-our-duty", explanation = "由供电公司办", photos = Array.Empty<Guid>() }, "dispatch"),
        new("decision", "duban", new { organisation = "dept-municipal", coHandlers = new[] { "util-water" }, grounds = "三定方案" }, "dispatch", "return", "dispatch", "return"),
        new("signature", "shizheng", new { }, "dispatch"),
        new("contact", "shizheng", new { isReached = true, note = "已电话联系" }, InHand),
        new("notes", "shizheng", new { note = "看过现场", isInternal = false, photos = Array.Empty<Guid>() }, InHand),
        new("pause", "shizheng", new { reason = "waiting-parts", days = 3, explanation = "等灯具" }, InHand),
        new("pause-decision", "duban", new { isGranted = true, note = "雨停就做" }, [.. InHand, PauseToApprove]),
        new("resumption", "shizheng", new { note = "灯具到了" }, [.. InHand, "pause"]),
        new("extension", "shizheng", new { reason = "complex", days = 2, explanation = "要开挖" }, InHand),
        new("extension-decision", "duban", new { isGranted = true, note = "同意" }, [.. InHand, "extension"]),
        new("tasks", "shizheng", new { title = "查水管", organisation = "util-water" }, InHand),
        new("task-result", "gongshui", new { task = "{task}", result = "查过了" }, [.. InHand, "tasks"]),
        new("resolution", "shizheng", new { result = "solved", text = "换了灯泡", photos = Array.Empty<Guid>() }, InHand),
        new("verification", "huifang", new { isPassed = true, findings = "亮了", photos = Array.Empty<Guid>() }, [.. InHand, "resolution"]),
        new("rating", Reporter, new { grade = "satisfied", isSolved = true, comment = "谢谢" }, [.. InHand, "resolution"]),
        new("reopening", Reporter, new { reason = "又坏了", photos = Array.Empty<Guid>() }, [.. InHand, "resolution", "rating"]),
        new("withdrawal", Reporter, new { reason = "自己好了" }),
    ];

    /// <summary>Somebody writes freely in it.</summary>
    public bool HasWords => JsonSerializer.SerializeToNode(Body, Json.Plain)!.AsObject().Any(f => f.Value is JsonValue text && text.TryGetValue<string>(out var said) && said.Any(c => c > 0x2E80));

    public static Way Of(string noun) => noun == PauseToApprove
        ? new("pause", "shizheng", new { reason = "weather", days = 3, explanation = "连日下雨" }, InHand)
        : All.Single(w => w.Noun == noun);

    /// <summary>A request on which this step comes next.</summary>
    /// <param name="words">In place of everything that somebody wrote freely.</param>
    public async Task<string> ReadyAsync(LoopTown town, string? words = null)
    {
        var number = (await town.ReportAsync(Type, words ?? "建议加一盏灯")).Number;
        foreach (var noun in Before)
        {
            await Of(noun).GoAsync(town, number, words);
        }

        return number;
    }

    public async Task<StepTaken> GoAsync(LoopTown town, string number, string? words = null) =>
        await town.DoAsync(Who, number, Noun, await BodyAsync(town, number, words));

    /// <summary>The right body, as one that can be spoilt.</summary>
    public async Task<JsonObject> BodyAsync(LoopTown town, string number, string? words = null)
    {
        var body = JsonSerializer.SerializeToNode(Body, Json.Plain)!.AsObject();
        foreach (var (name, value) in body.ToList())
        {
            if (value is JsonValue text && text.TryGetValue<string>(out var said))
            {
                body[name] = said switch
                {
                    "{other}" => (await town.ReportAsync(Type)).Number,
                    "{task}" => (await town.LoadAsync(number)).Tasks.Last().Id.ToString(),
                    _ when words is not null && said.Any(c => c > 0x2E80) => words,
                    _ => said,
                };
            }
        }

        return body;
    }
}
