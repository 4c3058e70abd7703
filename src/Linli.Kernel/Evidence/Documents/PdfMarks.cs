namespace Linli.Kernel.Evidence.Documents;

/// <summary>
/// Takes positions out of a PDF where they stand in the open: in the JPEGs that scanning apps put into it as they come from the camera,
/// and in packets of XMP. Lengths stay, so its table of contents stays right. A PDF that carries a signature stays as it is:
/// an electronic contract must still verify. What is packed or encrypted is not looked into.
/// </summary>
internal static class PdfMarks
{
    /// <returns>Whether anything was blanked.</returns>
    public static bool Blank(Span<byte> pdf)
    {
        if (pdf.IndexOf("/ByteRange"u8) >= 0)
        {
            return false;
        }

        return PictureMarks.Blank(pdf) | BlankPackets(pdf);
    }

    private static bool BlankPackets(Span<byte> pdf)
    {
        var blanked = false;
        for (var at = 0; pdf[at..].IndexOf("<x:xmpmeta"u8) is >= 0 and var begin; )
        {
            var start = at + begin;
            var length = pdf[start..].IndexOf("</x:xmpmeta>"u8);
            if (length < 0)
            {
                break;
            }

            pdf.Slice(start, length + "</x:xmpmeta>"u8.Length).Fill((byte)' ');
            blanked = true;
            at = start + length;
        }

        return blanked;
    }
}
