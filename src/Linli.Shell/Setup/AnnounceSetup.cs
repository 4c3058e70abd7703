using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Linli.Shell.Setup;

/// <summary>Says at the start of a store without accounts how the first administrator is created.</summary>
internal sealed class AnnounceSetup(IServiceScopeFactory scopes, SetupToken token, ILogger<AnnounceSetup> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<SetUp>().IsNeededAsync(stoppingToken))
        {
            log.LogWarning("There are no accounts yet. Open /setup?token={Token} to create the first administrator. 还没有账号：打开 /setup?token={Same} 创建第一位管理员。", token.Value, token.Value);
        }
    }
}
