using Linli.Shell.Limits.Floods;
using System.Globalization;
using Linli.Kernel;
using Linli.Requests.Catalogue;
using Linli.Requests.Privacy;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Http;

namespace Linli.Requests.Report;

/// <summary>The report form as it was sent, kept so that nothing has to be typed twice.</summary>
public sealed record ReportForm
{
    public required string Key { get; init; }
    public string? ServiceType { get; init; }

    /// <summary>Suggestions stood on the form when it was sent.</summary>
    public bool HasSeenSuggestions { get; init; }
    public string? Text { get; init; }
    public string? Area { get; init; }

    /// <summary>The area of the proposal that was chosen for the address; empty for none of them, null where nothing was proposed.</summary>
    public string? Proposed { get; init; }
    public string? Address { get; init; }
    public string? Longitude { get; init; }
    public string? Latitude { get; init; }
    public string? Name { get; init; }
    public string? Phone { get; init; }
    public string? Email { get; init; }
    public string? Home { get; init; }
    public string? OtherContact { get; init; }

    /// <summary>What is to become of numbers in the texts: see <see cref="SpottedNumbers"/>.</summary>
    public string? Numbers { get; init; }
    public string? About { get; init; }
    public string? AboutPerson { get; init; }
    public IReadOnlyDictionary<string, string?> Answers { get; init; } = new Dictionary<string, string?>();
    public IReadOnlyList<Guid> Photos { get; init; } = [];
    public Failure? Failure { get; init; }

    /// <summary>Held back during a flood: what is asked.</summary>
    public Held? Held { get; init; }

    public static ReportForm Read(IFormCollection form, IReadOnlyList<Guid> photos) => new()
    {
        Key = form["idempotencyKey"].ToString() is { Length: >= 16 and <= 100 } key ? key : Guid.NewGuid().ToString("N"),

        // A suggestion that was chosen goes before the list.
        ServiceType = form["suggested"].ToString() is { Length: > 0 } suggested ? suggested : form["serviceType"].ToString(),
        HasSeenSuggestions = form.ContainsKey("suggested"),
        Text = form["text"], Area = form["area"], Proposed = form.ContainsKey("place") ? form["place"].ToString() : null, Address = form["address"], Longitude = form["longitude"], Latitude = form["latitude"],
        Name = form["name"], Phone = form["phone"], Email = form["email"], Home = form["home"], OtherContact = form["otherContact"], Numbers = form[SpottedNumbers.Field], About = form["about"], AboutPerson = form["aboutPerson"],
        Answers = form.Keys.Where(k => k.StartsWith("answers.", StringComparison.Ordinal))
            .ToDictionary(k => k["answers.".Length..], k => (string?)string.Join(FieldCheck.Separator, form[k].Where(v => !string.IsNullOrWhiteSpace(v)))),
        Photos = photos,
    };

    /// <summary>As refused, with what is wrong in the order of the page.</summary>
    public ReportForm Refused(Failure failure) => this with
    {
        Failure = failure is Failure.Invalid invalid ? new Failure.Invalid([.. invalid.Problems.OrderBy(p => PlaceOf(p.Field))]) : failure,
    };

    private static int PlaceOf(string field) =>
        Array.IndexOf(["text", "serviceType", "answers", "area", "place", "address", "position", "photos", "phone", "name", "email", "home", "otherContact", "about", "aboutPerson", SpottedNumbers.Field], field.Split('.')[0]) is >= 0 and var place ? place : int.MaxValue;

    internal ReportRequest.Input ToInput(Channel channel) => new(
        ServiceType, Text, null, new PlaceInput(string.IsNullOrEmpty(Area) ? Proposed : Area, Address, Degrees(Longitude), Degrees(Latitude), null, FromAddress: Proposed != ""), Answers, Name, Phone, Email,
        Texts.IsEnglish ? "en" : "zh-CN", Photos, About, Key, channel, AboutPerson) { HasSeenSuggestions = HasSeenSuggestions, Home = Home, OtherContact = OtherContact };

    /// <summary>Not a number at all becomes one that no place has, so that it is refused and not lost.</summary>
    private static double? Degrees(string? text) => string.IsNullOrWhiteSpace(text) ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) ? degrees : double.NaN;
}
