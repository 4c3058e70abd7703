using System.Text;

namespace Linli.Kernel.Clocks.Import;

/// <summary>A holiday file as it is uploaded or lies on disk: its bytes as text, or why that cannot be.</summary>
public static class CalendarFile
{
    private const int MostBytes = 1_000_000;

    /// <summary>Reads at most what a year's notice can have, whatever somebody sends.</summary>
    public static async Task<Outcome<CalendarYear>> ReadAsync(Stream stream, CancellationToken cancellation, string field = "file")
    {
        var bytes = new byte[MostBytes + 1];
        var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        if (length > MostBytes)
        {
            return new Failure.Invalid(field, "放假安排文件太大：最大 {0} KB，一年的安排不会超过。", MostBytes / 1_000);
        }

        if (length == 0)
        {
            return new Failure.Invalid(field, "没有文件，或者文件是空的。请选择放假安排的 JSON 或 iCalendar 文件。");
        }

        return TextOf(bytes.AsSpan(0, length)) is { } text && !text.Contains('\0', StringComparison.Ordinal)
            ? CalendarYearReader.Read(text, field)
            : new Failure.Invalid(field, "这不是文本文件。请用 JSON 或 iCalendar（.ics）文件，编码为 UTF-8。");
    }

    /// <summary>By its byte order mark; else UTF-8; else GB 18030, which older office programs still write.</summary>
    private static string? TextOf(ReadOnlySpan<byte> bytes)
    {
        var encodings = bytes is [0xFF, 0xFE, ..] ? [new UnicodeEncoding(false, true, true)]
            : bytes is [0xFE, 0xFF, ..] ? [new UnicodeEncoding(true, true, true)]
            : new Encoding[] { new UTF8Encoding(true, true), CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)! };
        foreach (var encoding in encodings)
        {
            try
            {
                return encoding.GetString(bytes).TrimStart('\uFEFF');
            }
            catch (DecoderFallbackException)
            {
                // The next one may fit.
            }
        }

        return null;
    }
}
