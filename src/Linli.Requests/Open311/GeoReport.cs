namespace Linli.Requests.Open311;

/// <summary>The two notations of GeoReport v2.</summary>
internal enum GeoFormat
{
    Xml,
    Json,
}

/// <summary>Named values in the order in which they are written: an element with children in XML, an object in JSON.</summary>
internal sealed class GeoRecord : List<(string Name, object? Value)>
{
    public GeoRecord With(string name, object? value)
    {
        Add((name, value));
        return this;
    }
}

/// <summary>Several of one kind: repeated elements in XML, an array in JSON. Items are records or plain values.</summary>
/// <param name="Item">The element of one of them, which JSON does not name.</param>
internal sealed record GeoList(string Item, IReadOnlyList<object> Items);

/// <summary>One answer, in whichever notation was asked for.</summary>
/// <param name="Root">The outermost element.</param>
/// <param name="Body">A <see cref="GeoList"/> or a <see cref="GeoRecord"/>.</param>
internal sealed record GeoAnswer(string Root, object Body)
{
    public static GeoAnswer Of(string root, string item, IEnumerable<GeoRecord> items) => new(root, new GeoList(item, [.. items]));
}
