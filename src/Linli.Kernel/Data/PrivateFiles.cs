using System.Runtime.InteropServices;

namespace Linli.Kernel;

/// <summary>What Linli writes is for the system user alone that it runs as: database, keys, evidence, whatever library writes them.</summary>
public static partial class PrivateFiles
{
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>rwx for the group and for everybody else.</summary>
    private const uint NobodyElse = 0b000_111_111;

    /// <summary>From now on new files of the process get mode 600 and folders 700; SQLite's journals follow its database. Does nothing on Windows, where folders hand down their rights.</summary>
    public static void Begin()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetMask(NobodyElse);
        }
    }

    /// <summary>Takes a folder's rights away from everybody but owner and group, so that files that an older version left readable in it are out of reach; what the group may do is the operator's.</summary>
    public static void CloseFolder(string path)
    {
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) is var mode && (mode & Others) != 0)
        {
            try
            {
                File.SetUnixFileMode(path, mode & ~Others);
            }
            catch (UnauthorizedAccessException)
            {
                // a volume that belongs to somebody else: its owner decides
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint SetMask(uint mask);
}
