using System.Net;
using System.Text;
using Linli.Requests.Read;
using Linli.Requests.Tests.Loop;
using Linli.Shell.Ledgers;
using Linli.Shell.Ledgers.Exports;

namespace Linli.Requests.Tests.Ledgers;

/// <summary>What is kept from somebody on a request's page is kept from them in ledgers, and what was opened to them is open there.</summary>
public sealed class KeptTests
{
    [Fact]
    public async Task A_contact_that_was_opened_with_a_reason_stands_in_the_ledgers_of_that_reader_for_as_long()
    {
        await using var town = await LoopTown.FoundAsync();
        var sent = await town.SendReportAsync(new { serviceType = LoopTown.Plain, text = "楼道灯坏了，晚上看不见", place = new { area = LoopTown.Chengnan }, name = "张三", phone = "13812345678", idempotencyKey = Guid.NewGuid().ToString("N") });
        var number = sent.Json().GetProperty("number").GetString()!;
        await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
        await town.DoAsync("shizheng", number, "signature");
        var definition = LedgerTown.Plain("number", "reporterPhone");
        async Task<string> PhoneAsync(string who) => (await town.PreviewAsync(who, definition)).Lines.Single().Cells[1];
        Assert.Equal("138****5678", await PhoneAsync("shizheng"));

        var opened = await (await town.AsAsync("shizheng")).SendJsonAsync(HttpMethod.Post, $"/api/requests/{number}/unmaskings", new { part = "contact", reasonCode = "reachReporter", reason = "约定上门时间" });
        Assert.True(opened.Status == HttpStatusCode.Created, opened.Text);

        Assert.Equal("13812345678", await PhoneAsync("shizheng"));
        Assert.Equal("138****5678", await PhoneAsync("duban"));   // it was not opened to them
        var file = await town.FetchAsync("shizheng", await town.ExportAsync("shizheng", await town.SaveAsync("shizheng", definition), LedgerFormat.Csv));
        Assert.Contains("13812345678", Encoding.UTF8.GetString(file), StringComparison.Ordinal);
        town.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal("138****5678", await PhoneAsync("shizheng"));
    }

    [Fact]
    public async Task Words_of_every_step_are_those_of_the_requests_own_page_also_of_a_recusal()
    {
        await using var town = await LoopTown.FoundAsync();
        var (number, _, _) = await town.FillAsync();
        await town.DoAsync("duban", number, "recusals", new { person = "paidan", reason = "提交人是亲属" });

        foreach (var who in new[] { "duban", "shizheng", "shenji" })
        {
            var page = (await (await town.AsAsync(who)).GetAsync($"/api/requests/{number}")).Json<RequestView>();
            var ledger = await town.PreviewAsync(who, LedgerTown.Plain("words", "internalWords") with { Source = "events", Where = $"[request.number] = \"{number}\"" });
            Assert.Equal(page.History.Select(e => (e.Text ?? "", e.InternalText ?? "")), ledger.Lines.Select(l => (l.Cells[0], l.Cells[1])));
        }

        Assert.DoesNotContain(number, (await town.PreviewAsync("paidan", LedgerTown.Plain("request.number") with { Source = "events" })).Column(0));   // who is out of it does not learn of it
    }
}
