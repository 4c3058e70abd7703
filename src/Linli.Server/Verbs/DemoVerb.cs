using System.CommandLine;
using Linli.Kernel;
using Linli.Server.Demo;
using Linli.Shell.Accounts;
using Linli.Shell.Site;
using Spectre.Console;

namespace Linli.Server.Verbs;

/// <summary>linli demo: founds the demo county in an empty store, says who can sign in, and serves it.</summary>
internal static class DemoVerb
{
    private static readonly Option<bool> Public = new("--public") { Description = Terminal.T["允许别的机器访问演示；所有密码都是公开的"] };

    public static Command Create()
    {
        var verb = new Command("demo", Terminal.T["在空数据库里建立演示县，打印地址和各角色的登录，然后启动网站"]) { Public };
        verb.SetAction((asked, cancellation) =>
        {
            var data = Door.Folder(asked);
            return ServeVerb.ServeAsync(data, asked.GetValue(ServeVerb.Urls), (app, c) => FoundAsync(data, app, c), cancellation, builder =>
            {
                builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning); // the welcome says it better
                builder.Services.Configure<SiteOptions>(site => (site.Demo, site.OpenDemo) = (true, site.OpenDemo || asked.GetValue(Public)));
                builder.Services.AddSingleton(new DemoLogins(DemoCounty.Accounts()));
            });
        });
        return verb;
    }

    private static async Task FoundAsync(DataFolder data, WebApplication app, CancellationToken cancellation)
    {
        await AnsiConsole.Progress().AutoClear(true).HideCompleted(true).StartAsync(async view =>
        {
            var task = view.AddTask(Markup.Escape(Terminal.T["建立演示县（只有第一次需要）"]), maxValue: 1);
            await DemoCounty.FoundAsync(data, app, new Progress<double>(share => task.Value = share), cancellation);
            task.Value = 1;
        });
        app.Lifetime.ApplicationStarted.Register(() => Welcome(app));
    }

    /// <summary>Where to look, and one login for each role.</summary>
    private static void Welcome(WebApplication app)
    {
        var address = app.Urls.FirstOrDefault() ?? "";
        Terminal.Say("邻里演示县已就绪：");
        Terminal.Say("  群众首页 {0}/", address);
        Terminal.Say("  工作台   {0}/work", address);
        Terminal.Say("  接口文档 {0}/api", address);
        Terminal.Say("登录名和密码（工作台）：");
        foreach (var account in new DemoLogins(DemoCounty.Accounts()).OnePerRole)
        {
            Console.WriteLine($"  {account.Login,-10} {account.Password}   {(Terminal.Words.IsChinese ? account.TitleZh : account.TitleEn) ?? account.NameZh}");
        }

        Terminal.Say("按 Ctrl+C 停止。");
    }
}
