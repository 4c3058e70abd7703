using System.Net;
using System.Text;
using Linli.Testing;
using Linli.Testing.Http;

namespace Linli.Server.Tests.Evidence;

/// <summary>Files that are two things at once, or carry more than is seen, and how every kind is sent.</summary>
public sealed class HarmlessTests : IAsyncLifetime
{
    private const string Script = "<html><script>alert(1)</script>";
    private Town _town = null!;
    private Visitor _resident = null!, _dispatcher = null!;

    public static TheoryData<string> Polyglots => ["jpeg and html", "jpeg comment", "gif and jar", "gif and script", "png and html", "png text"];

    public async ValueTask InitializeAsync()
    {
        _town = await Town.FoundAsync();
        (_resident, _dispatcher) = (await _town.HttpAsync(), await _town.HttpAsync("paidan"));
    }

    public async ValueTask DisposeAsync()
    {
        _resident.Dispose();
        _dispatcher.Dispose();
        await _town.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Polyglots))]
    public async Task Of_a_photo_that_is_something_else_too_only_the_photo_is_kept(string what)
    {
        var id = await _resident.SendAsync(Polyglot(what), "photo.html");
        await _resident.ReportAsync("street-lamp", id);
        foreach (var address in new[] { $"/files/{id}", $"/files/{id}?thumb" })
        {
            var sent = await _resident.GetAsync(address);
            Assert.Equal((HttpStatusCode.OK, "image/jpeg"), (sent.Status, sent.ContentType));
            Assert.DoesNotContain("script", Encoding.Latin1.GetString(sent.Bytes), StringComparison.OrdinalIgnoreCase);
            Assert.True(sent.Bytes.AsSpan().IndexOf("PK\x03\x04"u8) < 0, "a package came along");
            Assert.Equal([0xFF, 0xD8, 0xFF], sent.Bytes[..3]);
            Assert.DoesNotContain("html", sent.Headers["Content-Disposition"], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("jpeg", "a.jpg", "image/jpeg", "inline", ".jpg")]
    [InlineData("png", "a.exe", "image/jpeg", "inline", ".jpg")]
    [InlineData("pdf", "合同.pdf", "application/pdf", "attachment", "%E5%90%88%E5%90%8C.pdf")]
    [InlineData("pdf", "a.pdf.exe", "application/pdf", "attachment", "a.pdf.exe.pdf")]
    [InlineData("pdf", "..\\..\\a\u202Efdp.html\r\nX-Evil: 1", "application/pdf", "attachment", ".pdf")]
    [InlineData("word", "记录.docm", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "attachment", ".docm.docx")]
    [InlineData("excel", "台账.xls", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "attachment", ".xls.xlsx")]
    public async Task Every_kind_is_sent_so_that_it_can_do_nothing(string what, string name, string type, string way, string ending)
    {
        using var handler = await _town.HttpAsync("shizheng");
        var id = await handler.SendAsync(Of(what), name);
        var sent = await handler.GetAsync($"/files/{id}");
        Assert.Equal((HttpStatusCode.OK, type), (sent.Status, sent.ContentType));
        Assert.Equal(("nosniff", "default-src 'none'; sandbox", "no-store, private", "same-origin"),
            (sent.Headers["X-Content-Type-Options"], sent.Headers["Content-Security-Policy"], sent.Headers["Cache-Control"], sent.Headers["Cross-Origin-Resource-Policy"]));
        Assert.StartsWith(way, sent.Headers["Content-Disposition"], StringComparison.Ordinal);
        Assert.EndsWith(ending, sent.Headers["Content-Disposition"].TrimEnd('"'), StringComparison.Ordinal);
        Assert.DoesNotContain("X-Evil", sent.Headers.Keys);
    }

    [Fact]
    public async Task A_pdf_with_script_and_a_launcher_is_only_ever_saved()
    {
        byte[] pdf = [.. "%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>/AA<</O<</S/Launch/F(cmd.exe)>>>>>>endobj\n%%EOF"u8];
        var id = await _resident.SendAsync(pdf, "a.pdf");
        await _resident.ReportAsync("street-lamp", id);
        var sent = await _dispatcher.GetAsync($"/files/{id}");
        Assert.StartsWith("attachment", sent.Headers["Content-Disposition"], StringComparison.Ordinal);
        Assert.Equal("default-src 'none'; sandbox", sent.Headers["Content-Security-Policy"]);
    }

    [Theory]
    [InlineData("jpeg")]
    [InlineData("png")]
    [InlineData("pdf")]
    [InlineData("word")]
    public async Task No_byte_that_is_kept_says_where_a_photo_was_taken(string what)
    {
        using var handler = await _town.HttpAsync("shizheng");
        await handler.SendAsync(WithPosition(what), "a");
        Assert.NotEmpty(_town.Stored());
        foreach (var name in _town.Stored())
        {
            var kept = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Path.Combine(_town.Store.Data.Evidence, name), TestContext.Current.CancellationToken));
            Assert.DoesNotContain(Pictures.Camera, kept, StringComparison.Ordinal);
            Assert.DoesNotContain("GPS", kept, StringComparison.Ordinal);
            Assert.DoesNotContain("Exif", kept, StringComparison.Ordinal);
        }
    }

    private static byte[] WithPosition(string what) => what switch
    {
        "jpeg" => Pictures.WithPosition(Pictures.Jpeg(500, 400)),
        "png" => Pictures.Png(500, 400, ("eXIf", [.. "Exif GPS"u8]), ("tEXt", [.. "GPS\0"u8, .. Encoding.ASCII.GetBytes(Pictures.Camera)])),
        "pdf" => [.. "%PDF-1.4\nstream\n"u8, .. WithPosition("jpeg"), .. "\nendstream\n%%EOF"u8],
        _ => Pictures.Package(("[Content_Types].xml", [1]), ("word/document.xml", [1]), ("word/media/image1.jpg", WithPosition("jpeg"))),
    };

    private static byte[] Of(string what) => what switch
    {
        "jpeg" => Pictures.Jpeg(50, 40),
        "png" => Pictures.Png(50, 40),
        "pdf" => [.. "%PDF-1.4\n%%EOF"u8],
        "word" => Pictures.Zip("[Content_Types].xml", "word/document.xml"),
        _ => Pictures.Zip("[Content_Types].xml", "xl/workbook.xml"),
    };

    private static byte[] Polyglot(string what)
    {
        byte[] script = Encoding.ASCII.GetBytes(Script), jar = Pictures.Zip("META-INF/MANIFEST.MF");
        var jpeg = Pictures.Jpeg(60, 40);
        return what switch
        {
            "jpeg and html" => [.. jpeg, .. script],
            "jpeg comment" => [.. jpeg[..2], 0xFF, 0xFE, 0, (byte)(script.Length + 2), .. script, .. jpeg[2..]],
            "gif and jar" => [.. Pictures.Gif, .. jar],
            "gif and script" => [.. Pictures.Gif[..^1], 0x21, 0xFE, (byte)script.Length, .. script, 0, (byte)';'],
            "png and html" => [.. Pictures.Png(60, 40), .. script],
            _ => Pictures.Png(60, 40, ("tEXt", [.. "Comment\0"u8, .. script])),
        };
    }
}
