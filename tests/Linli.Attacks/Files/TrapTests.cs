using System.Net;
using System.Text;
using Linli.Kernel.Evidence;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.EntityFrameworkCore;

namespace Linli.Attacks.Files;

/// <summary>Packages and pictures as evidence that are traps for whoever opens them (the others: RefusedUploadTests, HarmlessTests).</summary>
public sealed class TrapTests(OpenTown open) : IClassFixture<OpenTown>
{
    private const string Types = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>";

    public static TheoryData<string, string> Traps => new()
    {
        { "a name that climbs", "内容是 ZIP" },
        { "a name with backslashes", "内容是 ZIP" },
        { "a name from the root", "内容是 ZIP" },
        { "a name of a drive", "内容是 ZIP" },
        { "a name with a line end", "内容是 ZIP" },
        { "a name twice", "内容是 ZIP" },
        { "a hundred thousand parts", "内容是 ZIP" },
        { "ten gigabytes of zeroes", "解压后过大" },
        { "overlapping parts", "解压后过大" },
        { "icon", "认不出这是什么文件" },
        { "cursor that moves", "内容是 AVI / WAV" },
        { "tiff of four billion by four billion", "内容是 TIFF" },
        { "big tiff", "认不出这是什么文件" },
        { "bitmap of two billion by two billion", "内容是 BMP" },
        { "page as a letter", "内容是 TXT" },
        { "script of a shell", "内容是 SH" },
        { "html called jpg", "内容是 HTML" },
        { "php called jpg", "内容是 XML" },
        { "stylesheet behind a declaration", "内容是 XML" },
        { "flash", "认不出这是什么文件" },
        { "fax of a photo", "认不出这是什么文件" },
    };

    [Theory]
    [MemberData(nameof(Traps))]
    public async Task A_trap_is_refused_with_what_it_is_and_leaves_nothing(string what, string says)
    {
        using var staff = await open.Town.HttpAsync("shizheng");

        var answer = await SendAsync(staff, Trap(what), "现场.docx");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "invalid"), (answer.Status, answer.ProblemCode));
        Assert.Contains(says, answer.Text, StringComparison.Ordinal);
        Assert.Equal(0, await open.Town.ReadAsync(db => db.Set<EvidenceFile>().CountAsync()));
    }

    [Fact]
    public void A_list_of_half_a_million_parts_is_not_even_read()
    {
        using var file = new Counting(Trap("a hundred thousand parts"));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(FileKind.Other, FileSignature.Of(file).Kind);

        Assert.InRange(file.ReadBytes, 0, 256 * 1024);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024 * 1024);
    }

    private static byte[] Trap(string what) => what switch
    {
        "a name that climbs" => Word("word/../../../etc/cron.d/evil"),
        "a name with backslashes" => Word("..\\..\\Startup\\evil.bat"),
        "a name from the root" => Word("/etc/cron.d/evil"),
        "a name of a drive" => Word("C:evil.bat"),
        "a name with a line end" => Word("word/a\r\nb.xml"),
        "a name twice" => Word("WORD/document.xml"),
        "a hundred thousand parts" => Enumerable.Range(0, 60_000).Aggregate(Package().Add("a", ""), (zip, i) => zip.List($"a{i}", "a")).ToArray(),
        "ten gigabytes of zeroes" => Package().Add("word/media/a.emf", ZipBytes.Zeroes(640), 100).ToArray(),
        "overlapping parts" => Enumerable.Range(0, 400).Aggregate(Package().Add("a", ZipBytes.Zeroes(1), 16 * 1024 * 1024), (zip, i) => zip.List($"a{i}", "a")).ToArray(),
        "icon" => [0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 32, 0, 0xFF, 0xFF, 0xFF, 0x7F, 22, 0, 0, 0],
        "cursor that moves" => [.. "RIFF\0\0\0\u0001ACONanih"u8, 36, 0, 0, 0, .. new byte[60]],
        "tiff of four billion by four billion" => [.. "II*\0"u8, 8, 0, 0, 0, 2, 0, 0, 1, 4, 0, 1, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 1, 1, 4, 0, 1, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0],
        "big tiff" => [.. "MM\0+"u8, 0, 8, 0, 0, .. new byte[40]],
        "bitmap of two billion by two billion" => [.. "BM"u8, .. new byte[12], 40, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 1, 0, 24, 0, .. new byte[24]],
        "page as a letter" => [.. "MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n"u8],
        "script of a shell" => [.. "#!/bin/sh\nrm -rf /\n"u8],
        "html called jpg" => [.. "\n\n<!doctype html><body onload=alert(1)>"u8],
        "php called jpg" => [.. "<?php system($_GET['c']); ?>"u8],
        "stylesheet behind a declaration" => [.. "<?xml version='1.0'?><?xml-stylesheet href='evil.xsl'?><a/>"u8],
        "flash" => [.. "CWS"u8, 0, 0, 0, 0, 0],
        "fax of a photo" => [0, 0, 1, 0xBA, 0x21, 0, 1, 0],
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
    };

    private static ZipBytes Package() => new ZipBytes().Add("[Content_Types].xml", Types).Add("word/document.xml", "<document/>");

    private static byte[] Word(string name) => Package().Add(name, "x").ToArray();

    private static Task<Answer> SendAsync(Visitor visitor, byte[] bytes, string name)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/evidence?name=" + Uri.EscapeDataString(name), UriKind.Relative)) { Content = new ByteArrayContent(bytes) };
        request.Headers.Add("X-Linli", "1");
        return visitor.SendAsync(request);
    }
}
