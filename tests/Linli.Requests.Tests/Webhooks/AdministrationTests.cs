using System.Net;
using Linli.Kernel.People;
using Linli.Requests.Tests.Loop;
using Linli.Shell.People;
using Linli.Shell.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Tests.Webhooks;

/// <summary>What administrators can do, and which addresses Linli never calls.</summary>
public sealed class AdministrationTests
{
    [Fact]
    public async Task An_administrator_adds_a_webhook_in_the_browser_and_tries_it_with_a_button()
    {
        await using var town = await WebhookTown.FoundAsync();
        var page = await town.Admin.GetAsync("/admin/webhooks");
        var added = await town.Admin.SubmitAsync(page, "form.form[action='/admin/webhooks']", ("name", "巡查平台"), ("url", town.Receiver.Url()));
        Assert.Contains("whsec_", added.Words, StringComparison.Ordinal);

        var sent = await town.Admin.SubmitAsync(added, "form[action$='/test']");
        Assert.Contains("测试事件已发出", sent.Words, StringComparison.Ordinal);
        await town.SendAsync();
        Assert.Contains("\"linli.test\"", Assert.Single(town.Receiver.All).Body, StringComparison.Ordinal);
        Assert.Contains("HTTP 204", (await town.Admin.GetAsync(sent.Path)).Words, StringComparison.Ordinal);

        var changed = await town.Admin.SubmitAsync(await town.Admin.GetAsync(sent.Path), $"form.form[action='{sent.Path}']", ("name", "巡查平台二"));
        Assert.Contains("已保存。", changed.Words, StringComparison.Ordinal);
        var late = await town.Admin.SubmitAsync(sent, $"form.form[action='{sent.Path}']", ("name", "三"));
        Assert.Contains("别人刚刚改过", late.Words, StringComparison.Ordinal);

        await town.Admin.SubmitAsync(changed, "form[action$='/remove']");
        Assert.Empty(await town.Loop.Town.ReadAsync(db => db.Set<WebhookDelivery>().ToListAsync()));
    }

