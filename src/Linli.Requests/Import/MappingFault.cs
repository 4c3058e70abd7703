using System.Text.Json;
using System.Text.RegularExpressions;
using Linli.Kernel;

namespace Linli.Requests.Import;

/// <summary>What is wrong in a mapping that somebody wrote, in words of the file: the reader's own speak of types of the program.</summary>
internal static partial class MappingFault
{
    /// <param name="name">The file, or nothing for what was typed.</param>
    public static Failure Of(string? name, JsonException wrong)
    {
        var where = string.IsNullOrEmpty(wrong.Path) ? "$" : wrong.Path;
        return Missing().Match(wrong.Message) is { Success: true } missing
            ? new Failure.Invalid("mapping", "映射 {0}的 {1} 里缺少 {2}。格式见 data/mappings/README.md。", Named(name), where, missing.Groups[1].Value.Replace("'", "", StringComparison.Ordinal))
            : new Failure.Invalid("mapping", "映射 {0}第 {1} 行的 {2} 读不懂：名称写错了，或者值不是要的样子。格式见 data/mappings/README.md。", Named(name), (wrong.LineNumber ?? 0) + 1, where);
    }

    private static string Named(string? name) => name is null ? "" : name + " ";

    [GeneratedRegex("required properties.*?including: (.+?)\\.", RegexOptions.CultureInvariant | RegexOptions.Singleline, 200)]
    private static partial Regex Missing();
}
