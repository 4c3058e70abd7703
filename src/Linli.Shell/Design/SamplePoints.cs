namespace Linli.Shell.Design;

/// <summary>A few made-up points for the map of the style page.</summary>
internal static class SamplePoints
{
    private static readonly (string Tone, string Icon)[] Looks = [("brand", "progress"), ("warn", "alarm"), ("good", "check"), ("info", "send"), ("special", "speakerphone")];

    public static object Some => new
    {
        Type = "FeatureCollection",
        Features = Enumerable.Range(0, 90).Select(i => new
        {
            Type = "Feature",
            Properties = new { Title = $"LL-{1000 + i}", Href = "/design", Text = "2026-11-22", Looks[i % 5].Tone, Looks[i % 5].Icon },
            Geometry = new { Type = "Point", Coordinates = new[] { 113.20 + (i * 37 % 90 / 600.0), 36.06 + (i * 53 % 90 / 700.0) } },
        }),
    };
}
