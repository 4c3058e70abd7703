using System.CommandLine;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Microsoft.Extensions.Options;

namespace Linli.Server.Verbs;

/// <summary>linli, linli serve: answers on HTTP until told to stop.</summary>
internal static class ServeVerb
{
    public static Option<string?> Urls { get; } = new("--urls")
    {
        Description = Terminal.T["监听地址，多个用分号隔开，例如 http://0.0.0.0:8080"], HelpName = "URLS", Recursive = true,
    };

    public static Command Create()
    {
        var verb = new Command("serve", Terminal.T["启动网站（不写命令时也是它）"]);
        verb.SetAction(RunAsync);
        return verb;
    }

    public static async Task<int> RunAsync(ParseResult asked, CancellationToken cancellation) =>
        await ServeAsync(Door.Folder(asked), asked.GetValue(Urls), (_, _) => Task.CompletedTask, cancellation);

    /// <param name="ready">Called when the store is ready and before the first call is answered.</param>
    public static async Task<int> ServeAsync(DataFolder data, string? urls, Func<WebApplication, CancellationToken, Task> ready, CancellationToken cancellation, Action<WebApplicationBuilder>? adjust = null)
    {
        await using var app = LinliHost.Build(data, builder =>
        {
            if (urls is not null)
            {
                builder.WebHost.UseUrls(urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
            }

            adjust?.Invoke(builder);
        });
        DemoExposure.Ensure(app);
        ListenAddresses.EnsureFree(app.Configuration);
        app.Services.GetService<IStartupValidator>()?.Validate(); // a wrong setting is said now, not when it is first used
        await Readiness.EnsureAsync(app.Services, cancellation);
        await ready(app, cancellation);
        (await app.Services.GetRequiredService<AreaMaps>().CurrentAsync(cancellation)).Prepare(); // nobody's first call waits for it
        await app.RunAsync(cancellation);
        return 0;
    }
}
