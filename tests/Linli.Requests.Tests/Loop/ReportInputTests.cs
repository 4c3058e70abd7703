using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Linli.Kernel;
using Linli.Requests.Catalogue;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.EntityFrameworkCore;
using static Linli.Requests.Tests.Loop.LoopTown;

namespace Linli.Requests.Tests.Loop;

/// <summary>What can be wrong with a report. One town serves many bad reports: that none of them leaves a trace is the point.</summary>
public sealed class ReportInputTests
{
    private const string Fine = "楼道灯坏了";

    [Fact]
    public async Task Every_wrong_report_is_refused_at_the_field_that_is_wrong_and_leaves_nothing()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.ChangeTypeAsync("small-ads", type => type.IsActive = false);
        var before = await town.WrittenAsync();
        (string Field, object Body)[] wrong =
        [
            ("text", new { serviceType = Plain }),
            ("text", new { serviceType = Plain, text = " \n\t　" }),
            ("text", new { serviceType = Plain, text = "\u200b\u200d\ufeff\u0000\u0007" }),
            ("text", new { serviceType = Plain, text = new string('龙', 4_001) }),
            ("text", new { serviceType = Plain, text = new string('龙', 10 * 1024 * 1024 / 3) }),
            ("title", new { serviceType = Plain, text = Fine, title = new string('龙', 101) }),
            ("serviceType", new { text = Fine }),
            ("serviceType", new { serviceType = "no-such-type", text = Fine }),
            ("serviceType", new { serviceType = "\u0000", text = Fine }),
            ("serviceType", new { serviceType = new string('x', 1_000_000), text = Fine }),
            ("serviceType", new { serviceType = "small-ads", text = Fine }),
            ("area", new { serviceType = Plain, text = Fine, place = new { area = "999999" } }),
            ("area", new { serviceType = Plain, text = Fine, place = new { area = "\u0000" } }),
            ("area", new { serviceType = Plain, text = Fine, place = new { area = "14042710000' --" } }),
            ("address", new { serviceType = Plain, text = Fine, place = new { address = new string('龙', 201) } }),
            ("position", new { serviceType = Plain, text = Fine, place = new { longitude = 113.2 } }),
            ("position", new { serviceType = Plain, text = Fine, place = new { longitude = 116.4, latitude = 39.9 } }),
            ("position", new { serviceType = Plain, text = Fine, place = new { longitude = 36.11, latitude = 113.2 } }),
            ("position", new { serviceType = Plain, text = Fine, place = new { longitude = 0, latitude = 0 } }),
            ("position", new { serviceType = Plain, text = Fine, place = new { longitude = -113.2, latitude = -36.1 } }),
            ("position", new { serviceType = Plain, text = Fine, place = new { longitude = 1e300, latitude = -1e300 } }),
            ("position", new { serviceType = Plain, text = Fine, place = new { longitude = 1e300, latitude = 36.1, system = "bd09" } }),
            ("system", new { serviceType = Plain, text = Fine, place = new { longitude = 113.2, latitude = 36.11, system = "mars" } }),
            ("phone", new { serviceType = Plain, text = Fine, phone = "一二三" }),
            ("phone", new { serviceType = Plain, text = Fine, phone = "13800138000; DROP TABLE x" }),
            ("email", new { serviceType = Plain, text = Fine, email = "nobody" }),
            ("email", new { serviceType = Plain, text = Fine, email = "a@b.cn\r\nBcc: c@d.cn" }),
            ("name", new { serviceType = Plain, text = Fine, name = new string('龙', 51) }),
            ("about", new { serviceType = Plain, text = Fine, about = "没有这个单位" }),
            ("about", new { serviceType = Plain, text = Fine, about = new string('龙', 100_000) }),
            ("photos", new { serviceType = Plain, text = Fine, photos = new[] { Guid.NewGuid() } }),
            ("photos", new { serviceType = Plain, text = Fine, photos = Enumerable.Range(0, 10).Select(_ => Guid.NewGuid()) }),
            ("phone", new { serviceType = "heating", text = Fine, answers = new { temperature = "12", fault = "cold" } }),
            ("answers.temperature", new { serviceType = "heating", text = Fine, phone = "13800138000" }),
            ("answers.temperature", new { serviceType = "heating", text = Fine, phone = "13800138000", answers = new { temperature = "NaN" } }),
            ("answers.fault", new { serviceType = "heating", text = Fine, phone = "13800138000", answers = new { temperature = "12", fault = "<script>" } }),
        ];

        foreach (var (field, body) in wrong)
        {
            var answer = await town.SendReportAsync(body);
            Assert.True((answer.Status, answer.ProblemCode) == (HttpStatusCode.UnprocessableEntity, "invalid"), $"{field}: {(int)answer.Status} {answer.Text}");
            Assert.True(answer.Json().GetProperty("errors").TryGetProperty(field, out _), $"{field}: {answer.Text}");
            Assert.True(answer.Bytes.Length < 2_000, $"{field}: the refusal has {answer.Bytes.Length} bytes.");
        }

