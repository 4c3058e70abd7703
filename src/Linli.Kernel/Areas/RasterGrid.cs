namespace Linli.Kernel.Areas;

/// <summary>How the plane is divided into the fields of an <see cref="AreaRaster"/>.</summary>
internal sealed record RasterGrid(double MinX, double MinY, double PerX, double PerY, int Columns, int Rows)
{
    /// <summary>A field with a border in it is divided once more, into so many parts in each direction.</summary>
    public const int Parts = 8;
    public const int PartsOfBlock = Parts * Parts;

    private const int FieldsPerShape = 192;
    private const int FewestFields = 1 << 12;
    private const int MostFields = 1 << 24;

    public static RasterGrid Over(AreaShape[] shapes)
    {
        if (shapes.Length == 0)
        {
            return new RasterGrid(double.NaN, double.NaN, 0, 0, 0, 0); // no point lies in it
        }

        double minX = shapes.Min(s => s.MinX), minY = shapes.Min(s => s.MinY), width = shapes.Max(s => s.MaxX) - minX, height = shapes.Max(s => s.MaxY) - minY;
        var fields = Math.Clamp((long)shapes.Length * FieldsPerShape, FewestFields, MostFields);
        var columns = (int)Math.Clamp(Math.Sqrt(fields * width / height), 1, fields);
        var rows = (int)Math.Max(1, fields / columns);
        return new RasterGrid(minX, minY, columns / width, rows / height, columns, rows);
    }
}
