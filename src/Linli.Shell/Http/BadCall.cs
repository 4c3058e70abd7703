using System.Text.Json;
using System.Text.RegularExpressions;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Http;

namespace Linli.Shell.Http;

/// <summary>Says what is wrong with a call that could not be read: which parameter, which field, which line.</summary>
internal static partial class BadCall
{
    private const int MostShown = 60;

    /// <summary>Null when there is nothing better to say than the status does.</summary>
    public static string? Of(Exception? error, Texts texts) => error switch
    {
        BadHttpRequestException { InnerException: JsonException unknown } when Unmapped().Match(unknown.Message) is { Success: true } found =>
            texts["没有“{0}”这一项。请检查拼写；每个接口收哪些项见 /api。", Short(found.Groups["name"].Value)],
        BadHttpRequestException { InnerException: JsonException twice } when Duplicate().Match(twice.Message) is { Success: true } found =>
            texts["“{0}”这一项写了两次。请只留一个。", Short(found.Groups["name"].Value)],
        BadHttpRequestException { InnerException: JsonException { Path: { Length: > 1 } path } } when path != "$" =>
            texts["“{0}”这一项的内容不能用：类型不对，或者不是允许的值。允许的值见 /api。", path.TrimStart('$').TrimStart('.')],
        BadHttpRequestException { InnerException: JsonException { LineNumber: { } line, BytePositionInLine: { } position } } =>
            texts["JSON 写错了：第 {0} 行，第 {1} 个字节附近。", line + 1, position + 1],
        BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } bad when Unbound().Match(bad.Message) is { Success: true } found =>
            texts["参数 {0} 不能是“{1}”。", InAddress(found), Short(found.Groups["value"].Value)],
        BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } bad when Missing().Match(bad.Message) is { Success: true } found =>
            texts["缺少参数 {0}。", InAddress(found)],
        _ => null,
    };

    private static string InAddress(Match found) => JsonNamingPolicy.CamelCase.ConvertName(found.Groups["name"].Value);

    private static string Short(string value) => value.Length <= MostShown ? value : value[..MostShown] + "…";

    [GeneratedRegex("^The JSON property '(?<name>.*)' could not be mapped to any \\.NET member", RegexOptions.Singleline | RegexOptions.CultureInvariant, 200)]
    private static partial Regex Unmapped();

    [GeneratedRegex("^Duplicate property '(?<name>.*)' encountered during deserialization", RegexOptions.Singleline | RegexOptions.CultureInvariant, 200)]
    private static partial Regex Duplicate();

    // As the framework words it; tests hold that it still does.
    [GeneratedRegex("^Failed to bind parameter \"\\S+ (?<name>\\S+)\" from \"(?<value>.*)\"\\.$", RegexOptions.Singleline | RegexOptions.CultureInvariant, 200)]
    private static partial Regex Unbound();

    [GeneratedRegex("^Required parameter \"\\S+ (?<name>\\S+)\" was not provided", RegexOptions.CultureInvariant, 200)]
    private static partial Regex Missing();
}
