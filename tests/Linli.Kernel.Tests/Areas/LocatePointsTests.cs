using System.Text;
using Linli.Kernel.Areas;

namespace Linli.Kernel.Tests.Areas;

public sealed class LocatePointsTests
{
    private const string Yacun = "113.214793,35.959858";

    [Fact]
    public async Task Code_and_name_come_behind_what_is_there()
    {
        var (text, done) = await RunAsync($"id,Lon,LAT,note\r\n1,{Yacun},\"a, \"\"b\"\"\nc\"\r\n2,112.0,36.0,\n");
        Assert.Equal("id,Lon,LAT,note,code,name\n1," + Yacun + ",\"a, \"\"b\"\"\nc\",140427101239,壶关县百尺镇鸦村\n2,112.0,36.0,,,\n", text);
        Assert.Equal(new LocatedPoints(2, 1, 0, 0, null, null), done);
    }

    [Fact]
    public async Task A_byte_order_mark_columns_in_any_order_and_other_systems_are_understood()
    {
        Assert.Contains("鸦村", (await RunAsync($"\ufefflat,lon\n35.959858,113.214793\n")).Text, StringComparison.Ordinal);
        Assert.Contains("鸦村", (await RunAsync("lon,lat\n113.221262,35.959817\n", CoordinateSystem.Gcj02)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_rows_stay_in_their_place_without_an_area_and_are_counted()
    {
        var (text, done) = await RunAsync(
            $"lon,lat,note\n{Yacun},ok\n,,\n113.2,\nabc,36,\nNaN,36,\n113,5,36,1,comma\n35.959858,113.214793,swapped\n\n2.35,48.85,Paris\n１１３,36,wide\n{Yacun},x,\n");
        Assert.Equal(11, text.Split('\n').Length - 1);
        Assert.Equal(2, text.Split("鸦村").Length - 1); // an empty cell too many harms nothing
        Assert.Equal(new LocatedPoints(10, 1, 6, 1, 3, 8), done);
    }

    [Theory]
    [InlineData("")]
    [InlineData("lon\n113\n")]
    [InlineData("longitude,latitude\n113,36\n")]
    [InlineData("113.2,36.1\n")]
    public async Task A_table_without_the_columns_is_refused(string csv)
    {
        using var output = new StringWriter();
        var refused = await LocatePoints.RunAsync(Shipped.Map, Bytes(csv), CoordinateSystem.Wgs84, output);
        Assert.Contains("lon", Assert.IsType<Failure.Invalid>(refused.Failure).Problems[0].Message, StringComparison.Ordinal);
        Assert.Empty(output.ToString());
    }

    [Fact]
    public async Task Another_encoding_is_refused_with_advice() =>
        Assert.Contains("UTF-8", Assert.IsType<Failure.Invalid>((await LocatePoints.RunAsync(
            Shipped.Map, new MemoryStream([.. "lon,lat,x\n113,36,"u8, 0xC4, 0xE3, 0xFF]), CoordinateSystem.Wgs84, TextWriter.Null)).Failure).Problems[0].Message, StringComparison.Ordinal);

    [Fact]
    public async Task Rows_go_out_as_they_come_in()
    {
        // Ten thousand rows have gone out before the last one comes in: the table is never held as a whole.
        var (seen, output) = (0L, new CountingWriter());
        await LocatePoints.RunAsync(Shipped.Map, new EndlessRows(20_000, row => seen = row == 19_999 ? output.Lines : seen), CoordinateSystem.Wgs84, output);
        Assert.Equal(20_001, output.Lines);
        Assert.InRange(seen, 10_000, 20_000);
    }

    private static async Task<(string Text, LocatedPoints Done)> RunAsync(string csv, CoordinateSystem system = CoordinateSystem.Wgs84)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var done = await LocatePoints.RunAsync(Shipped.Map, Bytes(csv), system, output);
        return (output.ToString(), done.Value);
    }

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    private sealed class CountingWriter : StringWriter
    {
        public long Lines { get; private set; }

        public override Task WriteLineAsync(string? value)
        {
            Lines++;
            return Task.CompletedTask;
        }
    }

    /// <summary>A file of so many rows that is made while it is read.</summary>
    private sealed class EndlessRows(int rows, Action<int> reading) : MemoryStream
    {
        private static readonly byte[] Row = Encoding.UTF8.GetBytes(Yacun + "\n");
        private int _row = -1;
        private int _at;

        public override int Read(Span<byte> buffer)
        {
            reading(_row);
            var line = _row < 0 ? "lon,lat\n"u8 : Row;
            if (_row >= rows)
            {
                return 0;
            }

            var count = Math.Min(buffer.Length, line.Length - _at);
            line.Slice(_at, count).CopyTo(buffer);
            _at += count;
            if (_at == line.Length)
            {
                (_row, _at) = (_row + 1, 0);
            }

            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    }
}
