namespace Linli.Kernel.Audit;

/// <summary>Small files that are there whole or not at all, for their owner alone.</summary>
internal static class SafeFile
{
    /// <summary>Leaves a file alone that another process has just written.</summary>
    public static void WriteNew(string path, string text) => Write(path, text, overwrite: false);

    public static void Write(string path, string text) => Write(path, text, overwrite: true);

    private static void Write(string path, string text, bool overwrite)
    {
        var folder = Path.GetDirectoryName(path)!;
        MakeFolder(folder);
        var draft = Path.Combine(folder, $".{Guid.NewGuid():N}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(draft, options))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, path, overwrite);
        }
        catch (IOException) when (!overwrite && File.Exists(path))
        {
            File.Delete(draft);
        }
    }

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