    [Theory]
    [InlineData("http://example.com/x", "https")]
    [InlineData("https://10.0.0.7/x", "10.0.0.7")]
    [InlineData("https://[::1]/x", "::1")]
    [InlineData("https://169.254.169.254/latest", "169.254.169.254")]
    [InlineData("https://localhost/x", "localhost")]
    [InlineData("https://linli.LOCALHOST./x", "localhost")]
    [InlineData("https://printer/x", "printer")]
    [InlineData("https://hooks.city.internal/x", "hooks.city.internal")]
    [InlineData("https://user:pass@example.com/x", "完整的网址")]
    [InlineData("ftp://example.com/x", "完整的网址")]
    [InlineData("example.com", "完整的网址")]
    [InlineData("", "完整的网址")]
    public async Task An_address_that_could_not_be_right_is_refused_when_it_is_typed(string url, string word)
    {
        await using var town = await WebhookTown.FoundAsync();
        var answer = await town.Admin.SendJsonAsync(HttpMethod.Post, "/api/webhooks", new { name = "x", url });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(word, answer.Json().GetProperty("errors").GetProperty("url")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_named_at_once()
    {
        await using var town = await WebhookTown.FoundAsync();
        var answer = await town.Admin.SendJsonAsync(HttpMethod.Post, "/api/webhooks", new { name = " ", url = town.Receiver.Url(), types = new[] { "linli.nothing" }, area = "999999", serviceTypes = new[] { "nothing" } });

        Assert.Equal(["area", "name", "serviceTypes", "types"], answer.Json().GetProperty("errors").EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/api/webhooks", "name", "url", "https://example.com/x")]
    [InlineData("/api/clients", "name", "scopes", new[] { "open311.report" })]
    [InlineData("/api/people", "name", "login", "somebody")]
    [InlineData("/api/organisations", "name", "code", "somebody")]
    [InlineData("/api/inbound-addresses", "name", "mapping", "generic")]
    public async Task A_name_with_something_that_nobody_sees_is_refused_wherever_one_is_typed(string address, string field, string other, object value)
    {
        await using var town = await WebhookTown.FoundAsync();
        var answer = await town.Admin.SendJsonAsync(HttpMethod.Post, address, new Dictionary<string, object> { [field] = "a\0b", [other] = value });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("看不见", answer.Json().GetProperty("errors").GetProperty(field)[0].GetString(), StringComparison.Ordinal);
    }

    /// <summary>The name is harmless, what it stands for is not: looked at when it is called, so that a name which changes afterwards wins nothing.</summary>
    [Fact]
    public async Task A_name_that_leads_into_this_machine_is_not_called()
    {
        await using var town = await WebhookTown.FoundAsync();
        var webhook = (await town.AddAsync()).Id;
        await town.Loop.Town.InScopeAsync(async (Kernel.LinliDb db) =>
        {
            (await db.Set<Webhook>().SingleAsync()).Url = town.Receiver.Url("localhost");
            await db.CommitAsync(Kernel.Act.BySystem("test.url", town.Loop.Clock.Now));
        });
        await town.Loop.ReportAsync();
        await town.SendAsync();

        Assert.Empty(town.Receiver.All);
        var tried = Assert.Single((await town.DeliveriesAsync(webhook)).Single().Tries);
        Assert.Equal((TryResult.Unreachable, (int?)null), (tried.Result, tried.Status));
        Assert.Contains("private network", tried.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_led_on_to_another_address()
    {
        await using var town = await WebhookTown.FoundAsync();
        await using var elsewhere = await Receiver.StartAsync();
        var webhook = (await town.AddAsync()).Id;
        town.Receiver.Answer = (_, http) =>
        {
            http.Response.Redirect(elsewhere.Url(), permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        };
        await town.Loop.ReportAsync();
        await town.SendAsync();

        Assert.Empty(elsewhere.All);
        Assert.Equal((TryResult.Redirected, 307), ((await town.DeliveriesAsync(webhook)).Single().Tries[0].Result, (await town.DeliveriesAsync(webhook)).Single().Tries[0].Status!.Value));
    }

    [Fact]
    public async Task An_answer_without_end_is_cut_off_and_counts_all_the_same()
    {
        await using var town = await WebhookTown.FoundAsync();
        await town.AddAsync();
        town.Receiver.Answer = async (_, http) =>
        {
            for (var block = new byte[8_192]; !http.RequestAborted.IsCancellationRequested;)
            {
                await http.Response.Body.WriteAsync(block, CancellationToken.None);
            }
        };
        await town.Loop.ReportAsync();
        await town.SendAsync();
        Assert.Equal(DeliveryState.Delivered, (await town.RowsAsync()).Single().State);
    }

    [Fact]
    public async Task An_administrator_of_a_part_keeps_webhooks_of_that_part_and_finds_no_others()
    {
        await using var town = await WebhookTown.FoundAsync();
        var whole = (await town.AddAsync()).Id;
        await town.Loop.AddPersonAsync("zhen", new FoundedPost(Role.Administrator, null, "140427100"));
        using var part = await town.Loop.Town.HttpAsync("zhen");
        object Of(string? area) => new { name = "镇平台", url = town.Receiver.Url(), area };

        Assert.Equal(HttpStatusCode.Forbidden, (await part.SendJsonAsync(HttpMethod.Post, "/api/webhooks", Of(null))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await part.SendJsonAsync(HttpMethod.Post, "/api/webhooks", Of("140427101"))).Status);
        Assert.Equal(HttpStatusCode.Created, (await part.SendJsonAsync(HttpMethod.Post, "/api/webhooks", Of("140427100"))).Status);
        Assert.Equal(["镇平台"], (await part.GetAsync("/api/webhooks")).Json<ShownWebhook[]>().Select(w => w.Name));
        foreach (var (method, path) in new[] { (HttpMethod.Get, ""), (HttpMethod.Get, "/deliveries"), (HttpMethod.Post, "/test"), (HttpMethod.Delete, ""), (HttpMethod.Put, "/secret") })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await part.SendJsonAsync(method, $"/api/webhooks/{whole}{path}")).Status);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await part.SendJsonAsync(HttpMethod.Put, $"/api/webhooks/{whole}", Of("140427100"))).Status);
    }
}
