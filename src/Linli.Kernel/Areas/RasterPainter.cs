using System.Numerics;

namespace Linli.Kernel.Areas;

/// <summary>What a shape does in a field that its border passes through.</summary>
/// <param name="Border">Parts of the field that the border passes through or touches, a bit for each, row by row.</param>
/// <param name="Inside">Parts that lie wholly in the shape.</param>
/// <param name="Next">What the field held before, painted by shapes that come later in precedence: -2 - the place of their mark, or the answer for all of it.</param>
internal readonly record struct RasterMark(int Shape, ulong Border, ulong Inside, int Next);

/// <summary>Paints shapes into fields, from the last in precedence to the first.</summary>
internal sealed class RasterPainter(RasterGrid grid)
{
    private const int Parts = RasterGrid.Parts;
    private const ulong FirstColumn = 0x0101010101010101, LastColumn = FirstColumn << Parts - 1;

    // Borders are drawn this much of a field too wide, so that rounding can never leave a part unmarked.
    private const double Margin = 1e-6;
    private const int Outside = -1;

    private readonly int[] _fields = new int[grid.Columns * grid.Rows];
    private readonly List<RasterMark> _marks = [];

    // The border of the shape that is being painted, in the fields of the box around it.
    private ulong[] _border = [];
    private bool[] _rowBelow = [];
    private int _left, _bottom, _width, _height;

    /// <returns>Per field: the index of the shape, <see cref="Outside"/>, or -2 - the place of the first of its marks.</returns>
    public (int[] Fields, List<RasterMark> Marks) Paint(AreaShape[] shapes)
    {
        Array.Fill(_fields, Outside);
        for (var i = shapes.Length - 1; i >= 0; i--)
        {
            Frame(shapes[i]);
            shapes[i].ForEachEdge(Draw);
            Fill(shapes[i], i);
        }

        return (_fields, _marks);
    }

    private void Frame(AreaShape shape)
    {
        (_left, _bottom) = (Clamp((shape.MinX - grid.MinX) * grid.PerX - Margin, grid.Columns), Clamp((shape.MinY - grid.MinY) * grid.PerY - Margin, grid.Rows));
        _width = Clamp((shape.MaxX - grid.MinX) * grid.PerX + Margin, grid.Columns) - _left + 1;
        _height = Clamp((shape.MaxY - grid.MinY) * grid.PerY + Margin, grid.Rows) - _bottom + 1;
        if (_border.Length < _width * _height)
        {
            _border = new ulong[_width * _height];
        }

        Array.Clear(_border, 0, _width * _height);
    }

    /// <summary>Marks every part that the edge passes through or touches.</summary>
    private void Draw(double x1, double y1, double x2, double y2)
    {
        (x1, x2) = ((x1 - grid.MinX) * grid.PerX * Parts, (x2 - grid.MinX) * grid.PerX * Parts);
        (y1, y2) = ((y1 - grid.MinY) * grid.PerY * Parts, (y2 - grid.MinY) * grid.PerY * Parts);
        if (y1 > y2)
        {
            (x1, y1, x2, y2) = (x2, y2, x1, y1);
        }

        const double margin = Margin * Parts;
        int lastRow = Clamp(y2 + margin, grid.Rows * Parts), columns = grid.Columns * Parts;
        for (var row = Clamp(y1 - margin, grid.Rows * Parts); row <= lastRow; row++)
        {
            // The part of the edge inside this row.
            var from = y1 == y2 ? 0 : Math.Clamp((row - margin - y1) / (y2 - y1), 0, 1);
            var to = y1 == y2 ? 1 : Math.Clamp((row + 1 + margin - y1) / (y2 - y1), 0, 1);
            double xFrom = x1 + from * (x2 - x1), xTo = x1 + to * (x2 - x1);
            var lastColumn = Clamp(Math.Max(xFrom, xTo) + margin, columns);
            for (var column = Clamp(Math.Min(xFrom, xTo) - margin, columns); column <= lastColumn; column++)
            {
                _border[(row / Parts - _bottom) * _width + column / Parts - _left] |= 1UL << (row % Parts * Parts + column % Parts);
            }
        }
    }

    private void Fill(AreaShape shape, int index)
    {
        if (_rowBelow.Length < _width)
        {
            _rowBelow = new bool[_width];
        }

        for (var row = 0; row < _height; row++)
        {
            var isLeftInside = false;
            for (var column = 0; column < _width; column++)
            {
                var at = row * _width + column;
                ref var field = ref _fields[(_bottom + row) * grid.Columns + _left + column];
                if (_border[at] is not 0 and var border)
                {
                    _marks.Add(new RasterMark(index, border, InsideOf(shape, border, _left + column, _bottom + row), field));
                    field = -1 - _marks.Count;
                    continue;
                }

                // No border lies between fields that touch and are both free of it.
                isLeftInside = column > 0 && _border[at - 1] == 0 ? isLeftInside
                    : row > 0 && _border[at - _width] == 0 ? _rowBelow[column]
                    : Covers(shape, _left + column + 0.5, _bottom + row + 0.5);
                _rowBelow[column] = isLeftInside;
                if (isLeftInside)
                {
                    field = index;
                }
            }
        }
    }

    /// <summary>The parts of a field without border that are in the shape; parts that hang together without border between them are so or not as one.</summary>
    private ulong InsideOf(AreaShape shape, ulong border, int column, int row)
    {
        var inside = 0UL;
        for (var open = ~border; open != 0;)
        {
            var seed = BitOperations.TrailingZeroCount(open);
            var patch = Spread(1UL << seed, open);
            if (Covers(shape, column + (seed % Parts + 0.5) / Parts, row + (seed / Parts + 0.5) / Parts))
            {
                inside |= patch;
            }

            open &= ~patch;
        }

        return inside;
    }

    private static ulong Spread(ulong patch, ulong open)
    {
        for (var before = 0UL; before != patch;)
        {
            before = patch;
            patch |= open & ((patch & ~LastColumn) << 1 | (patch & ~FirstColumn) >> 1 | patch << Parts | patch >> Parts);
        }

        return patch;
    }

    private bool Covers(AreaShape shape, double column, double row) => shape.Covers(grid.MinX + column / grid.PerX, grid.MinY + row / grid.PerY);

    private static int Clamp(double value, int count) => (int)Math.Clamp(value, 0, count - 1);
}
