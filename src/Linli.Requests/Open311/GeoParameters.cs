using System.Globalization;
using Linli.Kernel;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Linli.Requests.Open311;

/// <summary>
/// The parameters of one call, from the address and from a form. Empty counts as absent; one that stands twice is refused, because nobody could say which
/// was meant. Parameters that GeoReport does not know are passed over: clients send what other endpoints want.
/// </summary>
internal sealed class GeoParameters(HttpRequest request, IFormCollection? form)
{
    public List<FieldProblem> Problems { get; } = [];

    /// <summary>Code of the area that the call is about; empty for all.</summary>
    public string Part { get; set; } = "";

    /// <summary>From the form, else from the address.</summary>
    public string? this[string name]
    {
        get
        {
            var asked = One(name, request.Query[name]);
            var sent = form is null ? null : One(name, form[name]);
            if (asked is not null && sent is not null && asked != sent)
            {
                Add(new(name, "这个参数在地址和表单里说法不同。请只留一个。"));
            }

            return sent ?? asked;
        }
    }

    /// <summary>From the form alone: what must not stand in logs of addresses.</summary>
    public string? Secret(string name) => One(name, form is null ? default : form[name]);

    public IReadOnlyList<string> List(string name) => this[name]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    public int? Number(string name, int least, int most)
    {
        if (this[name] is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Problems.Add(new(name, "请填写 {0} 到 {1} 之间的数。", least, most));
        return null;
    }

    public double? Degrees(string name)
    {
        if (this[name] is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) && double.IsFinite(degrees))
        {
            return degrees;
        }

        Problems.Add(new(name, "“{0}”不是数字。", Steps.Check.Short(text)));
        return null;
    }

    public bool Truth(string name)
    {
        switch (this[name]?.ToLowerInvariant())
        {
            case "true" or "1":
                return true;
            case not (null or "false" or "0"):
                Add(new(name, "请写 true 或 false。"));
                break;
        }

        return false;
    }

    public DateTimeOffset? Time(string name)
    {
        if (this[name] is not { } text)
        {
            return null;
        }

        if (TimeOf(text) is { } time)
        {
            return time;
        }

        Add(new(name, "“{0}”不是时间。请写成 2026-01-31T08:00:00+08:00 的样子。", Steps.Check.Short(text)));
        return null;
    }

    /// <summary>W3C date and time. Without a zone it is the jurisdiction's clock; a date alone is its midnight.</summary>
    public static DateTimeOffset? TimeOf(string text)
    {
        // A plus sign in an address is a space to whoever decodes it: "2026-11-01T00:00:00 08:00".
        text = text.Replace(' ', '+');
        if (text.Length < 10 || text[4] != '-' || !DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var plain)
            || !int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < 1900 or > 2200)   // as it was written: in another zone it may be another year
        {
            return null;
        }

        return (plain.Kind == DateTimeKind.Unspecified
            ? new DateTimeOffset(plain, LocalTime.Zone.GetUtcOffset(plain))
            : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)).ToUniversalTime();
    }

    /// <summary>The attributes of the service definition: attribute[CODE]=v, and attribute[CODE][]=v for lists; values of a list are put together with the separator of answers.</summary>
    public Dictionary<string, string?> Attributes()
    {
        var found = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, values) in form ?? FormCollection.Empty)
        {
            if (!name.StartsWith("attribute[", StringComparison.Ordinal) || name.IndexOf(']', StringComparison.Ordinal) is not (> 10 and var end))
            {
                continue;
            }

            var code = name["attribute[".Length..end];
            var isList = name[(end + 1)..] == "[]";
            var given = values.Where(v => !string.IsNullOrWhiteSpace(v)).ToList();
            if ((!isList && (given.Count > 1 || name.Length > end + 1)) || found.ContainsKey(code))
            {
                Problems.Add(new($"answers.{code}", "这个参数出现了不止一次。请只留一个；多选请写成 attribute[CODE][]。"));
            }
            else if (given.Count > 0)
            {
                found[code] = string.Join(Catalogue.FieldCheck.Separator, given);
            }
        }

        return found;
    }

    private string? One(string name, StringValues sent)
    {
        if (sent.Count > 1)
        {
            Add(new(name, "这个参数出现了不止一次。请只留一个。"));
        }

        return sent.Count == 0 || string.IsNullOrWhiteSpace(sent[0]) ? null : sent[0]!.Trim();
    }

    /// <summary>Once, however often the parameter is looked at.</summary>
    private void Add(FieldProblem problem)
    {
        if (Problems.All(p => p.Field != problem.Field))
        {
            Problems.Add(problem);
        }
    }
}
