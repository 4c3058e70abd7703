using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.Clocks;

namespace Linli.Requests.Catalogue;

/// <summary>
/// Reads one object of a JSON file field by field and writes down what is wrong with each, so that one import names every mistake.
/// A field that is wrong gives an empty value; the caller goes on and the import is refused at the end.
/// </summary>
internal sealed class EntryReader(string place, JsonElement element, ImportProblems problems)
{
    private const int LongestCode = 60;
    private readonly HashSet<string> _read = [];
    private readonly HashSet<string> _wrong = [];

    /// <summary>File and entry: "service-types.json › road-damage".</summary>
    public string Place => place;

    public static EntryReader Of(string list, int number, JsonElement element, ImportProblems problems)
    {
        var code = element.ValueKind == JsonValueKind.Object && element.TryGetProperty("code", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;
        var reader = new EntryReader($"{list} › {(string.IsNullOrWhiteSpace(code) ? $"#{number}" : code)}", element, problems);
        if (element.ValueKind != JsonValueKind.Object)
        {
            problems.Add(reader.Place, "应为一个对象（用花括号）。");
        }

        return reader;
    }

    public string Code(string name)
    {
        var code = Text(name, LongestCode);
        if (code.Length > 0 && !(char.IsAsciiLetterLower(code[0]) && code.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-')))
        {
            Wrong(name, "代码“{0}”应以小写字母开头，由小写字母、数字和连字符组成。", code);
        }

        return code;
    }

    public string Text(string name, int longest = 100)
    {
        var text = OptionalText(name, longest);
        Need(name, text is not null);
        return text ?? "";
    }

    public string? OptionalText(string name, int longest = 100)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            Wrong(name, "应为文字。");
            return null;
        }

        var text = value.GetString()!.Trim();
        if (text.Length > longest)
        {
            Wrong(name, "最多 {0} 个字，现在是 {1} 个字。", longest, text.Length);
        }

        return text.Length == 0 ? null : text;
    }

    /// <summary>A word of the enumeration, written like "afterCheck" or "next-day".</summary>
    public T Choice<T>(string name) where T : struct, Enum
    {
        var word = Text(name);
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(value.ToString(), word.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        if (word.Length > 0)
        {
            Wrong(name, "“{0}”不认识，应为 {1} 之一。", word, string.Join(", ", Enum.GetNames<T>().Select(n => char.ToLowerInvariant(n[0]) + n[1..])));
        }

        return default;
    }

    public bool Flag(string name)
    {
        if (Find(name) is { } value && value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Wrong(name, "应为 true 或 false。");
            return false;
        }

        return Find(name)?.ValueKind == JsonValueKind.True;
    }

    public double RequiredNumber(string name, double least, double most)
    {
        var number = Number(name, least, most);
        Need(name, number is not null);
        return number ?? least;
    }

    public double? Number(string name, double least, double most)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= least && number <= most)
        {
            return number;
        }

        Wrong(name, "应为 {0} 到 {1} 之间的数。", least, most);
        return null;
    }

    public List<string> Words(string name, int least)
    {
        var words = new List<string>();
        foreach (var value in Find(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().ToList() : [])
        {
            if (value.ValueKind == JsonValueKind.String && value.GetString()!.Trim() is { Length: > 0 and <= 60 } word)
            {
                words.Add(word);
            }
            else
            {
                Wrong(name, "“{0}”不是 1 至 60 个字的词。", value.ToString());
            }
        }

        if (words.Count < least)
        {
            Wrong(name, "应为至少有 {0} 个词的列表。", least);
        }

        return words;
    }

    /// <summary>A list that may be left out or empty.</summary>
    public List<string>? OptionalWords(string name) => Find(name) is null ? null : Words(name, 0);

    public IEnumerable<EntryReader> Entries(string name)
    {
        if (Find(name) is not { } value)
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Wrong(name, "应为列表（用方括号）。");
            return [];
        }

        return [.. value.EnumerateArray().Index().Select(e => Of($"{place} › {name}", e.Index + 1, e.Item, problems))];
    }

    public EntryReader? Object(string name)
    {
        if (Find(name) is { ValueKind: JsonValueKind.Object } value)
        {
            return new EntryReader($"{place} › {name}", value, problems);
        }

        Wrong(name, "应为一个对象（用花括号）。");
        return null;
    }

    /// <summary>Budgets by name, in their canonical text.</summary>
    public Dictionary<string, string> Budgets(IReadOnlyCollection<string> required, IReadOnlyCollection<string> optional)
    {
        var budgets = new Dictionary<string, string>();
        foreach (var name in required.Concat(optional))
        {
            var text = required.Contains(name) ? Text(name) : OptionalText(name) ?? "";
            if (text.Length == 0)
            {
                continue;
            }

            var budget = Budget.Parse(text, $"{place} › {name}");
            if (budget.Succeeded)
            {
                budgets[name] = budget.Value.ToString();
            }
            else
            {
                foreach (var problem in ((Failure.Invalid)budget.Failure).Problems)
                {
                    problems.Add(problem);
                }
            }
        }

        return budgets;
    }

    public void Wrong(string name, string message, params object[] values)
    {
        _wrong.Add(name);
        problems.Add($"{place} › {name}", message, values);
    }

    /// <summary>Names what nobody asked for: most often a slip of the pen.</summary>
    public void End()
    {
        foreach (var name in element.ValueKind == JsonValueKind.Object ? element.EnumerateObject().Select(p => p.Name).Where(n => !_read.Contains(n)).ToList() : [])
        {
            Wrong(name, "没有这样的一项，可能写错了。");
        }
    }

    private void Need(string name, bool isThere)
    {
        if (!isThere && !_wrong.Contains(name))
        {
            Wrong(name, "缺少这一项。");
        }
    }

    private JsonElement? Find(string name)
    {
        _read.Add(name);
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }
}