        Assert.Equal(before, await town.WrittenAsync());
    }

    [Fact]
    public async Task What_is_no_report_at_all_is_refused_without_a_trace()
    {
        await using var town = await LoopTown.FoundAsync();
        var before = await town.WrittenAsync();
        string[] bodies =
        [
            "", "null", "[]", "5", "\"text\"", "{", "{\"text\":5}", "{\"place\":\"here\"}", "{\"place\":{\"longitude\":\"NaN\"}}", "{\"place\":{\"longitude\":NaN}}", "{\"photos\":\"x\"}",
            "{\"photos\":[\"x\"]}", "{\"answers\":[]}", "{\"answers\":{\"a\":5}}", "{\"channel\":\"pigeon\"}", "{\"text\":\"\\ud83d\"}", "{\"text\":\"" + new string('[', 1_000), new string('[', 10_000),
        ];
        foreach (var bytes in bodies.Select(Encoding.UTF8.GetBytes).Append([0xFF, 0xFE, 0x00]).Append([.. "{\"text\":\""u8, 0xC3, 0x28, .. "\"}"u8]).Append(Encoding.BigEndianUnicode.GetBytes("{}")))
        {
            var answer = await PostAsync(town, bytes, "application/json");
            Assert.True(answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity && answer.ProblemCode is not null, $"{Encoding.UTF8.GetString(bytes[..Math.Min(60, bytes.Length)])}: {(int)answer.Status} {answer.Text}");
        }

        var form = await PostAsync(town, "text=hello"u8.ToArray(), "application/x-www-form-urlencoded");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, form.Status);
        Assert.Equal(before, await town.WrittenAsync());
    }

    [Fact]
    public async Task The_form_keeps_what_was_typed_and_says_at_the_field_what_is_wrong()
    {
        await using var town = await LoopTown.FoundAsync();
        var before = await town.WrittenAsync();
        using var visitor = await town.Town.HttpAsync();
        (string Name, string Value)[] good = [("serviceType", Plain), ("text", Fine), ("area", Chengnan), ("idempotencyKey", "0123456789abcdef")];
        (string Name, string Value, string Says)[] wrong =
        [
            ("text", new string('龙', 4_001), "这里最多写 4000 个字"), ("serviceType", "no-such-type", "没有代码为“no-such-type”的事项"), ("area", "999999", "没有代码为“999999”的区域"),
            ("longitude", "NaN", "位置要有经度和纬度两个数"), ("longitude", "1e999", "位置要有经度和纬度两个数"), ("latitude", "abc", "位置要有经度和纬度两个数"), ("phone", "<b>1</b>", "不像电话号码"), ("email", "x", "不像电子邮箱"),
        ];

        foreach (var (name, value, says) in wrong)
        {
            var page = await visitor.PostFormAsync("/report", [.. good.Where(g => g.Name != name), (name, value)]);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
            Assert.Contains(says, page.Words, StringComparison.Ordinal);
            Assert.Contains(name == "text" ? "龙龙" : Fine, page.Text, StringComparison.Ordinal);
        }

        Assert.Equal(before, await town.WrittenAsync());
        var sent = await visitor.PostFormAsync("/report", good);
        Assert.Equal((HttpStatusCode.OK, before.Requests + 1), (sent.Status, (await town.WrittenAsync()).Requests));
    }

    [Fact]
    public async Task A_form_of_ten_megabytes_is_told_to_be_too_large_or_refused_at_the_field()
    {
        await using var town = await LoopTown.FoundAsync();
        var before = await town.WrittenAsync();
        using var visitor = await town.Town.HttpAsync();
        var enormous = new string('x', 10 * 1024 * 1024);
        foreach (var path in new[] { "/report", "/track", "/report/suggest" })
        {
            var page = await visitor.PostFormAsync(path, ("text", enormous), ("number", "1"), ("code", "2"));

            Assert.Contains(page.Status, (HttpStatusCode[])[HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.UnprocessableEntity]);
            Assert.True(page.Bytes.Length < 500_000);
        }

        Assert.Equal(before, await town.WrittenAsync());
    }

    [Fact]
    public async Task Rare_characters_are_kept_whole_wherever_something_is_cut_off()
    {
        await using var town = await LoopTown.FoundAsync();
        using var visitor = await town.Town.HttpAsync();
        foreach (var shift in new[] { "", "x" })
        {
            // Folding makes 18 letters of one; what is searched through is cut off in the middle of these.
            var text = shift + new string('ﷺ', 550) + string.Concat(Enumerable.Repeat("😀", 1_500));
            var number = (await town.ReportAsync(text: text)).Number;
            Assert.Equal(text, (await town.ViewAsync("paidan", number)).Text);
            var words = shift + new string('灯', 199) + "😀";
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/requests?words=" + Uri.EscapeDataString(words))).Status);
            Assert.Equal(HttpStatusCode.OK, (await (await town.AsAsync("paidan")).GetAsync("/work?words=" + Uri.EscapeDataString(words))).Status);
            Assert.Equal(HttpStatusCode.OK, (await visitor.PostFormAsync("/report/suggest", ("text", shift + new string('灯', 1_999) + "😀"))).Status);
        }
    }

    [Fact]
    public async Task An_address_with_nonsense_in_it_is_answered_without_an_error()
    {
        string[] addresses =
        [
            "/api/requests?words=%00&area=%00&group=%00&organisation=%00&type=%00&state=%00&queue=%00&sort=%00&page=%00",
            "/api/public/requests?words=%00&area=%00&group=%00&state=%00&page=%00",
            "/api/public/requests.geojson?words=%ff%fe&area=%ed%a0%80",
            "/requests?words=%00&area=%00&group=%00",
            "/work?words=%00&area=%00&group=%00&organisation=%00",
            "/work/requests/%01%ef%bf%bf",
            "/requests/%01%ef%bf%bf",
            "/track/%01%ef%bf%bf",
            "/api/requests/%01%ef%bf%bf",
            "/api/requests/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
            "/report?type=%00",
            "/work/filed/%01%ef%bf%bf",
        ];
        await using var town = await LoopTown.FoundAsync();
        await town.ReportAsync();
        foreach (var address in addresses)
        {
            Assert.True((int)(await (await town.AsAsync("paidan")).GetAsync(address)).Status < 500, address);
        }
    }

    private static async Task<Answer> PostAsync(LoopTown town, byte[] body, string type)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/requests", UriKind.Relative)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return await (await town.AsAsync(Reporter)).SendAsync(request);
    }
}
