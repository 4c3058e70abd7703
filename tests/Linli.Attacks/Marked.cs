using System.Net;
using System.Net.Http.Json;
using Linli.Kernel;
using Linli.Requests.Report;
using Linli.Testing;
using Linli.Testing.Http;

namespace Linli.Attacks;

/// <summary>
/// A town in which somebody has written markup wherever one can write: reports (one public, one private with a photo, one about the municipal
/// office), steps, people, organisations, calendars. For tests that only read, or that expect to change nothing.
/// </summary>
public sealed class Marked : IAsyncLifetime
{
    /// <summary>What would be an element, an attribute, a script, an end of where it stands, a formula.</summary>
    public const string Evil = "=1+1'\"><linli-evil data-evil=\"1\" onfocus=\"alert(1)\"></linli-evil></textarea></title><script>alert(2)</script><svg onload=alert(3)><img src=x onerror=alert(4)><a href=\"javascript:alert(5)\">x</a>{{7*7}}";

    /// <summary>Stands in the text of the private request alone.</summary>
    public const string Secret = "只有经办人知道的话";

    /// <summary>Stands in the text of the request about the municipal office alone.</summary>
    public const string About = "反映市政所的话";

    public Town Town { get; private set; } = null!;

    /// <summary>On public pages, dispatched to the municipal office, in hand, with a task and an extension asked for.</summary>
    internal ReportRequest.Receipt Open { get; private set; } = null!;

    /// <summary>Of a private kind, not dispatched, with a photo.</summary>
    internal ReportRequest.Receipt Private { get; private set; } = null!;

    /// <summary>About the municipal office.</summary>
    internal ReportRequest.Receipt Complaint { get; private set; } = null!;

    public Guid Photo { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Town = await Town.FoundAsync();
        using var resident = await Town.HttpAsync();
        Open = await ReportAsync(resident, "old-estate", Evil, new { area = "140427100001", address = Evil, longitude = 113.1943, latitude = 36.0890 });
        using (var file = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/evidence?name=" + Uri.EscapeDataString("\"><linli-evil>.jpg"), UriKind.Relative)) { Content = new ByteArrayContent(Pictures.Jpeg(64, 48)) })
        {
            file.Headers.Add("X-Linli", "1");
            var kept = await resident.SendAsync(file);
            Assert.True(kept.Status == HttpStatusCode.Created, kept.Text);
            Photo = kept.Json().GetProperty("id").GetGuid();
        }

        Private = await ReportAsync(resident, "resettlement", Secret + Evil, new { area = "140427100001" }, photos: [Photo]);
        Complaint = await ReportAsync(resident, "suggestion", About + Evil, new { area = "140427100001" }, about: "dept-municipal");
        await DoAsync("paidan", "dispatch", new { organisation = "dept-municipal", coHandlers = new[] { "util-water" }, note = Evil });
        await DoAsync("shizheng", "signature", new { });
        await DoAsync("shizheng", "notes", new { note = Evil });
        await DoAsync("shizheng", "tasks", new { title = Evil[..60], organisation = "util-water" });
        await DoAsync("shizheng", "extension", new { reason = "complex", days = 2, explanation = Evil });
        using var admin = await Town.HttpAsync("guanli");
        foreach (var (path, body) in new (string, object)[]
        {
            ("/api/organisations", new { code = "social-evil", name = Evil[..40], nameEn = Evil[..40], kind = "socialOrganisation", areaCode = "140427", isAllianceMember = true }),
            ("/api/people", new { login = "evil.one", name = Evil[..30], nameEn = Evil[..30] }),
            ("/api/clocks/calendars", new { code = "evil", @extends = "cn", nameZh = Evil[..40], nameEn = Evil[..40], keepsHolidays = true, timeZone = "Asia/Shanghai", standardDayMinutes = 480, hours = new[] { new { days = new { monday = new[] { "08:30-12:00" } } } } }),
        })
        {
            var made = await admin.SendJsonAsync(HttpMethod.Post, path, body);
            Assert.True((int)made.Status is 200 or 201, $"{path}: {made.Text}");
        }

        await Town.DeliverAsync();
    }

    public ValueTask DisposeAsync() => Town.DisposeAsync();

    /// <summary>Elements and attributes that came out of what somebody wrote.</summary>
    internal static IEnumerable<string> Grown(Answer answer) => answer.ContentType == "text/html"
        ? answer.Page.All.Where(e => e.LocalName == "linli-evil" || e.Attributes.Any(a => a.Name is "data-evil" or "onfocus" or "onload" or "onerror") || (e.LocalName == "script" && e.TextContent.Length > 0))
            .Select(e => e.OuterHtml[..Math.Min(200, e.OuterHtml.Length)]).Concat(HeaderTests.Inline(answer))
        : [];

    private static async Task<ReportRequest.Receipt> ReportAsync(Visitor visitor, string type, string text, object place, string? about = null, Guid[]? photos = null)
    {
        var answer = await visitor.SendJsonAsync(HttpMethod.Post, "/api/requests", new { serviceType = type, text, place, about, photos, name = Evil[..30], phone = "13800000000", idempotencyKey = Guid.NewGuid().ToString("N") });
        Assert.True(answer.Status == HttpStatusCode.Created, answer.Text);
        return answer.Json<ReportRequest.Receipt>();
    }

    private async Task DoAsync(string who, string noun, object body)
    {
        using var staff = await Town.HttpAsync(who);
        var request = new HttpRequestMessage(noun.EndsWith('s') ? HttpMethod.Post : HttpMethod.Put, new Uri($"/api/requests/{Open.Number}/{noun}", UriKind.Relative)) { Content = JsonContent.Create(body, options: Json.Plain) };
        request.Headers.Add("X-Linli", "1");
        var answer = await staff.SendAsync(request);
        Assert.True(answer.Status == HttpStatusCode.OK, $"{who} {noun}: {answer.Text}");
    }
}
