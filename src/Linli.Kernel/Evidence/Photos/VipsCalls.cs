using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Linli.Kernel.Evidence.Photos;

/// <summary>
/// The functions of libvips (and of GObject, which comes with it) that are used. None takes a variable number of arguments:
/// those are called differently on Apple silicon.
/// </summary>
[SuppressMessage("Style", "IDE1006", Justification = "Named as in C.")]
internal static partial class VipsCalls
{
    public const string Library = "linli-vips";

    /// <summary>VIPS_INTERPRETATION_B_W</summary>
    public const int Grey = 1;

    /// <summary>VIPS_INTERPRETATION_sRGB</summary>
    public const int StandardRgb = 22;

    /// <summary>GValue: a typed value, 24 bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Value
    {
        public nuint Type;
        public long First;
        public long Second;
    }

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int vips_init(string program);

    [LibraryImport(Library)]
    public static partial int vips_version(int part);

    [LibraryImport(Library)]
    public static partial void vips_block_untrusted_set(int state);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void vips_operation_block_set(string name, int state);

    [LibraryImport(Library)]
    public static partial void vips_cache_set_max(int operations);

    [LibraryImport(Library)]
    public static partial void vips_concurrency_set(int threads);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint vips_operation_new(string name);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int vips_object_set_argument_from_string(nint instance, string name, string value);

    [LibraryImport(Library)]
    public static partial int vips_cache_operation_buildp(ref nint operation);

    [LibraryImport(Library)]
    public static partial void vips_object_unref_outputs(nint instance);

    [LibraryImport(Library)]
    public static partial nuint vips_image_get_type();

    [LibraryImport(Library)]
    public static partial nint vips_image_copy_memory(nint image);

    [LibraryImport(Library)]
    public static partial int vips_image_get_width(nint image);

    [LibraryImport(Library)]
    public static partial int vips_image_get_height(nint image);

    /// <summary>Which space of colours the numbers mean.</summary>
    [LibraryImport(Library)]
    public static partial int vips_image_get_interpretation(nint image);

    /// <summary>0 when the image carries nothing under that name.</summary>
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nuint vips_image_get_typeof(nint image, string name);

    [LibraryImport(Library)]
    public static partial nint vips_error_buffer_copy();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int g_setenv(string name, string value, int overwrite);

    [LibraryImport(Library)]
    public static partial void g_free(nint memory);

    [LibraryImport(Library)]
    public static partial nint g_object_ref(nint instance);

    [LibraryImport(Library)]
    public static partial void g_object_unref(nint instance);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void g_object_get_property(nint instance, string name, ref Value value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void g_object_set_property(nint instance, string name, ref Value value);

    [LibraryImport(Library)]
    public static partial nint g_value_init(ref Value value, nuint type);

    [LibraryImport(Library)]
    public static partial void g_value_unset(ref Value value);

    [LibraryImport(Library)]
    public static partial nint g_value_get_object(ref Value value);

    [LibraryImport(Library)]
    public static partial void g_value_set_object(ref Value value, nint instance);
}
