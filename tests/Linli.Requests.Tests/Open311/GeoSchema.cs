using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;

namespace Linli.Requests.Tests.Open311;

/// <summary>What a value is.</summary>
internal enum GeoKind
{
    Text,
    Truth,
    Count,
    Number,
    Time,
    Address,

    /// <summary>An element with parts.</summary>
    Record,

    /// <summary>An element with several of one kind in it; in JSON an array.</summary>
    List,
}

/// <summary>One element of an answer, as the specification has it.</summary>
/// <param name="IsNeeded">It is there and says something; otherwise it is there and may be empty.</param>
/// <param name="Words">All that it may say.</param>
/// <param name="IsOptional">It may be left out.</param>
internal sealed record GeoElement(string Name, GeoKind Kind, bool IsNeeded = false, string[]? Words = null, GeoElement[]? Parts = null, bool IsOptional = false);

/// <summary>
/// The answers of GeoReport v2, written from http://wiki.open311.org/GeoReport_v2 and the extensions in wide use, and held against what the product
/// says. Elements stand in this order, none is missing, none is added.
/// </summary>
internal static class GeoSchema
{
    public static GeoElement Discovery { get; } = new("discovery", GeoKind.Record, Parts:
    [
        new("changeset", GeoKind.Time, IsNeeded: true), new("contact", GeoKind.Text), new("key_service", GeoKind.Text),
        List("endpoints", new("endpoint", GeoKind.Record, Parts:
        [
            new("specification", GeoKind.Address, IsNeeded: true), new("url", GeoKind.Address, IsNeeded: true), new("changeset", GeoKind.Time, IsNeeded: true),
            new("type", GeoKind.Text, IsNeeded: true, Words: ["production", "test", "acceptance", "development"]),
            List("formats", new("format", GeoKind.Text, IsNeeded: true, Words: ["text/xml", "application/json"])),
        ])),
    ]);

    public static GeoElement Services { get; } = List("services", new("service", GeoKind.Record, Parts:
    [
        new("service_code", GeoKind.Text, IsNeeded: true), new("service_name", GeoKind.Text, IsNeeded: true), new("description", GeoKind.Text), new("metadata", GeoKind.Truth, IsNeeded: true),
        new("type", GeoKind.Text, IsNeeded: true, Words: ["realtime", "batch", "blackbox"]), new("keywords", GeoKind.Text), new("group", GeoKind.Text),
    ]));

    public static GeoElement Definition { get; } = new("service_definition", GeoKind.Record, Parts:
    [
        new("service_code", GeoKind.Text, IsNeeded: true),
        List("attributes", new("attribute", GeoKind.Record, Parts:
        [
            new("variable", GeoKind.Truth, IsNeeded: true), new("code", GeoKind.Text, IsNeeded: true),
            new("datatype", GeoKind.Text, IsNeeded: true, Words: ["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"]),
            new("required", GeoKind.Truth, IsNeeded: true), new("datatype_description", GeoKind.Text), new("order", GeoKind.Count, IsNeeded: true), new("description", GeoKind.Text, IsNeeded: true),
            List("values", new("value", GeoKind.Record, Parts: [new("key", GeoKind.Text, IsNeeded: true), new("name", GeoKind.Text, IsNeeded: true)])) with { IsOptional = true },
        ])),
    ]);

    public static GeoElement Requests { get; } = List("service_requests", new("request", GeoKind.Record, Parts:
    [
        new("service_request_id", GeoKind.Text, IsNeeded: true), new("status", GeoKind.Text, IsNeeded: true, Words: ["open", "closed"]), new("status_notes", GeoKind.Text),
        new("service_name", GeoKind.Text, IsNeeded: true), new("service_code", GeoKind.Text, IsNeeded: true), new("description", GeoKind.Text), new("agency_responsible", GeoKind.Text), new("service_notice", GeoKind.Text),
        new("requested_datetime", GeoKind.Time, IsNeeded: true), new("updated_datetime", GeoKind.Time, IsNeeded: true), new("expected_datetime", GeoKind.Time),
        new("address", GeoKind.Text), new("address_id", GeoKind.Text), new("zipcode", GeoKind.Text), new("lat", GeoKind.Number), new("long", GeoKind.Number), new("media_url", GeoKind.Address),
        new("extended_attributes", GeoKind.Record, IsOptional: true, Parts:
        [
            new("title", GeoKind.Text, IsNeeded: true), new("group", GeoKind.Text), new("area", GeoKind.Text), new("state", GeoKind.Text, IsNeeded: true), new("supporters", GeoKind.Count, IsNeeded: true),
            new("grade", GeoKind.Text), List("media_urls", new("media_url", GeoKind.Address, IsNeeded: true)),
        ]),
    ]));

    public static GeoElement Sent { get; } = List("service_requests", new("request", GeoKind.Record, Parts:
    [
        new("service_request_id", GeoKind.Text, IsNeeded: true, IsOptional: true), new("token", GeoKind.Text, IsNeeded: true, IsOptional: true), new("service_notice", GeoKind.Text), new("account_id", GeoKind.Text),
    ]));

    public static GeoElement Token { get; } = List("service_requests", new("request", GeoKind.Record, Parts: [new("token", GeoKind.Text, IsNeeded: true), new("service_request_id", GeoKind.Text)]));

