namespace Linli.Kernel.Areas;

/// <summary>
/// Answers "the first of these shapes that covers the point" from a raster: a field that no border passes through has one answer
/// for all its points; in the others only the shapes whose border passes through are tested exactly.
/// </summary>
internal sealed class AreaRaster
{
    private const int FieldsPerShape = 256;
    private const int FewestFields = 1 << 14;
    private const int MostFields = 1 << 24;

    // Borders are drawn this much of a field too wide, so that rounding can never leave a field unmarked.
    private const double Margin = 1e-6;
    private const int Outside = -1;

    private readonly AreaShape[] _shapes;
    private readonly double _minX, _minY, _perX, _perY;
    private readonly int _columns, _rows;

    /// <summary>Per field: the index of the shape, <see cref="Outside"/>, or -2 - the place of its list in <see cref="_lists"/>.</summary>
    private readonly int[] _fields;

    /// <summary>Per border field: how many shapes to test, these shapes in order, and the answer if none of them covers the point.</summary>
    private readonly int[] _lists;

    /// <param name="shapes">In order of precedence: where several cover a point, the first wins.</param>
    public AreaRaster(AreaShape[] shapes)
    {
        _shapes = shapes;
        if (shapes.Length == 0)
        {
            (_fields, _lists) = ([], []);
            return;
        }

        (_minX, _minY) = (shapes.Min(s => s.MinX), shapes.Min(s => s.MinY));
        double width = shapes.Max(s => s.MaxX) - _minX, height = shapes.Max(s => s.MaxY) - _minY;
        var fields = Math.Clamp((long)shapes.Length * FieldsPerShape, FewestFields, MostFields);
        _columns = (int)Math.Clamp(Math.Sqrt(fields * width / height), 1, fields);
        _rows = (int)Math.Max(1, fields / _columns);
        (_perX, _perY) = (_columns / width, _rows / height);
        _fields = new int[_columns * _rows];
        Array.Fill(_fields, Outside);
        var marks = new List<long>();
        for (var i = shapes.Length - 1; i >= 0; i--)
        {
            Paint(i, marks);
        }

        _lists = List(marks);
    }

    /// <summary>Index of the first shape that covers the point, or -1.</summary>
    public int Find(double x, double y)
    {
        double column = (x - _minX) * _perX, row = (y - _minY) * _perY;
        if (!(column >= 0 && column <= _columns && row >= 0 && row <= _rows) || _fields.Length == 0)
        {
            return Outside;
        }

        // The last column and row include their far edge.
        var field = _fields[Math.Min((int)row, _rows - 1) * _columns + Math.Min((int)column, _columns - 1)];
        if (field >= Outside)
        {
            return field;
        }

        var at = -2 - field;
        var end = at + 1 + _lists[at];
        for (var i = at + 1; i < end; i++)
        {
            if (_shapes[_lists[i]].Covers(x, y))
            {
                return _lists[i];
            }
        }

        return _lists[end];
    }

    /// <summary>The same by testing every shape: what <see cref="Find"/> must agree with.</summary>
    public int FindWithoutRaster(double x, double y) => Array.FindIndex(_shapes, s => s.Covers(x, y));

    /// <summary>
    /// Writes the shape into the fields that lie wholly in it, over those painted before, which come after it in precedence,
    /// and notes the fields that its border passes through.
    /// </summary>
    private void Paint(int index, List<long> marks)
    {
        var shape = _shapes[index];
        int left = Clamp((shape.MinX - _minX) * _perX - Margin, _columns), right = Clamp((shape.MaxX - _minX) * _perX + Margin, _columns);
        int bottom = Clamp((shape.MinY - _minY) * _perY - Margin, _rows), top = Clamp((shape.MaxY - _minY) * _perY + Margin, _rows);
        var width = right - left + 1;
        var box = new Side[width * (top - bottom + 1)];
        shape.ForEachEdge((x1, y1, x2, y2) => MarkEdge(
            (x1 - _minX) * _perX, (y1 - _minY) * _perY, (x2 - _minX) * _perX, (y2 - _minY) * _perY,
            (column, row) => box[(row - bottom) * width + column - left] = Side.Border));
        for (var at = 0; at < box.Length; at++)
        {
            var (column, row) = (left + at % width, bottom + at / width);
            if (box[at] == Side.Border)
            {
                marks.Add((long)(row * _columns + column) << 32 | (uint)index);
                continue;
            }

            // No border lies between fields that touch and are both free of it.
            box[at] = at % width > 0 && box[at - 1] != Side.Border ? box[at - 1]
                : at >= width && box[at - width] != Side.Border ? box[at - width]
                : shape.Covers(_minX + (column + 0.5) / _perX, _minY + (row + 0.5) / _perY) ? Side.In : Side.Out;
            if (box[at] == Side.In)
            {
                _fields[row * _columns + column] = index;
            }
        }
    }

    /// <summary>Every field that the edge, in field units, passes through or touches.</summary>
    private void MarkEdge(double x1, double y1, double x2, double y2, Action<int, int> mark)
    {
        if (y1 > y2)
        {
            (x1, y1, x2, y2) = (x2, y2, x1, y1);
        }

        var lastRow = Clamp(y2 + Margin, _rows);
        for (var row = Clamp(y1 - Margin, _rows); row <= lastRow; row++)
        {
            // The part of the edge inside this row.
            var from = y1 == y2 ? 0 : Math.Clamp((row - Margin - y1) / (y2 - y1), 0, 1);
            var to = y1 == y2 ? 1 : Math.Clamp((row + 1 + Margin - y1) / (y2 - y1), 0, 1);
            double xFrom = x1 + from * (x2 - x1), xTo = x1 + to * (x2 - x1);
            var lastColumn = Clamp(Math.Max(xFrom, xTo) + Margin, _columns);
            for (var column = Clamp(Math.Min(xFrom, xTo) - Margin, _columns); column <= lastColumn; column++)
            {
                mark(column, row);
            }
        }
    }

    private static int Clamp(double value, int count) => (int)Math.Clamp(value, 0, count - 1);

    /// <summary>Gives each border field its list; what covers the whole field wins over all that come after it.</summary>
    private int[] List(List<long> marks)
    {
        marks.Sort();
        var lists = new List<int>(marks.Count + marks.Count / 2);
        for (var i = 0; i < marks.Count;)
        {
            var field = (int)(marks[i] >> 32);
            var (whole, start) = (_fields[field], lists.Count);
            lists.Add(0);
            for (; i < marks.Count && (int)(marks[i] >> 32) == field; i++)
            {
                var shape = (int)(marks[i] & uint.MaxValue);
                if (whole == Outside || shape < whole)
                {
                    lists.Add(shape);
                }
            }

            lists[start] = lists.Count - start - 1;
            lists.Add(whole);
            _fields[field] = -2 - start;
        }

        return [.. lists];
    }

    private enum Side : byte
    {
        Unknown,
        Border,
        In,
        Out,
    }
}
