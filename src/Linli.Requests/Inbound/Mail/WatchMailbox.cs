using Linli.Shell.Background;
using MailKit;
using MailKit.Net.Imap;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Linli.Requests.Inbound.Mail;

/// <summary>
/// Waits at the mailbox (IMAP IDLE, RFC 2177), so that a letter is a request in seconds. Where a server cannot do it, or the line breaks, there is still
/// the look every minute.
/// </summary>
internal sealed class WatchMailbox(ReadMailbox mailbox, Mailbox line, IOptions<MailInOptions> options, IOptions<BackgroundOptions> background, ILogger<WatchMailbox> log) : BackgroundService
{
    /// <summary>Servers and routers forget lines that are silent for half an hour, some sooner.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(9);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>A server learns it when it is renewed, not within minutes; signing in each minute only to ask is what servers lock accounts for.</summary>
    internal static readonly TimeSpan WithoutIdle = TimeSpan.FromHours(6);

    /// <summary>At the mailbox now, with nothing new in it.</summary>
    public bool IsWaiting { get; private set; }

    /// <returns>After how long it is worth another try: the server cannot do it, or its certificate is wrong.</returns>
    internal async Task<TimeSpan> WatchAsync(CancellationToken stopping)
    {
        using var client = await line.OpenAsync(stopping);
        if (client is null || !client.Capabilities.HasFlag(ImapCapabilities.Idle))
        {
            return client is null ? Pause : WithoutIdle;
        }

        var inbox = await client.GetFolderAsync(options.Value.Folder, stopping);
        await inbox.OpenAsync(FolderAccess.ReadOnly, stopping);
        while (true)
        {
            using var done = new CancellationTokenSource();
            EventHandler<EventArgs> wake = (_, _) =>
            {
                if (inbox.Count > 0)
                {
                    done.Cancel();
                }
            };
            inbox.CountChanged += wake;
            try
            {
                await mailbox.RunAsync(stopping);
                done.CancelAfter(Longest);
                IsWaiting = true;
                await client.IdleAsync(done.Token, stopping);
            }
            finally
            {
                IsWaiting = false;
                inbox.CountChanged -= wake;
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (background.Value.Enabled && options.Value.IsOn && !stoppingToken.IsCancellationRequested)
        {
            var pause = Pause;
            try
            {
                pause = await WatchAsync(stoppingToken);
            }
            catch (Exception broken) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogWarning(broken, "The line to the mailbox broke; it is tried again in {Pause}", Pause);
            }

            await Task.Delay(pause, stoppingToken);
        }
    }
}
