using System.Reflection;
using System.Runtime.InteropServices;

namespace Linli.Kernel.Evidence.Photos;

/// <summary>Finds and starts libvips, once per process, with everything switched off that photos do not need.</summary>
internal static class Vips
{
    /// <summary>The formats that are decoded; a file that looks like anything else never reaches a decoder.</summary>
    private static readonly string[] Loaders =
        ["VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp", "VipsForeignLoadNsgif", "VipsForeignLoadHeif"];

    private static readonly Lock Gate = new();
    private static string? _wanted;
    private static bool _isTried;
    private static string? _reason;

    /// <summary>From 8.15 on, "keep" replaced "strip".</summary>
    public static bool HasKeep { get; private set; }

    /// <summary>Null when libvips is ready, else why it is not. The library named first in a process is the one that is used.</summary>
    public static string? Load(string? library)
    {
        lock (Gate)
        {
            if (!_isTried)
            {
                _isTried = true;
                _wanted = library;
                _reason = Start();
            }

            return _reason;
        }
    }

    private static string? Start()
    {
        NativeLibrary.SetDllImportResolver(typeof(VipsCalls).Assembly, (name, _, _) => name == VipsCalls.Library ? Find() : 0);
        try
        {
            // Damaged photos are answered to their sender; libvips need not write to the terminal about them.
            _ = VipsCalls.g_setenv("VIPS_WARNING", "off", 1);
            if (VipsCalls.vips_init("linli") != 0)
            {
                return VipsException.TakeError();
            }

            var (major, minor) = (VipsCalls.vips_version(0), VipsCalls.vips_version(1));
            if (major != 8 || minor < 13)
            {
                return $"version {major}.{minor} is older than 8.13 and cannot block unsafe loaders";
            }

            HasKeep = minor >= 15;
            VipsCalls.vips_block_untrusted_set(1);
            VipsCalls.vips_operation_block_set("VipsForeignLoad", 1);
            foreach (var loader in Loaders)
            {
                VipsCalls.vips_operation_block_set(loader, 0);
            }

            // Photos come one by one and never twice: nothing to remember; the bench count bounds the work, not this.
            VipsCalls.vips_cache_set_max(0);
            VipsCalls.vips_concurrency_set(2);
            return null;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            return exception is DllNotFoundException ? "no library libvips found" : exception.Message;
        }
    }

    private static nint Find()
    {
        foreach (var path in Candidates())
        {
            if (NativeLibrary.TryLoad(path, out var handle))
            {
                return handle;
            }
        }

        return 0;
    }

    private static IEnumerable<string> Candidates()
    {
        if (_wanted is not null)
        {
            return [_wanted];
        }

        var beside = Path.Combine(AppContext.BaseDirectory, "native");
        IEnumerable<string> own = Directory.Exists(beside) ? Directory.EnumerateFiles(beside, "libvips*").Order(StringComparer.Ordinal) : [];
        return [.. own, "libvips.so.42", "libvips.42.dylib", "libvips-42.dll"];
    }
}

/// <summary>libvips refused; the picture is damaged or not of a format that it reads.</summary>
internal sealed class VipsException(string message) : Exception(message)
{
    public static string TakeError()
    {
        var text = VipsCalls.vips_error_buffer_copy();
        var message = Marshal.PtrToStringUTF8(text) ?? "";
        VipsCalls.g_free(text);
        return message.Trim();
    }

    public static VipsException Take() => new(TakeError());
}
