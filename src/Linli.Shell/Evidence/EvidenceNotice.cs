using Linli.Kernel.Evidence.Photos;
using Linli.Kernel.Evidence.Scanning;
using Linli.Kernel.Evidence.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Linli.Shell.Evidence;

/// <summary>Says once, when the server starts, what evidence needs and cannot have: libvips, the vault, the scanner.</summary>
internal sealed partial class EvidenceNotice(PhotoWorkshop workshop, IEvidenceVault vault, IEvidenceScanner scanner, ILogger<EvidenceNotice> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(async () =>
    {
        if (workshop.Shortcoming is { } shortcoming)
        {
            LogShortcoming(shortcoming);
        }

        await TryVaultAsync(stoppingToken);
        if (scanner.IsConfigured && await scanner.ScanAsync(Stream.Null, stoppingToken) is { Verdict: ScanVerdict.Away } away)
        {
            LogScanner(away.Found);
        }
    }, stoppingToken);

    private async Task TryVaultAsync(CancellationToken cancellation)
    {
        try
        {
            await vault.ListAsync(cancellation).AnyAsync(cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            LogVault(failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Shortcoming} Run npm ci in web/ and build again, or install libvips (Debian: libvips42).")]
    private partial void LogShortcoming(string shortcoming);

    [LoggerMessage(Level = LogLevel.Error, Message = "Evidence cannot be reached; files can be neither taken nor shown. Check the settings Evidence:* (docs/operate/evidence.md).")]
    private partial void LogVault(Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The scanner does not answer ({Reason}); what becomes of files until it does is the setting Evidence:WhenScannerIsAway (docs/operate/evidence.md).")]
    private partial void LogScanner(string? reason);
}
