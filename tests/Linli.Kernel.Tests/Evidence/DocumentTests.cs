using System.IO.Compression;
using System.Text;
using Linli.Kernel.Evidence;
using Linli.Kernel.Evidence.Documents;
using Linli.Testing;

namespace Linli.Kernel.Tests.Evidence;

public sealed class DocumentTests : IDisposable
{
    private static readonly byte[] Photo = Pictures.WithPosition(Pictures.Jpeg(60, 40));
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linli-documents-");
    private readonly DocumentWorkshop _workshop;

    public DocumentTests() => _workshop = new DocumentWorkshop(new EvidenceOptions { Folder = _folder.FullName, MaxUnpackedBytes = 1_000_000 });

    public void Dispose()
    {
        _workshop.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_photo_inside_a_pdf_loses_its_position_and_nothing_moves()
    {
        byte[] pdf = [.. "%PDF-1.4\n1 0 obj<</Filter/DCTDecode>>stream\n"u8, .. Photo, .. "\nendstream\n<?xpacket begin=''?><x:xmpmeta>GPSLatitude 36,6.9N</x:xmpmeta><?xpacket end='w'?>\ntrailer<<>>\n%%EOF"u8];
        var (result, kept) = await CleanAsync(FileKind.Pdf, pdf);

        Assert.Equal(DocumentResult.Cleaned, result);
        Assert.Equal(pdf.Length, kept.Length);
        Bare(kept);
        Assert.EndsWith("%%EOF", Encoding.Latin1.GetString(kept), StringComparison.Ordinal);
        Assert.True(kept.AsSpan().IndexOf(Photo.AsSpan()[^200..]) > 0, "the picture itself is as it was");
    }

    [Fact]
    public async Task A_signed_pdf_stays_as_it_is()
    {
        byte[] pdf = [.. "%PDF-1.4\n<</ByteRange [0 10 20 30]>>"u8, .. Photo, .. "%%EOF"u8];
        Assert.Equal((DocumentResult.Kept, 0), (await CleanAsync(FileKind.Pdf, pdf)) is var (result, kept) ? (result, kept.Length) : default);
    }

    [Fact]
    public async Task A_pdf_that_is_a_package_too_is_refused()
    {
        byte[] both = [.. "%PDF-1.4\n%%EOF\n"u8, .. Pictures.Zip("META-INF/MANIFEST.MF", "Evil.class")];
        Assert.Equal(DocumentResult.TwoInOne, (await CleanAsync(FileKind.Pdf, both)).Result);
    }

    [Fact]
    public async Task Photos_inside_a_word_file_lose_their_position_and_the_rest_stays()
    {
        byte[] png = Pictures.Png(30, 20, ("tEXt", [.. "GPS\0"u8, .. Encoding.ASCII.GetBytes(Pictures.Camera)]), ("eXIf", [1, 2, 3]));
        var (result, kept) = await CleanAsync(FileKind.Word, Pictures.Package(("word/document.xml", "<w:t>文字</w:t>"u8.ToArray()), ("word/media/image1.jpeg", Photo), ("word/media/image2.PNG", png)));

        Assert.Equal(DocumentResult.Cleaned, result);
        using var package = new ZipArchive(new MemoryStream(kept));
        Assert.Equal(["word/document.xml", "word/media/image1.jpeg", "word/media/image2.PNG"], package.Entries.Select(e => e.FullName));
        Assert.Equal("<w:t>文字</w:t>", Encoding.UTF8.GetString(Part(package, "word/document.xml")));
        Bare(Part(package, "word/media/image1.jpeg"));
        Bare(Part(package, "word/media/image2.PNG"));
        Assert.Equal(new ImageSize(60, 40), ImageSize.Read(new MemoryStream(Part(package, "word/media/image1.jpeg")), FileKind.Jpeg));
    }

    [Fact]
    public async Task A_word_file_without_such_photos_is_not_touched() =>
        Assert.Equal(DocumentResult.Kept, (await CleanAsync(FileKind.Word, Pictures.Package(("word/document.xml", [1]), ("word/media/a.jpg", Pictures.Jpeg(20, 20))))).Result);

    [Fact]
    public async Task A_package_that_unpacks_to_too_much_is_a_bomb() =>
        Assert.Equal(DocumentResult.Bomb, (await CleanAsync(FileKind.Excel, Pictures.Package(("xl/workbook.xml", new byte[600_000]), ("xl/a.xml", new byte[600_000])))).Result);

    [Fact]
    public async Task A_package_that_lies_about_its_length_is_a_bomb_too()
    {
        var package = Pictures.Package(("xl/workbook.xml", new byte[5_000_000]));
        foreach (var at in Places(package, BitConverter.GetBytes(5_000_000)))
        {
            BitConverter.GetBytes(10).CopyTo(package, at);
        }

        Assert.Equal(DocumentResult.Bomb, (await CleanAsync(FileKind.Excel, package)).Result);
    }

    [Fact]
    public async Task A_damaged_package_is_refused()
    {
        var package = Pictures.Package(("word/document.xml", Encoding.UTF8.GetBytes(new string('x', 2_000))));
        package.AsSpan(40, 12).Fill(0xFF);
        Assert.Equal(DocumentResult.Bomb, (await CleanAsync(FileKind.Word, package)).Result);
    }

    [Fact]
    public async Task A_chain_of_beginnings_of_pictures_is_walked_once()
    {
        byte[] link = [0xFF, 0xD8, 0xFF, 0xE0, 0, 8, 0xFF, 0xD8, 0xFF, 0xE0, 0, 8];
        byte[] pdf = [.. "%PDF-1.4\n"u8, .. Enumerable.Repeat(link, 300_000).SelectMany(l => l)];
        Assert.Equal(DocumentResult.Kept, (await CleanAsync(FileKind.Pdf, pdf)).Result);
    }

    private static void Bare(byte[] kept)
    {
        var text = Encoding.Latin1.GetString(kept);
        Assert.DoesNotContain(Pictures.Camera, text, StringComparison.Ordinal);
        Assert.DoesNotContain("GPSLatitude", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exif", text, StringComparison.Ordinal);
    }

    private static IEnumerable<int> Places(byte[] bytes, byte[] wanted)
    {
        for (var at = 0; at + wanted.Length <= bytes.Length; at++)
        {
            if (bytes.AsSpan(at, wanted.Length).SequenceEqual(wanted))
            {
                yield return at;
            }
        }
    }

    private static byte[] Part(ZipArchive package, string name)
    {
        using var memory = new MemoryStream();
        using var part = package.GetEntry(name)!.Open();
        part.CopyTo(memory);
        return memory.ToArray();
    }

    private async Task<(DocumentResult Result, byte[] Kept)> CleanAsync(FileKind kind, byte[] sent)
    {
        var (from, to) = (Path.Combine(_folder.FullName, "from"), Path.Combine(_folder.FullName, "to"));
        await File.WriteAllBytesAsync(from, sent, TestContext.Current.CancellationToken);
        var result = await _workshop.CleanAsync(kind, from, to, TestContext.Current.CancellationToken);
        return (result, File.Exists(to) ? await File.ReadAllBytesAsync(to, TestContext.Current.CancellationToken) : []);
    }
}
