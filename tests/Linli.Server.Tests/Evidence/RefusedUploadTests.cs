using System.Net;
using Linli.Kernel.Evidence;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Server.Tests.Evidence;

/// <summary>Files that are not what they seem, or too much. Nothing is kept, so all share one town.</summary>
public sealed class RefusedUploadTests(RefusedUploadTests.Fixture fixture) : IClassFixture<RefusedUploadTests.Fixture>
{
    public static TheoryData<string, string> Refused => new()
    {
        { "empty", "文件是空的（0 字节）。请重新选择文件。" },
        { "zip named jpg", "内容是 ZIP" },
        { "truncated jpeg", "照片不完整或已损坏" },
        { "truncated png", "照片不完整或已损坏" },
        { "header only", "照片不完整或已损坏" },
        { "html named jpg", "内容是 HTML" },
        { "svg", "内容是 SVG" },
        { "bomb", "60000×60000" },
        { "long and thin", "30000×4" },
        { "noise", "认不出这是什么文件" },
        { "program", "内容是 EXE" },
        { "too large", "文件超过 20 MB" },
        { "heic", "这台服务器打不开 HEIC 照片" },
        { "word", "DOCX 文件只有工作人员可以上传" },
        { "word with macros", "内容是 DOCM / XLSM" },
        { "word with ole", "内容是 DOCX / XLSX (OLE)" },
        { "jpeg bomb", "65535×65535" },
        { "gif bomb", "65535×65535" },
        { "webp bomb", "16384×16384" },
        { "heic bomb", "60000×60000" },
        { "svg after a comment", "内容是 SVG" },
        { "svg in utf-16", "认不出这是什么文件" },
        { "html behind a byte order mark", "内容是 HTML" },
        { "xml with entities", "内容是 HTML" },
        { "pdf behind html", "内容是 HTML" },
        { "pdf and jar", "内容是 PDF / ZIP" },
        { "jar", "内容是 ZIP" },
        { "gzip", "内容是 GZIP" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_is_no_good_is_refused_with_what_is_wrong_and_leaves_nothing(string what, string says)
    {
        using var visitor = await fixture.Town.HttpAsync();
        var answer = await visitor.UploadAsync(Bad(what), "photo.jpg");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "invalid"), (answer.Status, answer.ProblemCode));
        Assert.Contains(says, answer.Text, StringComparison.Ordinal);
        Assert.Equal(0, await fixture.Town.ReadAsync(db => db.Set<EvidenceFile>().CountAsync()));
        Assert.Empty(Directory.GetFiles(fixture.Town.Store.Data.Evidence, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_word_file_that_unpacks_to_more_than_anybody_needs_is_refused()
    {
        using var handler = await fixture.Town.HttpAsync("shizheng");
        var answer = await handler.UploadAsync(Pictures.ZipBomb(300), "现场记录.docx");
        Assert.Contains("这个文件解压后过大", answer.Text, StringComparison.Ordinal);
        Assert.Empty(fixture.Town.Stored());
    }

    private static byte[] Bad(string what) => what switch
    {
        "empty" => [],
        "zip named jpg" => Pictures.Zip("photo.jpg"),
        "truncated jpeg" => Pictures.Jpeg(900, 700)[..3_000],
        "truncated png" => Pictures.Png(900, 700)[..2_000],
        "header only" => [0xFF, 0xD8, 0xFF, 0xE0, 0, 16],
        "html named jpg" => [.. "<html><script>alert(1)</script>"u8],
        "svg" => [.. "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8],
        "bomb" => Pictures.PngOf(60_000, 60_000, [0x78, 0x9C]),
        "long and thin" => Pictures.Png(30_000, 4),
        "noise" => [1, 0, 2, 0, 3, 0, 4],
        "program" => [.. "MZ"u8, 0x90, 0, 3, 0],
        "too large" => [.. Pictures.Jpeg(30, 30), .. new byte[20 * 1024 * 1024]],
        "heic" => Pictures.Heic(4_032, 3_024),
        "word" => Pictures.Zip("[Content_Types].xml", "word/document.xml"),
        "word with macros" => Pictures.Zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        "word with ole" => Pictures.Zip("[Content_Types].xml", "word/document.xml", "word/embeddings/oleObject1.bin"),
        "jpeg bomb" => [0xFF, 0xD8, 0xFF, 0xC0, 0, 17, 8, 0xFF, 0xFF, 0xFF, 0xFF, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 0xFF, 0xDA],
        "gif bomb" => [.. "GIF89a"u8, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, (byte)';'],
        "webp bomb" => [.. "RIFF\0\u0001\0\0WEBPVP8X\n\0\0\0"u8, 0, 0, 0, 0, 0xFF, 0x3F, 0, 0xFF, 0x3F, 0, .. new byte[40]],
        "heic bomb" => Pictures.Heic(60_000, 60_000),
        "svg after a comment" => [.. "<!-- x --><svg onload='alert(1)'>"u8],
        "svg in utf-16" => [0xFF, 0xFE, .. System.Text.Encoding.Unicode.GetBytes("<svg onload='alert(1)'>")],
        "html behind a byte order mark" => [0xEF, 0xBB, 0xBF, .. "<script>alert(1)</script>"u8],
        "xml with entities" => [.. "<!DOCTYPE a [<!ENTITY b 'bbbb'><!ENTITY c '&b;&b;&b;'>]><a>&c;</a>"u8],
        "pdf behind html" => [.. "<html><script>alert(1)</script>%PDF-1.4\n%%EOF"u8],
        "pdf and jar" => [.. "%PDF-1.4\n%%EOF\n"u8, .. Pictures.Zip("META-INF/MANIFEST.MF", "Evil.class")],
        "jar" => Pictures.Zip("META-INF/MANIFEST.MF", "Evil.class"),
        "gzip" => [0x1F, 0x8B, 8, 0, 0, 0, 0, 0],
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
    };

    public sealed class Fixture : IAsyncLifetime
    {
        public Town Town { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Town = await Town.FoundAsync();

        public ValueTask DisposeAsync() => Town.DisposeAsync();
    }
}
