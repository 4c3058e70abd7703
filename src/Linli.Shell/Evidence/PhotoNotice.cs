using Linli.Kernel.Evidence.Photos;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Linli.Shell.Evidence;

/// <summary>Says once, when the server starts, that photos cannot be shrunk here.</summary>
internal sealed partial class PhotoNotice(PhotoWorkshop workshop, ILogger<PhotoNotice> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() =>
    {
        if (workshop.Shortcoming is { } shortcoming)
        {
            LogShortcoming(shortcoming);
        }
    }, stoppingToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Shortcoming} Run npm ci in web/ and build again, or install libvips (Debian: libvips42).")]
    private partial void LogShortcoming(string shortcoming);
}
