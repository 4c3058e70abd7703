using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Linli.Requests.Tests.Loop;
using Linli.Testing;
using Linli.Testing.Http;
using Linli.Requests.Catalogue;
using Linli.Requests.Open311;

namespace Linli.Requests.Tests.Open311;

/// <summary>Every answer of the demo county is as the specification has it, in both notations; those of a small story are approved word by word.</summary>
public sealed class SchemaTests(DemoAnswers demo) : IClassFixture<DemoAnswers>
{
    private const string Endpoint = GeoTown.Endpoint;

    [Fact]
    public async Task Every_answer_of_the_demo_county_is_as_the_specification_has_it()
    {
        var flaws = new List<string>();
        var services = (await demo.GetAsync($"{Endpoint}/services.json")).Json().EnumerateArray().Select(s => s.GetProperty("service_code").GetString()!).ToList();
        var numbers = (await demo.GetAsync($"{Endpoint}/requests.json")).Json().EnumerateArray().Select(r => r.GetProperty("service_request_id").GetString()!).ToList();
        Assert.True(services.Count > 100 && numbers.Count > 10, $"{services.Count} services, {numbers.Count} requests");
        (string Path, GeoElement Element)[] all =
        [
            ("/open311/discovery", GeoSchema.Discovery), ($"{Endpoint}/services", GeoSchema.Services), .. services.Select(s => ($"{Endpoint}/services/{s}", GeoSchema.Definition)),
            ($"{Endpoint}/requests", GeoSchema.Requests), ($"{Endpoint}/requests?extensions=true&status=closed", GeoSchema.Requests), ($"{Endpoint}/requests?page=99", GeoSchema.Requests),
            .. numbers.Select(n => ($"{Endpoint}/requests/{n}?extensions=true", GeoSchema.Requests)), ($"{Endpoint}/servicerequestupdates", GeoSchema.Updates),
            .. numbers.Select(n => ($"{Endpoint}/servicerequestupdates?service_request_id={n}", GeoSchema.Updates)),
            ($"{Endpoint}/requests/000000-000000", GeoSchema.Errors), ($"{Endpoint}/requests?page=0&status=x&start_date=y&extensions=z", GeoSchema.Errors), ($"{Endpoint}/tokens/x", GeoSchema.Errors),
        ];
        foreach (var ((path, element), index) in all.Select((a, i) => (a, i)))
        {
            var language = index % 2 == 0 ? "zh-CN" : "en";
            var (xml, json) = (await AtAsync(path, "xml", language), await AtAsync(path, "json", language));
            Assert.Equal(("text/xml", "application/json"), (xml.ContentType, json.ContentType));
            flaws.AddRange(GeoSchema.FlawsOf(xml.Text, element).Concat(GeoSchema.FlawsOf(json.Json(), element)).Select(f => $"{path} {language}: {f}"));
        }

        Assert.Empty(flaws);
    }

    [Fact]
    public async Task The_answers_are_as_approved()
    {
        await using var town = await GeoTown.FoundAsync();
        var sent = await town.PostAsync("/requests.xml", ("service_code", "street-lamp"), ("attribute[fault]", "dark"), ("description", "卫生站对面的路灯不亮，电话 13800138000 🚲"), ("lat", "36.089"), ("long", "113.1943"), ("address_string", "卫生站对面"));
        var number = GeoTown.Xml(sent).Element("request")!.Element("service_request_id")!.Value;
        town.Town.Clock.Advance(TimeSpan.FromMinutes(10));
        await town.Town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
        await town.Town.DoAsync("shizheng", number, "signature");
        town.Town.Clock.Advance(TimeSpan.FromHours(1));
        await town.ReportAsync("楼道灯坏了");
        var moderated = await town.PostAsync("/requests.xml", ("service_code", "suggestion"), ("description", "加一盏灯"), ("address_id", LoopTown.Chengnan));
        town.Client.Language = "zh-CN";
        (string Name, Answer Xml, Answer? Json)[] all =
        [
            ("sent", sent, null), ("token", moderated, null),
            ("discovery", await town.Client.GetAsync("/open311/discovery.xml"), await town.Client.GetAsync("/open311/discovery.json")),
            ("service", await town.GetAsync("/services/street-lamp.xml"), await town.GetAsync("/services/street-lamp.json")),
            ("requests", await town.GetAsync("/requests.xml?page=1&extensions=true"), await town.GetAsync("/requests.json?page=1&extensions=true")),
            ("updates", await town.GetAsync($"/servicerequestupdates.xml?service_request_id={number}"), await town.GetAsync($"/servicerequestupdates.json?service_request_id={number}")),
            ("errors", await town.GetAsync("/requests.xml?page=0&status=pending&start_date=yesterday"), await town.GetAsync("/requests.json?page=0&status=pending&start_date=yesterday")),
        ];
        foreach (var (name, xml, json) in all)
        {
            var document = XDocument.Parse(DemoAnswers.Settled(xml.Text));
            Assert.Null(Approved.DifferenceFrom($"docs/api/open311/{name}.xml", $"{document.Declaration}\n{document}\n".ReplaceLineEndings("\n")));
            if (json is not null)
            {
                Assert.Null(Approved.DifferenceFrom($"docs/api/open311/{name}.json", $"{JsonSerializer.Serialize(JsonDocument.Parse(DemoAnswers.Settled(json.Text)).RootElement, Indented)}\n".ReplaceLineEndings("\n")));
            }
        }
    }

