using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

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
    private readonly STRtree<int> _tree = new();
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
        for (var i = 0; i < shapes.Length; i++)
        {
            _tree.Insert(new Envelope(shapes[i].MinX, shapes[i].MaxX, shapes[i].MinY, shapes[i].MaxY), i);
        }

        _tree.Build();
        _fields = new int[_columns * _rows];
        _lists = List(MarkBorders());
        FillBetweenBorders();
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

    /// <summary>The same without the raster, for building it and for testing it.</summary>
    public int FindExactly(double x, double y, IReadOnlyCollection<int>? except = null)
    {
        var hits = _tree.Query(new Envelope(x, x, y, y)).Where(i => except is null || !except.Contains(i)).Order();
        return hits.Cast<int?>().FirstOrDefault(i => _shapes[i!.Value].Covers(x, y)) ?? Outside;
    }

    /// <summary>(field, shape) pairs, sorted, once each.</summary>
    private List<(int Field, int Shape)> MarkBorders()
    {
        var marks = new List<(int, int)>();
        for (var i = 0; i < _shapes.Length; i++)
        {
            var shape = i;
            _shapes[i].ForEachEdge((x1, y1, x2, y2) => MarkEdge(
                (x1 - _minX) * _perX, (y1 - _minY) * _perY, (x2 - _minX) * _perX, (y2 - _minY) * _perY, field => marks.Add((field, shape))));
        }

        marks.Sort();
        return [.. marks.Distinct()];
    }

    /// <summary>Every field that the edge, in field units, passes through or touches.</summary>
    private void MarkEdge(double x1, double y1, double x2, double y2, Action<int> mark)
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
                mark(row * _columns + column);
            }
        }
    }

    private static int Clamp(double value, int count) => (int)Math.Clamp(value, 0, count - 1);

    private int[] List(List<(int Field, int Shape)> marks)
    {
        var lists = new List<int>(marks.Count * 2);
        for (var i = 0; i < marks.Count;)
        {
            var field = marks[i].Field;
            var shapes = new List<int>();
            for (; i < marks.Count && marks[i].Field == field; i++)
            {
                shapes.Add(marks[i].Shape);
            }

            // What covers the whole field without a border in it wins over all that come after it.
            var whole = FindExactly(_minX + (field % _columns + 0.5) / _perX, _minY + (field / _columns + 0.5) / _perY, shapes);
            var tested = whole == Outside ? shapes : shapes.Where(s => s < whole).ToList();
            _fields[field] = -2 - lists.Count;
            lists.Add(tested.Count);
            lists.AddRange(tested);
            lists.Add(whole);
        }

        return [.. lists];
    }

    private void FillBetweenBorders()
    {
        for (var row = 0; row < _rows; row++)
        {
            for (var column = 0; column < _columns; column++)
            {
                var field = row * _columns + column;
                if (_fields[field] < Outside)
                {
                    continue;
                }

                var end = field;
                while (end < (row + 1) * _columns && _fields[end] >= Outside)
                {
                    end++;
                }

                Array.Fill(_fields, AnswerOfRun(field, end), field, end - field);
                column += end - field;
            }
        }
    }

    /// <summary>No border lies between fields that touch and are both free of borders, so the row before may know the answer.</summary>
    private int AnswerOfRun(int start, int end)
    {
        for (var above = start - _columns; above >= 0 && above < end - _columns; above++)
        {
            if (_fields[above] >= Outside)
            {
                return _fields[above];
            }
        }

        return FindExactly(_minX + (start % _columns + 0.5) / _perX, _minY + (start / _columns + 0.5) / _perY);
    }
}