    public static GeoElement Updates { get; } = List("service_request_updates", new("request_update", GeoKind.Record, Parts:
    [
        new("update_id", GeoKind.Text, IsNeeded: true), new("service_request_id", GeoKind.Text, IsNeeded: true), new("status", GeoKind.Text, IsNeeded: true, Words: ["open", "closed"]),
        new("updated_datetime", GeoKind.Time, IsNeeded: true), new("description", GeoKind.Text), new("media_url", GeoKind.Address),
    ]));

    public static GeoElement Errors { get; } = List("errors", new("error", GeoKind.Record, Parts:
        [new("code", GeoKind.Text, IsNeeded: true, Words: ["400", "403", "404", "429"]), new("description", GeoKind.Text, IsNeeded: true)]));

    /// <summary>What is wrong with the answer; nothing when it is as it should be.</summary>
    public static IReadOnlyList<string> FlawsOf(string xml, GeoElement element)
    {
        var flaws = new List<string>();
        var document = XDocument.Parse(xml);
        if (document.Declaration is not { Encoding: "utf-8" })
        {
            flaws.Add("no declaration with utf-8");
        }

        Look(document.Root!, element, element.Name, flaws);
        return flaws;
    }

    /// <summary>The same of the other notation; a single definition or discovery is an object, everything else an array.</summary>
    public static IReadOnlyList<string> FlawsOf(JsonElement json, GeoElement element)
    {
        var flaws = new List<string>();
        Look(json, element, element.Name, flaws);
        return flaws;
    }

    private static GeoElement List(string name, GeoElement item) => new(name, GeoKind.List, Parts: [item]);

    private static void Look(XElement found, GeoElement wanted, string path, List<string> flaws)
    {
        if (found.Name != wanted.Name || found.HasAttributes)
        {
            flaws.Add($"{path} is {found.Name} with {found.Attributes().Count()} attributes");
        }
        else if (wanted.Kind == GeoKind.List)
        {
            foreach (var (item, index) in found.Elements().Select((e, i) => (e, i)))
            {
                Look(item, wanted.Parts![0], $"{path}[{index}]", flaws);
            }
        }
        else if (wanted.Kind == GeoKind.Record)
        {
            Names([.. found.Elements().Select(e => e.Name.LocalName)], wanted, path, flaws);
            foreach (var (part, of) in found.Elements().Join(wanted.Parts!, e => e.Name.LocalName, p => p.Name, (e, p) => (e, p)))
            {
                Look(part, of, $"{path}/{of.Name}", flaws);
            }
        }
        else if (found.HasElements)
        {
            flaws.Add($"{path} has parts");
        }
        else
        {
            Value(found.Value, wanted, path, flaws);
        }
    }

    private static void Look(JsonElement found, GeoElement wanted, string path, List<string> flaws)
    {
        var kind = wanted.Kind switch { GeoKind.List => JsonValueKind.Array, GeoKind.Record => JsonValueKind.Object, _ => (JsonValueKind?)null };
        if (kind is not null && found.ValueKind != kind)
        {
            flaws.Add($"{path} is {found.ValueKind}");
        }
        else if (wanted.Kind == GeoKind.List)
        {
            foreach (var (item, index) in found.EnumerateArray().Select((e, i) => (e, i)))
            {
                Look(item, wanted.Parts![0], $"{path}[{index}]", flaws);
            }
        }
        else if (wanted.Kind == GeoKind.Record)
        {
            Names([.. found.EnumerateObject().Select(p => p.Name)], wanted, path, flaws);
            foreach (var (part, of) in found.EnumerateObject().Join(wanted.Parts!, p => p.Name, p => p.Name, (p, of) => (p.Value, of)))
            {
                Look(part, of, $"{path}/{of.Name}", flaws);
            }
        }
        else
        {
            var isRight = found.ValueKind switch
            {
                JsonValueKind.Null => true,
                JsonValueKind.True or JsonValueKind.False => wanted.Kind == GeoKind.Truth,
                JsonValueKind.Number => wanted.Kind is GeoKind.Count or GeoKind.Number,
                JsonValueKind.String => wanted.Kind is GeoKind.Text or GeoKind.Time or GeoKind.Address,
                _ => false,
            };
            if (!isRight)
            {
                flaws.Add($"{path} is {found.ValueKind}");
            }

            Value(found.ValueKind == JsonValueKind.Null ? "" : found.ToString().Replace("True", "true", StringComparison.Ordinal).Replace("False", "false", StringComparison.Ordinal), wanted, path, flaws);
        }
    }

    private static void Names(List<string> found, GeoElement wanted, string path, List<string> flaws)
    {
        var expected = wanted.Parts!.Where(p => !p.IsOptional || found.Contains(p.Name)).Select(p => p.Name);
        if (!found.SequenceEqual(expected))
        {
            flaws.Add($"{path} has {string.Join(' ', found)}");
        }
    }

    private static void Value(string text, GeoElement wanted, string path, List<string> flaws)
    {
        if (text.Length == 0)
        {
            if (wanted.IsNeeded)
            {
                flaws.Add($"{path} is empty");
            }

            return;
        }

        var isRight = wanted.Kind switch
        {
            GeoKind.Truth => text is "true" or "false",
            GeoKind.Count => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _),
            GeoKind.Number => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= 180,
            GeoKind.Time => System.Text.RegularExpressions.Regex.IsMatch(text, @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$"),
            GeoKind.Address => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https",
            _ => wanted.Words is null || wanted.Words.Contains(text),
        };
        if (!isRight)
        {
            flaws.Add($"{path} says {text}");
        }
    }
}
