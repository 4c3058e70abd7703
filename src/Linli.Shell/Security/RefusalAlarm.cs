using Linli.Kernel;
using Linli.Shell.Inbox;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Security;

/// <summary>Tells the administrators, and the log, when unusually many calls are refused: somebody tries doors.</summary>
internal sealed partial class RefusalAlarm(LinliDb db, RefusalCount count, Notify notify, IOptions<SecurityOptions> options, TimeProvider clock, ILoggerFactory logs)
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private readonly ILogger _log = logs.CreateLogger(RefusalLog.Category);

    public async Task LookAsync(CancellationToken cancellation)
    {
        if (count.TakeUnusual(options.Value.UnusualRefusals) is not { } refused)
        {
            return;
        }

        Unusual(refused);
        await notify.HandleAsync(new Notification([Recipients.Administrators], new NoticeText(
            "十分钟内有 {0} 次访问被拒绝，比平时多得多。请看日志里的 Linli.Security，必要时在防火墙上挡住来源。", refused)), null, cancellation);
        await db.CommitAsync(Act.BySystem("shell.refusal-alarm", clock.GetUtcNow()), cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Refused} calls were refused within ten minutes")]
    private partial void Unusual(int refused);
}
