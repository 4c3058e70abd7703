using System.Net;
using Linli.Requests.Tests.Loop;
using Linli.Shell.Ledgers;
using Linli.Shell.Ledgers.Exports;
using Linli.Shell.Ledgers.Keeping;
using Linli.Testing;
using Linli.Testing.Http;

namespace Linli.Requests.Tests.Ledgers;

/// <summary>What people do with ledgers, over the API.</summary>
internal static class LedgerTown
{
    /// <summary>Another township than <see cref="LoopTown.Chengnan"/>'s.</summary>
    public const string Baichi = "140427101";

    public static LedgerDefinition Plain(params string[] columns) => new() { Source = "requests", Name = "测试台账", Columns = [.. columns.Select(c => new LedgerColumnSpec(c))] };

    public static LedgerColumnSpec Formula(string heading, string formula) => new(null, formula, heading);

    public static async Task<LedgerLines> PreviewAsync(this LoopTown town, string who, LedgerDefinition definition)
    {
        var answer = await (await town.AsAsync(who)).SendJsonAsync(HttpMethod.Post, "/api/ledgers/preview", definition);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return answer.Json<LedgerLines>();
    }

    /// <summary>What is said about the first wrong field, and the field.</summary>
    public static async Task<(string Field, string Words)> RefusedAsync(this LoopTown town, string who, LedgerDefinition definition)
    {
        var answer = await (await town.AsAsync(who)).SendJsonAsync(HttpMethod.Post, "/api/ledgers/preview", definition);
        Assert.True(answer.Status == HttpStatusCode.UnprocessableEntity, $"{definition} {string.Join(' ', definition.Columns)} {answer.Text}");
        var error = answer.Json().GetProperty("errors").EnumerateObject().First();
        return (error.Name, error.Value[0].GetString()!);
    }

    public static async Task<string> SaveAsync(this LoopTown town, string who, LedgerDefinition definition)
    {
        var answer = await (await town.AsAsync(who)).SendJsonAsync(HttpMethod.Post, "/api/ledgers", definition);
        Assert.True(answer.Status == HttpStatusCode.Created, answer.Text);
        return answer.Json<LedgerView>().Id;
    }

    public static async Task<LedgerLines> LinesAsync(this LoopTown town, string who, string id)
    {
        var answer = await (await town.AsAsync(who)).GetAsync($"/api/ledgers/{id}/lines");
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return answer.Json<LedgerLines>();
    }

    public static async Task<LedgerExportView> ExportAsync(this LoopTown town, string who, string id, LedgerFormat format)
    {
        var answer = await (await town.AsAsync(who)).SendJsonAsync(HttpMethod.Post, $"/api/ledgers/{id}/exports", new { format });
        Assert.True(answer.Status == HttpStatusCode.Created, answer.Text);
        return answer.Json<LedgerExportView>();
    }

    public static async Task<byte[]> FetchAsync(this LoopTown town, string who, LedgerExportView export)
    {
        var answer = await (await town.AsAsync(who)).GetAsync($"/api/ledgers/exports/{export.Id}/file");
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return answer.Bytes;
    }

    public static IEnumerable<string> Column(this LedgerLines lines, int column) => lines.Lines.Where(l => l.Kind == "row").Select(l => l.Cells[column]);

    /// <summary>Two requests of one township, one of another; the first is dispatched, signed, resolved.</summary>
    public static async Task<(string Done, string Open, string Elsewhere)> FillAsync(this LoopTown town)
    {
        var done = await town.ReportAsync(text: "楼道灯坏了，晚上看不见路");
        town.Clock.Advance(TimeSpan.FromMinutes(1));
        var open = await town.ReportAsync(text: "院墙裂了一道缝，怕塌下来");
        town.Clock.Advance(TimeSpan.FromMinutes(1));
        var elsewhere = await town.ReportAsync(area: Baichi, text: "路面塌了一个坑，电动车都绕着走");
        await town.DoAsync("paidan", done.Number, "dispatch", new { organisation = "dept-municipal" });
        await town.DoAsync("shizheng", done.Number, "signature");
        town.Clock.Advance(TimeSpan.FromHours(1));
        await town.DoAsync("shizheng", done.Number, "contact", new { isReached = true, note = "已联系" });
        await town.DoAsync("shizheng", done.Number, "resolution", new { result = "solved", text = "灯换好了" });
        return (done.Number, open.Number, elsewhere.Number);
    }
}
