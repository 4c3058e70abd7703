using System.Text;
using Linli.Kernel.Evidence;
using Linli.Kernel.Evidence.Photos;
using Linli.Testing;

namespace Linli.Kernel.Tests.Evidence;

public sealed class PhotoTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("linli-photos-");
    private readonly PhotoWorkshop _workshop;

    public PhotoTests() => _workshop = new PhotoWorkshop(new EvidenceOptions { Folder = _folder.FullName });

    public void Dispose()
    {
        _workshop.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Libvips_comes_with_the_front_end_packages() => Assert.Null(_workshop.Shortcoming);

    [Fact]
    public async Task A_photo_is_shrunk_and_loses_position_camera_and_comments()
    {
        var sent = Pictures.WithPosition(Pictures.Jpeg(3_000, 2_000));
        Assert.Contains(Pictures.Camera, Encoding.Latin1.GetString(sent), StringComparison.Ordinal);

        var (made, kept, thumbnail) = await MakeAsync(sent, FileKind.Jpeg);

        Assert.Equal((PhotoResult.Made, FileKind.Jpeg, new ImageSize(2_048, 1_365)), (made.Result, made.Kind, made.Size));
        Assert.Equal(new ImageSize(320, 213), Size(thumbnail));
        foreach (var bytes in new[] { kept, thumbnail })
        {
            var text = Encoding.Latin1.GetString(bytes);
            Assert.DoesNotContain(Pictures.Camera, text, StringComparison.Ordinal);
            Assert.DoesNotContain("Exif", text, StringComparison.Ordinal);
            Assert.DoesNotContain("GPS", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(1, 90, 60)]
    [InlineData(3, 90, 60)]
    [InlineData(6, 60, 90)]
    [InlineData(8, 60, 90)]
    public async Task A_photo_is_turned_upright_and_never_enlarged(ushort orientation, int width, int height)
    {
        var (made, kept, _) = await MakeAsync(Pictures.WithPosition(Pictures.Jpeg(90, 60), orientation), FileKind.Jpeg);
        Assert.Equal(new ImageSize(width, height), made.Size);
        Assert.Equal(made.Size, Size(kept));
    }

    [Fact]
    public async Task A_forty_megapixel_photo_is_taken()
    {
        var (made, _, _) = await MakeAsync(Pictures.Png(8_000, 5_000), FileKind.Png);
        Assert.Equal(new ImageSize(2_048, 1_280), made.Size);
    }

    [Fact]
    public async Task Colours_of_another_profile_become_those_of_the_web()
    {
        var picture = Pictures.Jpeg(90, 60);
        var (_, plain, _) = await MakeAsync(picture, FileKind.Jpeg);
        var (made, converted, _) = await MakeAsync(Pictures.WithSwappedColours(picture), FileKind.Jpeg);
        Assert.Equal(PhotoResult.Made, made.Result);
        Assert.NotEqual(plain, converted);
        Assert.DoesNotContain("ICC_PROFILE", Encoding.Latin1.GetString(converted), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_stands_behind_or_inside_the_picture_is_gone()
    {
        byte[] polyglot = [.. Pictures.WithPosition(Pictures.Jpeg(80, 80)), .. "<html><script>alert(1)</script>"u8, .. Pictures.Zip("a.txt")];
        var (_, kept, _) = await MakeAsync(polyglot, FileKind.Jpeg);
        Assert.DoesNotContain("script", Encoding.Latin1.GetString(kept), StringComparison.Ordinal);
        Assert.Equal([0xFF, 0xD9], kept[^2..]);
    }

    [Fact]
    public async Task A_photo_that_ends_early_counts_as_damaged()
    {
        var whole = Pictures.Jpeg(1_200, 900);
        var (made, _, _) = await MakeAsync(whole[..(whole.Length / 2)], FileKind.Jpeg);
        Assert.Equal(PhotoResult.Damaged, made.Result);
    }

    [Fact]
    public async Task A_photo_of_a_format_that_nothing_here_decodes_is_told_from_a_damaged_one()
    {
        var (made, _, _) = await MakeAsync(Pictures.Heic(4_032, 3_024), FileKind.Heif);
        Assert.Equal(PhotoResult.NotReadableHere, made.Result);
    }

    [Fact]
    public async Task Many_photos_at_once_are_all_made()
    {
        var sent = Pictures.Jpeg(1_000, 800);
        var made = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => MakeAsync(sent, FileKind.Jpeg)));
        Assert.All(made, m => Assert.Equal(PhotoResult.Made, m.Made.Result));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void Without_libvips_a_jpeg_is_stripped_and_keeps_its_orientation(ushort orientation)
    {
        byte[] sent = [.. Pictures.WithPosition(Pictures.Jpeg(90, 60), orientation), .. "<script>"u8];
        var kept = Strip(sent, FileKind.Jpeg, out var made);

        Assert.Equal(PhotoResult.Made, made.Result);
        var text = Encoding.Latin1.GetString(kept);
        Assert.DoesNotContain(Pictures.Camera, text, StringComparison.Ordinal);
        Assert.DoesNotContain("GPS", text, StringComparison.Ordinal);
        Assert.DoesNotContain("script", text, StringComparison.Ordinal);
        Assert.Equal(orientation == 6, text.Contains("Exif", StringComparison.Ordinal));
        Assert.Equal(new ImageSize(90, 60), Size(kept));
    }

    [Fact]
    public async Task A_stripped_jpeg_is_still_the_same_picture()
    {
        var kept = Strip(Pictures.WithPosition(Pictures.Jpeg(90, 60), 6), FileKind.Jpeg, out _);
        var (made, _, _) = await MakeAsync(kept, FileKind.Jpeg);
        Assert.Equal(new ImageSize(60, 90), made.Size);
    }

    [Fact]
    public async Task Without_libvips_a_png_is_stripped()
    {
        var sent = Pictures.Png(90, 60, ("tEXt", [.. "Author\0"u8, .. Encoding.ASCII.GetBytes(Pictures.Camera)]), ("eXIf", [1, 2, 3]));
        var kept = Strip([.. sent, .. "<script>"u8], FileKind.Png, out var made);

        Assert.Equal(PhotoResult.Made, made.Result);
        Assert.Equal(Pictures.Png(90, 60), kept);
        Assert.Equal(PhotoResult.Made, (await MakeAsync(kept, FileKind.Png)).Made.Result);
    }

    [Fact]
    public void Without_libvips_damaged_pictures_and_other_formats_are_refused()
    {
        var jpeg = Pictures.Jpeg(90, 60);
        var png = Pictures.Png(90, 60);
        Strip(jpeg[..^40], FileKind.Jpeg, out var cutJpeg);
        Strip(png[..^20], FileKind.Png, out var cutPng);
        Strip([.. "GIF89a"u8, 1, 0, 1, 0], FileKind.Gif, out var gif);
        Assert.Equal((PhotoResult.Damaged, PhotoResult.Damaged, PhotoResult.NotReadableHere), (cutJpeg.Result, cutPng.Result, gif.Result));
    }

    private async Task<(MadePhoto Made, byte[] Kept, byte[] Thumbnail)> MakeAsync(byte[] sent, FileKind kind)
    {
        var order = Order(sent, kind);
        var made = await _workshop.MakeAsync(order, TestContext.Current.CancellationToken);
        return made.Result == PhotoResult.Made ? (made, File.ReadAllBytes(order.To), File.ReadAllBytes(order.ThumbnailTo)) : (made, [], []);
    }

    private byte[] Strip(byte[] sent, FileKind kind, out MadePhoto made)
    {
        var order = Order(sent, kind);
        made = PhotoWorkshop.Strip(order);
        return made.Result == PhotoResult.Made ? File.ReadAllBytes(order.To) : [];
    }

    private PhotoOrder Order(byte[] sent, FileKind kind)
    {
        var path = Path.Combine(_folder.FullName, Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(path, sent);
        using var stream = new MemoryStream(sent);
        return new PhotoOrder(path, kind, ImageSize.Read(stream, kind)!.Value, path + ".to", path + ".thumb");
    }

    private static ImageSize Size(byte[] jpeg) => ImageSize.Read(new MemoryStream(jpeg), FileKind.Jpeg)!.Value;
}
