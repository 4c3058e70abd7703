using System.Globalization;
using System.Text.Json.Nodes;
using Linli.Requests.Report;

namespace Linli.Requests.Inbound.Chat;

/// <summary>A message as the mapping reads it.</summary>
/// <param name="Keyword">The word that says it is meant for us; null where the mapping asks for one and there is none.</param>
internal sealed record ChatMessage(
    string? Id, string? Text, string? Keyword, bool IsMeant, string? Sender, string? SenderName, string? Phone, PlaceInput? Place, IReadOnlyList<string> Photos, IReadOnlyList<string> PhotoData, IReadOnlyList<string> PhotoKeys, string? Challenge, bool IsAlone);

internal static class ReadChat
{
    private const int LongestName = 50;

    public static ChatMessage Of(ChatMapping mapping, JsonNode? message)
    {
        var text = MessagePath.First(message, mapping.Text)?.Trim();
        var keyword = mapping.Keywords.FirstOrDefault(k => text?.Contains(k, StringComparison.OrdinalIgnoreCase) == true);
        var own = keyword is null ? text : text!.Replace(keyword, "", StringComparison.OrdinalIgnoreCase).Trim();
        return new ChatMessage(
            MessagePath.First(message, mapping.Id), own, keyword, mapping.Keywords.Count == 0 || keyword is not null,
            MessagePath.First(message, mapping.Sender), Short(MessagePath.First(message, mapping.SenderName)), MessagePath.First(message, mapping.Phone), PlaceOf(mapping, message),
            [.. mapping.Photos.SelectMany(p => MessagePath.All(message, p))], [.. mapping.PhotoData.SelectMany(p => MessagePath.All(message, p))], [.. mapping.PhotoKeys.SelectMany(p => MessagePath.All(message, p))],
            MessagePath.First(message, mapping.Challenge),
            mapping.Alone.Any(a => string.Equals(MessagePath.First(message, [a.Key]), a.Value, StringComparison.OrdinalIgnoreCase)));
    }

    private static PlaceInput? PlaceOf(ChatMapping mapping, JsonNode? message)
    {
        var address = MessagePath.First(message, mapping.Address);
        var (longitude, latitude) = (Number(MessagePath.First(message, mapping.Longitude)), Number(MessagePath.First(message, mapping.Latitude)));
        return address is null && longitude is null ? null : new PlaceInput(null, address, longitude, latitude, mapping.System);
    }

    private static double? Number(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Short(string? name) => name is { Length: > LongestName } ? name[..LongestName] : name;
}
