namespace Linli.Kernel.Evidence.Documents;

public enum DocumentResult
{
    Kept,

    /// <summary>Cleaned; the new file stands where it was asked for.</summary>
    Cleaned,

    /// <summary>It unpacks to more than anybody needs.</summary>
    Bomb,

    /// <summary>Two kinds of file in one.</summary>
    TwoInOne,
}

/// <summary>Makes documents fit to be kept: nothing that fills a memory, nothing that is two files in one, no positions where they can be found.</summary>
public sealed class DocumentWorkshop(EvidenceOptions options) : IDisposable
{
    // A PDF is held in memory for a moment; as many at a time as a small server bears.
    private readonly SemaphoreSlim _benches = new(2);

    public async Task<DocumentResult> CleanAsync(FileKind kind, string from, string to, CancellationToken cancellation)
    {
        await _benches.WaitAsync(cancellation);
        try
        {
            return kind == FileKind.Pdf ? await CleanPdfAsync(from, to, cancellation)
                : !await OfficePackage.IsBoundedAsync(from, options.MaxUnpackedBytes, cancellation) ? DocumentResult.Bomb
                : await OfficePackage.BlankAsync(from, to, cancellation) ? DocumentResult.Cleaned
                : DocumentResult.Kept;
        }
        finally
        {
            _benches.Release();
        }
    }

    private static async Task<DocumentResult> CleanPdfAsync(string from, string to, CancellationToken cancellation)
    {
        var pdf = await File.ReadAllBytesAsync(from, cancellation);
        if (IsPackageToo(pdf))
        {
            return DocumentResult.TwoInOne;
        }

        if (!PdfMarks.Blank(pdf))
        {
            return DocumentResult.Kept;
        }

        await File.WriteAllBytesAsync(to, pdf, cancellation);
        return DocumentResult.Cleaned;
    }

    /// <summary>A ZIP is read from its end, where a list of its parts stands; a PDF is read from its beginning. A file can be both (and a JAR).</summary>
    private static bool IsPackageToo(ReadOnlySpan<byte> pdf)
    {
        const int list = 22, comment = ushort.MaxValue;
        var tail = pdf[Math.Max(0, pdf.Length - list - comment)..];
        return tail.LastIndexOf("PK\x05\x06"u8) is >= 0 and var at && at + list <= tail.Length
            && at + list + (tail[at + 20] | (tail[at + 21] << 8)) == tail.Length;
    }

    public void Dispose() => _benches.Dispose();
}
