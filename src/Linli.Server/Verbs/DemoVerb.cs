using System.CommandLine;

namespace Linli.Server.Verbs;

/// <summary>linli demo: founds the demo county in an empty store, says who can sign in, and serves it.</summary>
internal static class DemoVerb
{
    public static Command Create()
    {
        var verb = new Command("demo", Terminal.T["在空数据库里建立演示县，打印地址和各角色的登录，然后启动网站"]);
        verb.SetAction((asked, cancellation) => ServeVerb.ServeAsync(Door.Folder(asked), asked.GetValue(ServeVerb.Urls), FoundAsync, cancellation));
        return verb;
    }

    private static Task FoundAsync(WebApplication app, CancellationToken cancellation)
    {
        app.Lifetime.ApplicationStarted.Register(() => Terminal.Say("邻里演示县：{0}", string.Join("  ", app.Urls)));
        return Task.CompletedTask;
    }
}
