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
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
    };

    public sealed class Fixture : IAsyncLifetime
    {
        public Town Town { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Town = await Town.FoundAsync();

        public ValueTask DisposeAsync() => Town.DisposeAsync();
    }
}
