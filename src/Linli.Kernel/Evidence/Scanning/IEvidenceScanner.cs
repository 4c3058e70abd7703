namespace Linli.Kernel.Evidence.Scanning;

/// <summary>What a scanner says of a file.</summary>
public enum ScanVerdict
{
    Clean,
    Infected,

    /// <summary>It did not answer, or not in time; nothing is known of the file.</summary>
    Away,
}

/// <param name="Found">What was found, or why the scanner is away; for operators and the record of acts.</param>
public sealed record ScanAnswer(ScanVerdict Verdict, string? Found = null)
{
    public static ScanAnswer Clean { get; } = new(ScanVerdict.Clean);
}

/// <summary>Port: looks for malicious software in a file.</summary>
public interface IEvidenceScanner
{
    /// <summary>False when none is configured: then files are taken as they are.</summary>
    bool IsConfigured { get; }

    /// <summary>Reads the file to its end. Never throws for a scanner that is away.</summary>
    Task<ScanAnswer> ScanAsync(Stream file, CancellationToken cancellation);
}

/// <summary>Nobody looks.</summary>
public sealed class NoScanner : IEvidenceScanner
{
    public bool IsConfigured => false;

    public Task<ScanAnswer> ScanAsync(Stream file, CancellationToken cancellation) => Task.FromResult(ScanAnswer.Clean);
}
