using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Linli.Requests.Import;

/// <summary>
/// Text with columns in braces, and parts in brackets that fall away when one of their columns is empty:
/// <c>[{property}：]{kind}[（{street}{community}）]</c>. Without brackets an empty column leaves nothing in its place.
/// </summary>
[JsonConverter(typeof(AsText))]
internal sealed class RowTemplate
{
    private readonly List<List<(string Text, bool IsColumn)>> _parts = [];
    private readonly List<bool> _isOptional = [];

    private RowTemplate(string text)
    {
        var (at, isOptional) = (0, false);
        List<(string, bool)> part = [];
        while (at < text.Length)
        {
            var next = text.IndexOfAny(isOptional ? ['{', ']'] : ['{', '['], at);
            if (next > at || next < 0)
            {
                part.Add((next < 0 ? text[at..] : text[at..next], false));
            }

            if (next < 0)
            {
                at = text.Length;
            }
            else if (text[next] == '{')
            {
                var end = text.IndexOf('}', next);
                if (end < 0)
                {
                    throw new JsonException($"\"{text}\" opens a brace and does not close it.");
                }

                part.Add((text[(next + 1)..end].Trim(), true));
                at = end + 1;
            }
            else
            {
                AddPart(part, isOptional);
                (part, isOptional, at) = ([], !isOptional, next + 1);
            }
        }

        if (isOptional)
        {
            throw new JsonException($"\"{text}\" opens a bracket and does not close it.");
        }

        AddPart(part, false);
    }

    public IEnumerable<string> Columns => _parts.SelectMany(p => p).Where(p => p.IsColumn).Select(p => p.Text);

    public static RowTemplate Of(string text) => new(text);

    /// <summary>The text for one row; null when nothing is left.</summary>
    /// <param name="cell">Value of a column; empty for nothing.</param>
    public string? Fill(Func<string, string> cell)
    {
        var filled = new StringBuilder();
        for (var i = 0; i < _parts.Count; i++)
        {
            var values = _parts[i].Select(p => (p.IsColumn, Value: p.IsColumn ? cell(p.Text) : p.Text)).ToList();
            if (!(_isOptional[i] && values.Any(v => v.IsColumn && v.Value.Length == 0)))
            {
                values.ForEach(v => filled.Append(v.Value));
            }
        }

        var text = filled.ToString().Trim();
        return text.Length == 0 ? null : text;
    }

    private void AddPart(List<(string, bool)> part, bool isOptional)
    {
        if (part.Count > 0)
        {
            _parts.Add(part);
            _isOptional.Add(isOptional);
        }
    }

    private sealed class AsText : JsonConverter<RowTemplate>
    {
        public override RowTemplate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Of(reader.GetString() ?? throw new JsonException("A text with columns in braces is missing."));

        public override void Write(Utf8JsonWriter writer, RowTemplate value, JsonSerializerOptions options) => throw new NotSupportedException();
    }
}
