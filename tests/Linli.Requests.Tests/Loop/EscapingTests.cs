using System.Net;
using Linli.Testing.Http;

namespace Linli.Requests.Tests.Loop;

/// <summary>Whatever somebody writes comes back as words, in every field and on every page.</summary>
public sealed class EscapingTests
{
    private const string Evil = "龘<script>alert(1)</script>' OR 1=1; DROP TABLE requests_service_request;-- \" onmouseover=\"alert(2)\" {{7*7}} </textarea></title><img src=x onerror=alert(3)> 𠮷😀";

    [Fact]
    public async Task Markup_and_SQL_in_the_words_of_every_step_come_back_as_words()
    {
        await using var town = await LoopTown.FoundAsync();
        using var reporter = await town.Town.HttpAsync();
        var staff = await town.AsAsync("duban");
        foreach (var way in Way.All.Where(w => w.HasWords))
        {
            var number = await way.ReadyAsync(town, Evil);
            await way.GoAsync(town, number, Evil);

            foreach (var page in new[] { await reporter.PostFormAsync("/track", ("number", number), ("code", town.CodeOf(number))), await staff.GetAsync($"/work/requests/{number}") })
            {
                Harmless(page);
                Assert.Contains(Evil, page.Words, StringComparison.Ordinal);
            }
        }

        foreach (var page in new[] { await staff.GetAsync("/work?queue=all"), await reporter.GetAsync("/requests"), await reporter.GetAsync("/track"), await (await town.AsAsync("paidan")).GetAsync("/inbox") })
        {
            Harmless(page);
        }
    }

    [Fact]
    public async Task Markup_in_a_report_comes_back_as_words_in_the_form_and_on_public_pages()
    {
        await using var town = await LoopTown.FoundAsync();
        using var visitor = await town.Town.HttpAsync();
        (string, string)[] fields = [("serviceType", LoopTown.Plain), ("text", Evil), ("address", Evil), ("name", Evil[..40]), ("answers.estate", "\"><script>alert(4)</script>"), ("idempotencyKey", "0123456789abcdef")];

        var refused = await visitor.PostFormAsync("/report", [.. fields, ("phone", "\"><script>alert(5)</script>"), ("email", Evil), ("about", Evil)]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Harmless(refused);
        Assert.Contains(Evil, refused.Page.QuerySelector("textarea[name=text]")!.TextContent, StringComparison.Ordinal);

        var filed = await visitor.PostFormAsync("/report", fields);
        Assert.Equal(HttpStatusCode.OK, filed.Status);
        Harmless(filed);
        var number = filed.Path.Split('/')[^1];
        foreach (var address in new[] { "/", "/requests", $"/requests/{number}", "/track", $"/track/{number}", "/requests?words=" + Uri.EscapeDataString(Evil) })
        {
            Harmless(await visitor.GetAsync(address));
        }

        Assert.Contains(Evil, (await visitor.GetAsync($"/requests/{number}")).Words, StringComparison.Ordinal);
        Assert.Equal(1, (await visitor.SendJsonAsync(HttpMethod.Get, "/api/public/requests?words=" + Uri.EscapeDataString("<script>alert(1)"))).Json().GetProperty("total").GetInt32());
    }

    private static void Harmless(Answer page)
    {
        Assert.True(page.Status is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity, $"{page.Address}: {page.Status}");
        Assert.DoesNotContain("<script>alert", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(page.Page.QuerySelectorAll("[onmouseover],[onerror],img[src=x]"));
        Assert.Contains("script-src", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
    }
}
