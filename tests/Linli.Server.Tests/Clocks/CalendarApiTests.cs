using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Linli.Kernel;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.EntityFrameworkCore;

namespace Linli.Server.Tests.Clocks;

/// <summary>The installation's calendars over the API: who may change them, what is tried out, what is refused and where.</summary>
public sealed class CalendarApiTests
{
    private const string Huguan = "/api/clocks/calendars/huguan";
    private const string Day = Huguan + "/days/2026-03-05";
    private static readonly object Closed = new { kind = "closure", nameZh = "停电", nameEn = "Power cut", notice = "县电发〔2026〕3 号" };

    [Fact]
    public async Task All_staff_read_and_administrators_alone_change()
    {
        await using var town = await Town.FoundAsync();
        using var stranger = await town.HttpAsync();
        using var handler = await town.HttpAsync("shizheng");
        using var administrator = await town.HttpAsync("guanli");

        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync(Huguan)).Status);
        Assert.Equal("cn", (await handler.GetAsync(Huguan)).Json().GetProperty("extends").GetString());
        Assert.Equal(HttpStatusCode.Forbidden, (await handler.SendJsonAsync(HttpMethod.Put, Day, Closed)).Status);

        var tried = (await administrator.SendJsonAsync(HttpMethod.Put, Day + "?preview=true", Closed)).Json();
        Assert.Equal((true, "2026-03-05"), (tried.GetProperty("isPreview").GetBoolean(), tried.GetProperty("days")[0].GetProperty("date").GetString()));
        Assert.Equal(1, (await handler.GetAsync(Huguan)).Json().GetProperty("version").GetInt32());

        var done = (await administrator.SendJsonAsync(HttpMethod.Put, Day, Closed)).Json();
        Assert.Equal((false, true, 2), (done.GetProperty("isPreview").GetBoolean(), done.GetProperty("isChanged").GetBoolean(), done.GetProperty("version").GetInt32()));
        var year = (await handler.GetAsync(Huguan + "/years/2026")).Json();
        var day = Assert.Single(year.GetProperty("days").EnumerateArray(), d => d.GetProperty("date").GetString() == "2026-03-05");
        Assert.Equal(("closure", true, "县电发〔2026〕3 号"), (day.GetProperty("kind").GetString(), day.GetProperty("isOwn").GetBoolean(), day.GetProperty("notice").GetString()));
        Assert.Equal("2026-03-06T09:00:00+08:00", (await stranger.GetAsync("/api/clocks/explain?start=2026-03-04T09:00&budget=1+working+day&calendar=huguan")).Json().GetProperty("due").GetString());
        var audit = await town.ReadAsync(db => db.Set<AuditEntry>().Where(a => a.Verb == "shell.change-calendar" && a.Actor == ActorKind.Staff).SingleAsync());
        Assert.Equal(("huguan", "2026-03-05（周四）：停办“停电”"), (audit.Subject, audit.Reason));
    }

    [Fact]
    public async Task Of_two_administrators_who_saw_the_same_version_the_second_is_told_what_the_first_did()
    {
        await using var town = await Town.FoundAsync();
        using var administrator = await town.HttpAsync("guanli");

        var both = await Task.WhenAll(
            administrator.SendJsonAsync(HttpMethod.Put, Day + "?version=1", Closed), administrator.SendJsonAsync(HttpMethod.Put, Huguan + "/days/2026-03-06?version=1", Closed));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], both.Select(b => b.Status).Order());
        var refused = both.Single(b => b.Status == HttpStatusCode.Conflict);
        Assert.Equal("calendar_changed_meanwhile", refused.ProblemCode);
        Assert.Contains("停办“停电”", refused.Json().GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_years_holidays_come_from_JSON_or_iCalendar_in_the_encodings_that_offices_use()
    {
        await using var town = await Town.FoundAsync();
        using var administrator = await town.HttpAsync("guanli");
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        const string own = """{"year":2027,"days":[{"date":"2027-01-01","kind":"holiday","nameZh":"元旦"}]}""";
        const string holidayCn = """{"year":2027,"papers":["https://www.gov.cn/x.htm"],"days":[{"name":"元旦","date":"2027-01-01","isOffDay":true},{"name":"元旦","date":"2027-01-03","isOffDay":false}]}""";
        const string calendar = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:元旦 休\r\nDTSTART;VALUE=DATE:20270101\r\nDTEND;VALUE=DATE:20270103\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

        Assert.True((await ImportAsync(administrator, Encoding.UTF8.GetBytes(own))).Json().GetProperty("isChanged").GetBoolean());
        Assert.False((await ImportAsync(administrator, Encoding.UTF8.GetBytes(own))).Json().GetProperty("isChanged").GetBoolean());
        Assert.False((await ImportAsync(administrator, Encoding.GetEncoding("GB18030").GetBytes(own))).Json().GetProperty("isChanged").GetBoolean());
        Assert.False((await ImportAsync(administrator, [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(own)])).Json().GetProperty("isChanged").GetBoolean());
        Assert.Contains("1 天补班", (await ImportAsync(administrator, Encoding.UTF8.GetBytes(holidayCn))).Json().GetProperty("whatZh").GetString(), StringComparison.Ordinal);
        Assert.Contains("2 天放假", (await ImportAsync(administrator, Encoding.UTF8.GetBytes(calendar))).Json().GetProperty("whatZh").GetString(), StringComparison.Ordinal);
        Assert.Equal(2027, (await administrator.GetAsync("/api/clocks/calendars")).Json().EnumerateArray().Single(c => c.GetProperty("code").GetString() == "huguan").GetProperty("lastYear").GetInt32());
    }

    [Fact]
    public async Task Wrong_files_are_refused_at_the_file_in_both_languages()
    {
        await using var town = await Town.FoundAsync();
        using var administrator = await town.HttpAsync("guanli");
        (byte[] File, string Says)[] wrong =
        [
            ([], "文件是空的"),
            (new byte[10_000_000], "太大"),
            ([0x89, 0x50, 0x4E, 0x47, 0x00, 0x01], "不是文本文件"),
            (Encoding.UTF8.GetBytes("放假通知"), "这个文件不是 JSON 或 iCalendar：第 1 行"),
            (Encoding.UTF8.GetBytes("[1,2]"), "看不懂放假安排"),
            (Encoding.UTF8.GetBytes("""{"year":2027,"days":[null]}"""), "第 1 条“”不是一天的安排"),
            (Encoding.UTF8.GetBytes("""{"year":2027,"days":[{"date":"2027-01-01","nameZh":"元旦","kind":"party"}]}"""), "第 1 条的 kind “party”不认识；可用 holiday, makeUp, closure。"),
            (Encoding.UTF8.GetBytes("""{"year":2027,"days":[]}"""), "没有任何放假"),
            (Encoding.UTF8.GetBytes("""{"year":1899,"days":[{"date":"1899-01-01","nameZh":"元旦"}]}"""), "超出范围"),
            (Encoding.UTF8.GetBytes("""{"year":2027,"days":[{"date":"2026-01-01","nameZh":"元旦"},{"date":"2028-01-01","nameZh":"元旦"}]}"""), "不属于"),
            (Encoding.UTF8.GetBytes("""{"year":2027,"days":[{"date":"2027-01-01","nameZh":"元旦"},{"date":"2027-01-01","nameZh":"春节"}]}"""), "出现了两次"),
            (Encoding.UTF8.GetBytes("BEGIN:VCALENDAR\nEND:VCALENDAR"), "没有任何放假"),
            (Encoding.UTF8.GetBytes("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:例会\nDTSTART:20270105T090000\nEND:VEVENT\nEND:VCALENDAR"), "不是单独的全天日程"),
            (Encoding.UTF8.GetBytes("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:周末\nDTSTART:20270105\nRRULE:FREQ=WEEKLY\nEND:VEVENT\nEND:VCALENDAR"), "不是单独的全天日程"),
            (Encoding.UTF8.GetBytes("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:元旦\nDTSTART:不知道\nEND:VEVENT\nEND:VCALENDAR"), "看不懂放假安排"),
        ];
        foreach (var (file, says) in wrong)
        {
            administrator.Language = "zh-CN";
            Assert.Contains(says, Fault(await ImportAsync(administrator, file), "file"), StringComparison.Ordinal);
            administrator.Language = "en";
            Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}{3}", Fault(await ImportAsync(administrator, file), "file"));
        }
    }

    [Fact]
    public async Task What_cannot_be_a_calendar_is_refused_at_its_field()
    {
        await using var town = await Town.FoundAsync();
        using var administrator = await town.HttpAsync("guanli");
        object Made(object? hours, string zone = "Asia/Shanghai", string code = "night") => new { code, nameZh = "夜市", nameEn = "Night market", timeZone = zone, hours };

        Assert.Contains("没有任何工作时间", await RefusedAsync(Made(null), "hours"), StringComparison.Ordinal);
        Assert.Contains("没有任何工作时间", await RefusedAsync(Made(new[] { new { days = new { } } }), "hours"), StringComparison.Ordinal);
        Assert.Contains("重叠", await RefusedAsync(Made(new[] { new { days = new { monday = new[] { "08:00-12:00", "11:00-13:00" } } } }), "hours[0].Monday"), StringComparison.Ordinal);
        Assert.Contains("是空的", await RefusedAsync(Made(new[] { new { days = new { monday = new[] { "08:00-08:00" } } } }), "hours[0].Monday"), StringComparison.Ordinal);
        Assert.Contains("时区", await RefusedAsync(Made(new[] { new { days = new { monday = new[] { "08:00-12:00" } } } }, "Asia/Huguan"), "timeZone"), StringComparison.Ordinal);
        Assert.Contains("已经有", await RefusedAsync(Made(new[] { new { days = new { monday = new[] { "08:00-12:00" } } } }, code: "cn"), "code"), StringComparison.Ordinal);

        async Task<string> RefusedAsync(object body, string field) => Fault(await administrator.SendJsonAsync(HttpMethod.Post, "/api/clocks/calendars", body), field);
    }

    [Fact]
    public async Task A_calendar_of_a_zone_with_summer_time_refuses_a_start_that_the_clocks_skip()
    {
        await using var town = await Town.FoundAsync();
        using var administrator = await town.HttpAsync("guanli");
        var made = await administrator.SendJsonAsync(HttpMethod.Post, "/api/clocks/calendars", new
        {
            code = "twin-town", nameZh = "友城", nameEn = "Twin town", timeZone = "Europe/Berlin", keepsHolidays = false,
            hours = new[] { new { days = new { sunday = new[] { "00:00-24:00" }, monday = new[] { "08:00-16:00" } } } },
        });
        Assert.True(made.Status == HttpStatusCode.OK, made.Text);

        Assert.Contains("跳过了它", Fault(await administrator.GetAsync("/api/clocks/explain?start=2026-03-29T02:30&budget=2+working+hours&calendar=twin-town"), "start"), StringComparison.Ordinal);
        Assert.Equal("2026-03-29T04:00:00+02:00", (await administrator.GetAsync("/api/clocks/explain?start=2026-03-29T01:00&budget=2+working+hours&calendar=twin-town")).Json().GetProperty("due").GetString());
    }

    private static Task<Answer> ImportAsync(Visitor who, byte[] file)
    {
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/clocks/calendars/cn/years", UriKind.Relative)) { Content = content };
        request.Headers.Add("X-Linli", "1");
        return who.SendAsync(request);
    }

    private static string Fault(Answer answer, string field)
    {
        Assert.True(answer.Status == HttpStatusCode.UnprocessableEntity, answer.Text);
        return string.Join(' ', answer.Json().GetProperty("errors").GetProperty(field).EnumerateArray().Select((JsonElement e) => e.GetString()));
    }
}
