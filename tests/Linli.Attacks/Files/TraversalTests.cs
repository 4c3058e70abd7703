using System.Text;
using Linli.Attacks.Wire;
using Linli.Testing;

namespace Linli.Attacks.Files;

/// <summary>Names that lead out of where they belong, in every place where a name could become a path.</summary>
public sealed class TraversalTests(WireTown wire) : IClassFixture<WireTown>
{
    private static readonly string[] Climbing =
    [
        "../../../../../../etc/passwd", "..%2f..%2f..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/%2e%2e/etc/passwd", "..%252f..%252f..%252fetc%252fpasswd", "....//....//....//etc/passwd", "..;/..;/etc/passwd",
        "..%5c..%5c..%5cetc%5cpasswd", "..\\..\\..\\etc\\passwd", "%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd", "%uff0e%uff0e/etc/passwd", "/etc/passwd", "//etc/passwd", "file:///etc/passwd", "C:/Windows/win.ini",
        "..%00/etc/passwd", "linli.db", "../linli.db", "../../appsettings.json", "../linli.dll", ".../linli.db", "~/.ssh/id_rsa", "%2e%2e%2flinli.db", "etc/passwd%00.css", "CON", "..", ".", "%2e",
    ];

    /// <summary>Where addresses end in something that somebody could take for a name.</summary>
    private static readonly string[] Places = ["/", "/dist/", "/dist/chunks/", "/images/", "/files/", "/api/", "/api/evidence/", "/api/evidence/uploads/", "/api/files/", "/requests/", "/track/", "/.well-known/", "/services/"];

    [Fact]
    public async Task No_address_leads_to_a_file_that_is_not_of_the_site()
    {
        var led = new List<string>();
        foreach (var place in Places)
        {
            foreach (var name in Climbing)
            {
                var answer = await RawLine.SayAsync(wire.Town, $"GET {place}{name} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                var isLed = answer.Contains("root:", StringComparison.Ordinal) || answer.Contains("SQLite format", StringComparison.Ordinal) || answer.Contains("ConnectionStrings", StringComparison.Ordinal)
                    || answer.StartsWith("HTTP/1.1 5", StringComparison.Ordinal) || (answer.StartsWith("HTTP/1.1 200", StringComparison.Ordinal) && !answer.Contains("<!DOCTYPE html>", StringComparison.OrdinalIgnoreCase));
                if (isLed)
                {
                    led.Add($"{place}{name} → {answer[..Math.Min(answer.Length, 200)]}");
                }
            }
        }

        Assert.Empty(led);
    }

    [Fact]
    public async Task No_name_that_comes_along_makes_or_opens_a_file_elsewhere()
    {
        var town = wire.Town;
        var before = Outside(town);
        foreach (var name in Climbing.Where((_, i) => i % 3 == 0).Append("a\r\nb").Append("../../evil\u202Egpj.exe"))
        {
            var told = Convert.ToBase64String(Encoding.UTF8.GetBytes(name));
            using var visitor = await town.HttpAsync();
            var photo = Pictures.Png(20, 20);
            var begun = await visitor.SendRawAsync(HttpMethod.Post, "/api/evidence/uploads", null, [("X-Linli", "1"), ("Upload-Length", $"{photo.Length}"), ("Upload-Metadata", $"filename {told},name {told},id {told}")]);
            Assert.True((int)begun.Status is 201 or 404 or 405, $"{name}: {begun.Status} {begun.Text}");
            var sent = await visitor.SendRawAsync(HttpMethod.Post, "/api/evidence?name=" + Uri.EscapeDataString(name), new ByteArrayContent(photo), [("X-Linli", "1")]);
            Assert.True((int)sent.Status == 201, $"{name}: {sent.Text}");
            var form = new MultipartFormDataContent { { new ByteArrayContent(photo), "photos", "a" } };
            form.First().Headers.Remove("Content-Disposition");
            form.First().Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"photos\"; filename=\"{name.ReplaceLineEndings("")}\"; filename*=UTF-8''{Uri.EscapeDataString(name)}");
            await visitor.SendRawAsync(HttpMethod.Post, "/report", form, [("Sec-Fetch-Site", "same-origin")]);
            var page = await visitor.SendRawAsync(HttpMethod.Get, "/?lang=" + Uri.EscapeDataString(name), null, [("Cookie", $"linli.lang={Uri.EscapeDataString(name)}; linli.size={Uri.EscapeDataString(name)}; .AspNetCore.Culture=c={Uri.EscapeDataString(name)}")]);
            Assert.Equal("zh-CN", page.Page.DocumentElement.GetAttribute("lang"));
        }

        Assert.Equal(before, Outside(town));
        Assert.All(Directory.GetFiles(town.Store.Data.Evidence, "*", SearchOption.AllDirectories), file => Assert.Matches("^([0-9a-f-]{32,64}([._-][a-z0-9]+)*|key)$", Path.GetFileName(file)));
    }

    /// <summary>What lies beside the evidence, and beside the whole store.</summary>
    private static IEnumerable<string> Outside(Town town) =>
    [
        .. Directory.GetFileSystemEntries(town.Store.Data.Path).Where(f => !Path.GetFileName(f).StartsWith("linli.db", StringComparison.Ordinal) && f != town.Store.Data.Evidence).Order(StringComparer.Ordinal),
        .. Directory.GetFiles(Path.GetTempPath(), "*evil*"),
    ];
}
