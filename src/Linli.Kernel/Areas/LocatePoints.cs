using System.Globalization;
using System.Text;

namespace Linli.Kernel.Areas;

/// <summary>What became of a table of points.</summary>
/// <param name="Outside">In no area; their code and name are empty.</param>
/// <param name="Unread">Rows without two numbers, or with more cells than the header; empty too.</param>
/// <param name="Swapped">Latitude first, as it seems; empty too.</param>
/// <param name="FirstUnread">Line in the file.</param>
public sealed record LocatedPoints(int Points, int Outside, int Unread, int Swapped, int? FirstUnread, int? FirstSwapped);

/// <summary>Adds code and name of the area to each row of a table with columns lon and lat. Row by row, so that the table may be of any size.</summary>
public static class LocatePoints
{
    private static readonly string[] Needed = ["lon", "lat"];

    /// <param name="csv">UTF-8; what else it has is kept.</param>
    public static async Task<Outcome<LocatedPoints>> RunAsync(AreaMap map, Stream csv, CoordinateSystem system, TextWriter output, CancellationToken cancellation = default)
    {
        try
        {
            if (CsvTable.Read(csv) is not { } table || Needed.Any(c => !table.Columns.Contains(c, StringComparer.OrdinalIgnoreCase)))
            {
                return new Failure.Invalid("csv", "首行应为列名，并有 lon 和 lat 两列。");
            }

            await output.WriteLineAsync(CsvTable.Line([.. table.Columns, "code", "name"]));
            var done = new LocatedPoints(0, 0, 0, 0, null, null);
            foreach (var row in table.Records)
            {
                cancellation.ThrowIfCancellationRequested();
                var (found, counted) = Locate(map, row, table.Columns.Count, system, done);
                done = counted;
                await output.WriteLineAsync(CsvTable.Line([.. table.Columns.Select((_, i) => i < row.Cells.Count ? row.Cells[i] : ""), found?.Code ?? "", found?.FullName ?? ""]));
            }

            await output.FlushAsync(cancellation);
            return done;
        }
        catch (DecoderFallbackException)
        {
            return new Failure.Invalid("csv", "文件不是 UTF-8 编码。请在表格软件中另存为“CSV UTF-8”。");
        }
    }

    private static (AreaNode? Found, LocatedPoints Counted) Locate(AreaMap map, CsvRecord row, int columns, CoordinateSystem system, LocatedPoints done)
    {
        done = done with { Points = done.Points + 1 };

        // A comma too many has moved the cells: what stands under lon is not the longitude.
        if (row.Cells.Skip(columns).Any(c => !string.IsNullOrWhiteSpace(c))
            || !double.TryParse(row["lon"], NumberStyles.Float, CultureInfo.InvariantCulture, out var longitude) || !double.IsFinite(longitude)
            || !double.TryParse(row["lat"], NumberStyles.Float, CultureInfo.InvariantCulture, out var latitude) || !double.IsFinite(latitude))
        {
            return (null, done with { Unread = done.Unread + 1, FirstUnread = done.FirstUnread ?? row.Line });
        }

        var given = new GeoPoint(longitude, latitude);
        if (!Coordinates.IsInChina(given) && Coordinates.IsInChina(new GeoPoint(latitude, longitude)))
        {
            return (null, done with { Swapped = done.Swapped + 1, FirstSwapped = done.FirstSwapped ?? row.Line });
        }

        var at = Coordinates.ToWgs84(given, system);
        var found = map.Locate(at.Longitude, at.Latitude);
        return (found, found is null ? done with { Outside = done.Outside + 1 } : done);
    }
}
