using System.Globalization;

namespace Linli.Kernel.Evidence.Photos;

/// <summary>A decoded picture in libvips' memory.</summary>
internal sealed class VipsImage : IDisposable
{
    private nint _image;

    private VipsImage(nint image) => _image = image;

    public int Width => VipsCalls.vips_image_get_width(_image);

    public int Height => VipsCalls.vips_image_get_height(_image);

    /// <summary>Decodes a file upright, in sRGB, fitted into a square and never enlarged. What ends early counts as damaged.</summary>
    /// <exception cref="VipsException">Not a whole picture of a known format.</exception>
    public static VipsImage Thumbnail(string path, int side)
    {
        // Setting up a conversion of colours takes longer than all the rest of a small picture, so only for those that need one.
        var lazy = Open(path, side);
        if (!IsPlain(lazy))
        {
            VipsCalls.g_object_unref(lazy);
            lazy = Open(path, side, ("export_profile", "srgb"));
        }

        return Whole(lazy);
    }

    public VipsImage Thumbnail(int side) => Whole(Call("thumbnail_image", _image,
        ("width", Text(side)), ("height", Text(side)), ("size", "down")));

    /// <summary>Writes a JPEG without any metadata, transparent parts on white.</summary>
    public void SaveJpeg(string path, int quality) => Call("jpegsave", _image,
        ("filename", path), ("Q", Text(quality)), ("background", "255"), ("optimize_coding", "true"), ("interlace", "true"),
        Vips.HasKeep ? ("keep", "none") : ("strip", "true"));

    public void Dispose()
    {
        if (_image != 0)
        {
            VipsCalls.g_object_unref(_image);
            _image = 0;
        }
    }

    private static nint Open(string path, int side, params ReadOnlySpan<(string Name, string Value)> more) => Call("thumbnail", null,
        [("filename", path), ("width", Text(side)), ("height", Text(side)), ("size", "down"), ("fail_on", "truncated"), .. more]);

    /// <summary>Its numbers are sRGB or grey as they stand.</summary>
    private static bool IsPlain(nint image) => VipsCalls.vips_image_get_typeof(image, "icc-profile-data") == 0
        && VipsCalls.vips_image_get_interpretation(image) is VipsCalls.Grey or VipsCalls.StandardRgb;

    /// <summary>libvips is lazy: only a copy in memory has really been decoded, and can be used more than once.</summary>
    private static VipsImage Whole(nint lazy)
    {
        var copy = VipsCalls.vips_image_copy_memory(lazy);
        VipsCalls.g_object_unref(lazy);
        return copy == 0 ? throw VipsException.Take() : new VipsImage(copy);
    }

    /// <summary>Runs one operation by name; returns its output image, or 0 for those that write a file.</summary>
    private static nint Call(string name, nint? input, params ReadOnlySpan<(string Name, string Value)> arguments)
    {
        var operation = VipsCalls.vips_operation_new(name);
        if (operation == 0)
        {
            throw VipsException.Take();
        }

        try
        {
            if (input is { } image)
            {
                SetImage(operation, "in", image);
            }

            foreach (var (argument, value) in arguments)
            {
                if (VipsCalls.vips_object_set_argument_from_string(operation, argument, value) != 0)
                {
                    throw VipsException.Take();
                }
            }

            if (VipsCalls.vips_cache_operation_buildp(ref operation) != 0)
            {
                throw VipsException.Take();
            }

            return name.EndsWith("save", StringComparison.Ordinal) ? 0 : GetImage(operation, "out");
        }
        finally
        {
            VipsCalls.vips_object_unref_outputs(operation);
            VipsCalls.g_object_unref(operation);
        }
    }

    private static void SetImage(nint operation, string argument, nint image)
    {
        var value = default(VipsCalls.Value);
        VipsCalls.g_value_init(ref value, VipsCalls.vips_image_get_type());
        VipsCalls.g_value_set_object(ref value, image);
        VipsCalls.g_object_set_property(operation, argument, ref value);
        VipsCalls.g_value_unset(ref value);
    }

    private static nint GetImage(nint operation, string argument)
    {
        var value = default(VipsCalls.Value);
        VipsCalls.g_value_init(ref value, VipsCalls.vips_image_get_type());
        VipsCalls.g_object_get_property(operation, argument, ref value);
        var image = VipsCalls.g_object_ref(VipsCalls.g_value_get_object(ref value));
        VipsCalls.g_value_unset(ref value);
        return image;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
