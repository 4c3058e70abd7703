using Linli.Kernel.Evidence;
using Linli.Kernel.Evidence.Photos;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Linli.Shell.Evidence;

/// <summary>Removes what nobody claimed, an hour after the start and then once a day; says at the start when photos cannot be shrunk.</summary>
internal sealed partial class EvidenceSweeper(IServiceScopeFactory scopes, PhotoWorkshop workshop, IConfiguration configuration, TimeProvider clock, ILogger<EvidenceSweeper> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        if (workshop.Shortcoming is { } shortcoming)
        {
            LogShortcoming(shortcoming);
        }

        if (!configuration.GetValue("Background:Enabled", true))
        {
            return;
        }

        var wait = TimeSpan.FromHours(1);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(wait, clock, stoppingToken);
                wait = TimeSpan.FromDays(1);
                await using var scope = scopes.CreateAsyncScope();
                var removed = await scope.ServiceProvider.GetRequiredService<EvidenceRemoval>().SweepAsync(clock.GetUtcNow(), stoppingToken);
                LogSwept(removed);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is System.Data.Common.DbException or IOException or UnauthorizedAccessException or InvalidOperationException)
            {
                LogFailed(exception);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Shortcoming} Run npm ci in web/ and build again, or install libvips (Debian: libvips42).")]
    private partial void LogShortcoming(string shortcoming);

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Count} uploads that no record used.")]
    private partial void LogSwept(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Unused uploads could not be removed; trying again tomorrow.")]
    private partial void LogFailed(Exception exception);
}
