using System.Buffers.Binary;

namespace Linli.Kernel.Evidence.Documents;

/// <summary>
/// The list of parts at the end of a ZIP package, looked at before anybody reads it: each entry of a few bytes costs its reader hundreds, and a
/// small package can list half a million.
/// </summary>
public static class PackageList
{
    /// <summary>Bytes: ten thousand parts with long names.</summary>
    public const int Longest = 1024 * 1024;

    private const int End = 22, Comment = ushort.MaxValue;

    /// <summary>False as well when there is no list, or a list as only packages beyond 4 GB have it.</summary>
    public static bool IsShort(Stream file)
    {
        var tail = new byte[Math.Min(file.Length, End + Comment)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        var at = tail.AsSpan().LastIndexOf("PK\x05\x06"u8);
        return at >= 0 && at + End <= tail.Length && file.Length - tail.Length + at - BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 16)) is >= 0 and <= Longest;
    }

    /// <summary>Names that lead out of the folder that somebody unpacks into, or stand twice: another program may see another part under them.</summary>
    public static bool HasTraps(IReadOnlyCollection<string> parts) =>
        parts.Any(IsTrap) || parts.Distinct(StringComparer.OrdinalIgnoreCase).Count() != parts.Count;

    private static bool IsTrap(string part) =>
        part.StartsWith('/') || part.AsSpan().IndexOfAny("\\:\0") >= 0 || part.Split('/').Contains("..") || part.Any(char.IsControl);
}