    [Fact]
    public async Task What_is_sent_is_answered_as_the_specification_has_it()
    {
        await using var town = await GeoTown.FoundAsync();
        (string, string)[] body = [("service_code", LoopTown.Plain), ("address_id", LoopTown.Chengnan)];
        foreach (var code in new[] { LoopTown.Plain, "suggestion" })
        {
            var (xml, json) = (await town.PostAsync("/requests.xml", ("service_code", code), ("address_id", LoopTown.Chengnan), ("description", "x")), await town.PostAsync("/requests.json", ("service_code", code), ("address_id", LoopTown.Chengnan), ("description", "y")));
            Assert.Empty(GeoSchema.FlawsOf(xml.Text, GeoSchema.Sent));
            Assert.Empty(GeoSchema.FlawsOf(json.Json(), GeoSchema.Sent));
            if (json.Json()[0].TryGetProperty("token", out var token))
            {
                Assert.Empty(GeoSchema.FlawsOf((await town.GetAsync($"/tokens/{token}.xml")).Text, GeoSchema.Token));
                Assert.Empty(GeoSchema.FlawsOf((await town.GetAsync($"/tokens/{token}.json")).Json(), GeoSchema.Token));
            }
        }

        Assert.Empty(GeoSchema.FlawsOf((await town.PostAsync("/requests.xml", [("api_key", "linli_no"), .. body])).Text, GeoSchema.Errors));
    }

    [Fact]
    public void A_flaw_is_found_in_either_notation()
    {
        Assert.NotEmpty(GeoSchema.FlawsOf("""<?xml version="1.0" encoding="utf-8"?><errors><error><code>400</code></error></errors>""", GeoSchema.Errors));
        Assert.NotEmpty(GeoSchema.FlawsOf("""<?xml version="1.0" encoding="utf-8"?><errors><error><code>200</code><description>x</description></error></errors>""", GeoSchema.Errors));
        Assert.NotEmpty(GeoSchema.FlawsOf(JsonDocument.Parse("""[{"code":400,"description":"x"}]""").RootElement, GeoSchema.Errors));
    }

    /// <summary>Every character there is, whole and half: what comes out can be read, and both notations say the same.</summary>
    [Fact]
    public void Whatever_anybody_can_type_is_well_formed_in_both_notations()
    {
        for (var from = 0; from <= char.MaxValue; from += 4_096)
        {
            var text = string.Concat(Enumerable.Range(from, 4_096).Select(c => $"a{(char)c}")) + "\U0001F6B2\uD83D";
            var answer = GeoAnswer.Of("service_requests", "request", [new GeoRecord().With("description", text)]);
            var xml = XDocument.Parse(System.Text.Encoding.UTF8.GetString(GeoWriter.Write(answer, GeoFormat.Xml)), LoadOptions.PreserveWhitespace).Root!.Element("request")!.Element("description")!.Value;
            var json = JsonDocument.Parse(GeoWriter.Write(answer, GeoFormat.Json)).RootElement[0].GetProperty("description").GetString()!;
            Assert.Equal(json, xml);
            Assert.Equal(text.Length, json.Length);
        }
    }

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private Task<Answer> AtAsync(string path, string format, string language) =>
        demo.GetAsync(path.IndexOf('?', StringComparison.Ordinal) is > 0 and var at ? $"{path[..at]}.{format}{path[at..]}" : $"{path}.{format}", language);
}
