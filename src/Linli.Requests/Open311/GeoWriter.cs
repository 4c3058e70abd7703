using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;
using Linli.Shell.Text;

namespace Linli.Requests.Open311;

/// <summary>Writes an answer as XML or as JSON. Times carry the zone of the jurisdiction; what no XML can carry becomes U+FFFD in both.</summary>
internal static class GeoWriter
{
    private const char Replacement = '\uFFFD';

    private static readonly XmlWriterSettings XmlStyle = new() { Encoding = new UTF8Encoding(false), Indent = false, CloseOutput = false, NewLineHandling = NewLineHandling.Entitize };
    private static readonly JsonWriterOptions JsonStyle = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(GeoAnswer answer, GeoFormat format)
    {
        using var bytes = new MemoryStream();
        if (format == GeoFormat.Xml)
        {
            using var xml = XmlWriter.Create(bytes, XmlStyle);
            xml.WriteStartDocument();
            WriteXml(xml, answer.Root, answer.Body);
            xml.WriteEndDocument();
            xml.Flush();
        }
        else
        {
            using var json = new Utf8JsonWriter(bytes, JsonStyle);
            WriteJson(json, answer.Body);
            json.Flush();
        }

        return bytes.ToArray();
    }

    private static void WriteXml(XmlWriter xml, string name, object? value)
    {
        xml.WriteStartElement(name);
        switch (value)
        {
            case GeoRecord record:
                foreach (var (child, inner) in record)
                {
                    WriteXml(xml, child, inner);
                }

                break;
            case GeoList list:
                foreach (var item in list.Items)
                {
                    WriteXml(xml, list.Item, item);
                }

                break;
            default:
                xml.WriteString(TextOf(value));
                break;
        }

        xml.WriteEndElement();
    }

    private static void WriteJson(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case GeoRecord record:
                json.WriteStartObject();
                foreach (var (child, inner) in record)
                {
                    json.WritePropertyName(child);
                    WriteJson(json, inner);
                }

                json.WriteEndObject();
                break;
            case GeoList list:
                json.WriteStartArray();
                foreach (var item in list.Items)
                {
                    WriteJson(json, item);
                }

                json.WriteEndArray();
                break;
            case null:
                json.WriteNullValue();
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            default:
                json.WriteStringValue(TextOf(value));
                break;
        }
    }

    private static string TextOf(object? value) => value switch
    {
        null => "",
        string text => Clean(text),
        bool truth => truth ? "true" : "false",
        DateTimeOffset time => LocalTime.Of(time).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException($"GeoReport has no way to write {value.GetType().Name}."),
    };

    /// <summary>Control characters, halves of surrogate pairs, U+FFFE and U+FFFF: nobody types them on purpose, and one of them makes a whole XML document unreadable.</summary>
    internal static string Clean(string text)
    {
        var isClean = true;
        for (var i = 0; i < text.Length && isClean; i++)
        {
            isClean = IsPair(text, i) ? ++i > 0 : XmlConvert.IsXmlChar(text[i]);
        }

        if (isClean)
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (IsPair(text, i))
            {
                clean.Append(text, i++, 2);
            }
            else
            {
                clean.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : Replacement);
            }
        }

        return clean.ToString();
    }

    private static bool IsPair(string text, int at) => at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]);
}
