using System.Numerics;

namespace Linli.Kernel.Areas;

/// <summary>
/// Answers "the first of these shapes that covers the point" from a raster of two levels. A field that no border passes through has one
/// answer for all its points; the others have a block of eight by eight, and only in those parts of it that a border passes through are
/// the shapes concerned tested exactly.
/// </summary>
internal sealed class AreaRaster
{
    private const int Outside = -1;
    private const int TestExactly = 0xF;

    // A block: its parts, four bits each, then its list.
    private const int BitsOfPart = 4, PartsOfInt = 32 / BitsOfPart, ListAt = RasterGrid.PartsOfBlock / PartsOfInt;

    private readonly AreaShape[] _shapes;
    private readonly RasterGrid _grid;

    /// <summary>Per field: the index of the shape, <see cref="Outside"/>, or -2 - the place of its block in <see cref="_blocks"/>.</summary>
    private readonly int[] _fields;

    /// <summary>
    /// For each field with a border: 64 parts, row by row, that say which entry of the list that follows has their answer, or
    /// <see cref="TestExactly"/>; then that list: the shapes whose border passes through, in order, and -2 - the answer where none of them covers the point.
    /// </summary>
    private readonly int[] _blocks;

    /// <param name="shapes">In order of precedence: where several cover a point, the first wins.</param>
    public AreaRaster(AreaShape[] shapes)
    {
        _shapes = shapes;
        _grid = RasterGrid.Over(shapes);
        (_fields, var marks) = new RasterPainter(_grid).Paint(shapes);
        _blocks = BlocksOf(_fields, marks);
    }

    /// <summary>Index of the first shape that covers the point, or -1.</summary>
    public int Find(double x, double y)
    {
        double column = (x - _grid.MinX) * _grid.PerX, row = (y - _grid.MinY) * _grid.PerY;
        if (!(column >= 0 && column <= _grid.Columns && row >= 0 && row <= _grid.Rows))
        {
            return Outside;
        }

        // The last column and row include their far edge.
        int c = Math.Min((int)column, _grid.Columns - 1), r = Math.Min((int)row, _grid.Rows - 1);
        var field = _fields[r * _grid.Columns + c];
        if (field >= Outside)
        {
            return field;
        }

        var block = -2 - field;
        int partX = Math.Min((int)((column - c) * RasterGrid.Parts), RasterGrid.Parts - 1), partY = Math.Min((int)((row - r) * RasterGrid.Parts), RasterGrid.Parts - 1);
        var part = _blocks[block + partY] >>> partX * BitsOfPart & TestExactly;
        var list = block + ListAt;
        if (part == TestExactly)
        {
            return Test(x, y, list);
        }

        var entry = _blocks[list + part];
        return entry >= 0 ? entry : -2 - entry;
    }

    private int Test(double x, double y, int at)
    {
        for (; _blocks[at] >= 0; at++)
        {
            if (_shapes[_blocks[at]].Covers(x, y))
            {
                return _blocks[at];
            }
        }

        return -2 - _blocks[at];
    }

    /// <summary>The same by testing every shape: what <see cref="Find"/> must agree with.</summary>
    public int FindWithoutRaster(double x, double y) => Array.FindIndex(_shapes, s => s.Covers(x, y));

    /// <summary>Gives each field with a border its block, and says so in the field.</summary>
    private static int[] BlocksOf(int[] fields, List<RasterMark> marks)
    {
        // At most all marks, a list's end for each field, and the parts.
        var withBorder = fields.Count(f => f < Outside);
        var blocks = new int[marks.Count + withBorder * (1 + ListAt)];
        var end = 0;
        foreach (ref var field in fields.AsSpan())
        {
            if (field < Outside)
            {
                var start = end;
                end = Fill(blocks, start, field, marks);
                field = -2 - start;
            }
        }

        return end == blocks.Length ? blocks : blocks[..end];
    }

    private static int Fill(int[] blocks, int start, int chain, List<RasterMark> marks)
    {
        var (open, exact, end) = (ulong.MaxValue, 0UL, start + ListAt);
        for (; chain < Outside && open != 0; chain = marks[-2 - chain].Next)
        {
            var mark = marks[-2 - chain];
            exact |= open & mark.Border;
            Write(open & mark.Inside, end - start - ListAt);
            open &= ~mark.Inside;
            blocks[end++] = mark.Shape;
        }

        // Where nothing is open, the shapes so far have an answer for every point.
        blocks[end] = -2 - Math.Max(chain, Outside);
        Write(open, end - start - ListAt);
        Write(exact, TestExactly);
        return end + 1;

        // More shapes than a part can tell apart are tested exactly.
        void Write(ulong parts, int place)
        {
            for (; parts != 0; parts &= parts - 1)
            {
                var part = BitOperations.TrailingZeroCount(parts);
                blocks[start + part / PartsOfInt] &= ~(TestExactly << part % PartsOfInt * BitsOfPart);
                blocks[start + part / PartsOfInt] |= Math.Min(place, TestExactly) << part % PartsOfInt * BitsOfPart;
            }
        }
    }
}
