using System.Net;
using Linli.Requests.Report;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Linli.Requests.Tests.Loop.LoopTown;

namespace Linli.Requests.Tests.Loop;

/// <summary>Pressing twice makes one request; and only who holds the code is its reporter.</summary>
public sealed class IdempotencyTests
{
    private static object Body(string key, string text = "楼道灯坏了") => new { serviceType = Plain, text, place = new { area = Chengnan }, idempotencyKey = key };

    [Fact]
    public async Task A_report_sent_twice_with_the_same_key_is_one_request_with_the_same_receipt()
    {
        await using var town = await LoopTown.FoundAsync();

        var first = (await town.SendReportAsync(Body("key-0123456789abcdef"))).Json<ReportRequest.Receipt>();
        var again = (await town.SendReportAsync(Body("key-0123456789abcdef"))).Json<ReportRequest.Receipt>();

        Assert.Equal(first, again);
        Assert.Equal(1, (await town.WrittenAsync()).Requests);
    }

    [Fact]
    public async Task Other_words_under_a_key_that_is_used_are_neither_filed_nor_lost_without_a_word()
    {
        await using var town = await LoopTown.FoundAsync();
        var first = (await town.SendReportAsync(Body("key-0123456789abcdef"))).Json<ReportRequest.Receipt>();

        var refused = await town.SendReportAsync(Body("key-0123456789abcdef", "楼道灯坏了，窗户也坏了"));

        Assert.Equal((HttpStatusCode.Conflict, "key_used"), (refused.Status, refused.ProblemCode));
        Assert.Contains(first.Number, refused.Text, StringComparison.Ordinal);
        Assert.Equal(1, (await town.WrittenAsync()).Requests);
    }

    [Fact]
    public async Task Twenty_presses_at_the_same_instant_are_one_request_with_one_receipt()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.AsAsync(Reporter);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => town.SendReportAsync(Body("key-0123456789abcdef")))));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Created, a.Status));
        Assert.Single(answers.Select(a => a.Json<ReportRequest.Receipt>()).Distinct());
        Assert.Equal((1, 1), ((await town.WrittenAsync()).Requests, (await town.WrittenAsync()).Events));
    }

    [Theory]
    [InlineData("abcdefghijklmnop", "ABCDEFGHIJKLMNOP")]
    [InlineData("----------------", "================")]
    [InlineData("钥匙钥匙钥匙钥匙钥匙钥匙钥匙钥匙", "匙钥匙钥匙钥匙钥匙钥匙钥匙钥匙钥")]
    public async Task Keys_that_differ_in_any_character_are_two_requests(string one, string other)
    {
        await using var town = await LoopTown.FoundAsync();

        var first = (await town.SendReportAsync(Body(one))).Json<ReportRequest.Receipt>();
        var second = (await town.SendReportAsync(Body(other))).Json<ReportRequest.Receipt>();

        Assert.NotEqual(first.Number, second.Number);
        Assert.NotEqual(first.SecretCode, second.SecretCode);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890")]
    public async Task A_key_of_the_wrong_length_is_refused(string key)
    {
        await using var town = await LoopTown.FoundAsync();

        var answer = await town.SendReportAsync(Body(key));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "invalid", 0), (answer.Status, answer.ProblemCode, (await town.WrittenAsync()).Requests));
    }

    [Fact]
    public async Task A_number_that_is_drawn_twice_on_one_day_is_drawn_again()
    {
        var drawn = new Queue<int>([7, 7, 7, 8]);
        await using var town = await LoopTown.FoundAsync(options: new TownOptions { Adjust = b => b.Services.AddSingleton<SixDigits>(drawn.Dequeue) });

        var (one, other) = (await town.ReportAsync(), await town.ReportAsync());

        Assert.Equal(("260302-000007", "260302-000008"), (one.Number, other.Number));
    }

    [Fact]
    public async Task The_code_opens_the_request_by_header_and_by_the_form_however_it_is_written_down()
    {
        await using var town = await LoopTown.FoundAsync();
        var receipt = await town.ReportAsync("vaccination", "想问接种时间");
        Assert.Equal(Read.Depth.Reporter, (await town.ViewAsync(Reporter, receipt.Number)).Depth);

        using var visitor = await town.Town.HttpAsync();
        var page = await visitor.PostFormAsync("/track", ("number", $" {receipt.Number} "), ("code", receipt.SecretCode.Replace("-", " ", StringComparison.Ordinal).ToLowerInvariant()));

        Assert.Equal((HttpStatusCode.OK, $"/track/{receipt.Number}"), (page.Status, page.Path));
        Assert.Contains("想问接种时间", page.Words, StringComparison.Ordinal);
        Assert.Contains("no-store", page.Headers["Cache-Control"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_code_and_an_unknown_number_get_the_same_answer()
    {
        await using var town = await LoopTown.FoundAsync();
        var receipt = await town.ReportAsync("vaccination", "想问接种时间");
        using var visitor = await town.Town.HttpAsync();
        string[] codes = ["AAAA-BBBB-CC", "", receipt.Number, new string('A', 500)];

        foreach (var code in codes)
        {
            var wrong = await visitor.PostFormAsync("/track", ("number", receipt.Number), ("code", code));
            var unknown = await visitor.PostFormAsync("/track", ("number", "260302-999999"), ("code", code));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
            Assert.Equal((wrong.Status, Without(wrong.Text, receipt.Number)), (unknown.Status, Without(unknown.Text, "260302-999999")));
        }

        Assert.Equal((await visitor.GetAsync($"/track/{receipt.Number}")).Words, (await visitor.GetAsync("/track/260302-999999")).Words.Replace("260302-999999", receipt.Number, StringComparison.Ordinal));
        var hidden = await visitor.SendJsonAsync(HttpMethod.Get, $"/api/requests/{receipt.Number}");
        var nothing = await visitor.SendJsonAsync(HttpMethod.Get, "/api/requests/260302-999999");
        Assert.Equal((HttpStatusCode.NotFound, Without(hidden.Text, receipt.Number)), (nothing.Status, Without(nothing.Text, "260302-999999")));
    }

    [Fact]
    public async Task Neither_code_nor_key_is_stored()
    {
        await using var town = await LoopTown.FoundAsync();
        var answer = await town.SendReportAsync(Body("key-0123456789abcdef"));
        var receipt = answer.Json<ReportRequest.Receipt>();

        var stored = await town.Town.ReadAsync(db => db.Set<ServiceRequest>().AsNoTracking().SingleAsync());

        Assert.DoesNotContain(receipt.SecretCode.Replace("-", "", StringComparison.Ordinal), System.Text.Json.JsonSerializer.Serialize(stored), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("key-0123456789abcdef", System.Text.Json.JsonSerializer.Serialize(stored), StringComparison.Ordinal);
    }

    private static string Without(string text, string number) => text.Replace(number, "N", StringComparison.Ordinal);
}
