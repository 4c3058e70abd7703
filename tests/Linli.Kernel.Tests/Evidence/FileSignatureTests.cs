using System.Text;
using Linli.Kernel.Evidence;
using Linli.Testing;

namespace Linli.Kernel.Tests.Evidence;

public sealed class FileSignatureTests
{
    public static TheoryData<string, FileKind> Files => new()
    {
        { "", FileKind.Unknown },
        { "\0\u0001\u0002\u0003", FileKind.Unknown },
        { "%PDF-1.7 …", FileKind.Pdf },
        { "GIF89a\u0001\0\u0001\0", FileKind.Gif },
        { "RIFF????WEBPVP8X", FileKind.WebP },
        { "\0\0\0\u0018ftypheic", FileKind.Heif },
        { "\0\0\0\u0018ftypavif", FileKind.Heif },
        { "\0\0\0\u0018ftypisom", FileKind.Other },
        { "<!doctype html><p>", FileKind.Other },
        { "  <svg onload='alert(1)'>", FileKind.Other },
        { "MZ\u0090\0", FileKind.Other },
        { "just a few words", FileKind.Other },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_is_known_by_its_content(string content, FileKind kind) => Assert.Equal(kind, Of(Encoding.Latin1.GetBytes(content)).Kind);

    [Fact]
    public void Pictures_and_packages_are_known_by_their_content()
    {
        Assert.Equal(FileKind.Png, Of(Pictures.Png(2, 2)).Kind);
        Assert.Equal(FileKind.Jpeg, Of(Pictures.Jpeg(2, 2)).Kind);
        Assert.Equal(FileKind.Word, Of(Pictures.Zip("[Content_Types].xml", "word/document.xml")).Kind);
        Assert.Equal(FileKind.Excel, Of(Pictures.Zip("[Content_Types].xml", "xl/workbook.xml")).Kind);
        Assert.Equal(new FileSignature(FileKind.Other, "ZIP"), Of(Pictures.Zip("photo.jpg")));
        Assert.Equal(new FileSignature(FileKind.Other, "ZIP"), Of(Pictures.Zip("photo.jpg")[..30]));
        Assert.Equal(new FileSignature(FileKind.Other, "DOCM / XLSM"), Of(Pictures.Zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")));
        Assert.Equal(new FileSignature(FileKind.Other, "DOCX / XLSX (OLE)"), Of(Pictures.Zip("[Content_Types].xml", "word/document.xml", "word/embeddings/oleObject1.bin")));
    }

    [Fact]
    public void The_size_of_a_picture_is_read_without_decoding_it()
    {
        Assert.Equal(new ImageSize(60_000, 60_000), Size(Pictures.PngOf(60_000, 60_000, []), FileKind.Png));
        Assert.Equal(new ImageSize(640, 480), Size(Pictures.WithPosition(Pictures.Jpeg(640, 480)), FileKind.Jpeg));
        Assert.Equal(new ImageSize(4_032, 3_024), Size(Pictures.Heic(4_032, 3_024), FileKind.Heif));
        Assert.Equal(new ImageSize(513, 2), Size([.. "GIF89a"u8, 1, 2, 2, 0], FileKind.Gif));
        Assert.Equal(new ImageSize(16_383, 1), Size([.. "RIFF????WEBPVP8X????"u8, 0, 0, 0, 0, 0xFE, 0x3F, 0, 0, 0, 0], FileKind.WebP));
    }

    [Fact]
    public void A_picture_without_a_whole_header_has_no_size()
    {
        Assert.Null(Size([0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0], FileKind.Jpeg));
        Assert.Null(Size([0xFF, 0xD8, 0xFF], FileKind.Jpeg));
        Assert.Null(Size(Pictures.Png(2, 2)[..20], FileKind.Png));
        Assert.Null(Size(Pictures.PngOf(-5, 4, []), FileKind.Png));
        Assert.Null(Size(Pictures.Heic(-1, 5), FileKind.Heif));
    }

    [Fact]
    public void Any_beginning_of_a_file_is_answered_without_an_exception()
    {
        foreach (var whole in new[] { Pictures.WithPosition(Pictures.Jpeg(40, 40), 6), Pictures.Png(40, 40), Pictures.Heic(40, 40), Pictures.Zip("a") })
        {
            for (var length = 0; length < whole.Length; length++)
            {
                using var stream = new MemoryStream(whole[..length]);
                if (FileSignature.Of(stream).Kind is var kind && kind.IsPhoto())
                {
                    _ = ImageSize.Read(stream, kind);
                }
            }
        }
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd.pdf")]
    [InlineData(@"C:\Users\王\现场 照片.pdf", "现场 照片.pdf")]
    [InlineData("合同.PDF", "合同.PDF")]
    [InlineData("a\u202Efdp.exe\r\n", "afdp.exe.pdf")]
    [InlineData("contract.pdf.exe", "contract.pdf.exe.pdf")]
    [InlineData("page.html", "page.html.pdf")]
    [InlineData("x\"<>|.pdf", "x.pdf")]
    [InlineData("tab\tnul\0bell\a.pdf", "tabnulbell.pdf")]
    [InlineData("👩‍🌾.pdf", "👩🌾.pdf")]
    [InlineData(".pdf", "pdf.pdf")]
    [InlineData(" .. ", null)]
    [InlineData(null, null)]
    public void A_name_is_cleaned_and_ends_as_its_content_does(string? name, string? clean) => Assert.Equal(clean, EvidenceFile.CleanName(name, FileKind.Pdf));

    [Fact]
    public void A_long_name_is_cut_before_its_extension() =>
        Assert.Equal(new string('名', 110) + ".docx", EvidenceFile.CleanName(new string('名', 500) + ".docx", FileKind.Word));

    private static FileSignature Of(byte[] file) => FileSignature.Of(new MemoryStream(file));

    private static ImageSize? Size(byte[] file, FileKind kind) => ImageSize.Read(new MemoryStream(file), kind);
}
