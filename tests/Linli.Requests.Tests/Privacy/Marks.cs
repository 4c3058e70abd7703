using System.Globalization;

namespace Linli.Requests.Tests.Privacy;

/// <summary>Personal data that stands nowhere else in the world: each is looked for by the part of it that no mask leaves standing.</summary>
internal sealed class Marks
{
    private readonly List<(string Where, string Trace)> _all = [];
    private int _next = 10;

    public IReadOnlyList<(string Where, string Trace)> All => _all;

    public string Phone(string where)
    {
        var tail = Next();
        _all.Add((where, $"977{tail}5501"));   // longer than what chance puts into an id
        return $"13977{tail}5501";
    }

    /// <summary>With a surname that the mask may show.</summary>
    public string Name(string where) => Kept(where, $"郝{(char)('一' + 97 * _next)}{(char)('丁' + 89 * Next())}"[..3], from: 1);

    public string Email(string where) => Kept(where, $"mark{Next()}zz@example.org", from: 1, to: 8);

    public string Words(string where) => Kept(where, $"紫团路{Next()}号院暗记");

    public string File(string where) => Kept(where, $"mark{Next()}holiday.jpg");

    /// <summary>A valid one (GB 11643).</summary>
    public string IdNumber(string where)
    {
        var body = $"14042719870101{Next():000}";
        var sum = body.Select((c, i) => (c - '0') * ((1 << (17 - i)) % 11)).Sum();
        return Kept(where, body + "10X98765432"[sum % 11], from: 6, to: 17);
    }

    /// <summary>What a telephone wrote into a picture, in EXIF, XMP and a comment.</summary>
    public byte[] Picture(string where)
    {
        Kept(where, Testing.Pictures.Camera);
        return Testing.Pictures.WithPosition(Testing.Pictures.Jpeg(64, 48));
    }

    private int Next() => _next++;

    private string Kept(string where, string mark, int from = 0, int? to = null)
    {
        _all.Add((where, mark[from..(to ?? mark.Length)]));
        return mark;
    }

    /// <summary>Those that can be read in a text, with where they were planted.</summary>
    public IEnumerable<string> In(string text) => _all.Where(m => text.Contains(m.Trace, StringComparison.Ordinal)).Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Where} ({m.Trace})"));
}
