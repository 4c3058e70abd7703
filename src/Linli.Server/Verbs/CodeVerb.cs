using System.CommandLine;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Linli.Shell.People;
using Microsoft.EntityFrameworkCore;

namespace Linli.Server.Verbs;

/// <summary>linli code LOGIN: a one-time code for the day when the only administrator has lost password, telephone and recovery codes.</summary>
internal static class CodeVerb
{
    private static readonly Argument<string> Login = new("LOGIN") { Description = Terminal.T["登录名"] };
    private static readonly Option<bool> Reset = new("--without-second-factor") { Description = Terminal.T["同时取消第二重验证"] };

    private static readonly Option<bool> Administrator = new("--administrator") { Description = Terminal.T["同时任命为全县的管理员；没有人能任命时用"] };

    public static Command Create()
    {
        var verb = new Command("code", Terminal.T["给一个账号发一次性代码，用它设新密码；唯一的管理员登录不了时用"]) { Login, Reset, Administrator };
        verb.SetAction((asked, cancellation) => Door.IsThere(asked)
            ? Door.InScopeAsync(asked, (services, c) => GiveAsync(asked.GetRequiredValue(Login), asked.GetValue(Reset), asked.GetValue(Administrator), services, c), cancellation)
            : Task.FromResult(1));
        return verb;
    }

    private static async Task<int> GiveAsync(string login, bool resets, bool appoints, IServiceProvider services, CancellationToken cancellation)
    {
        var upper = login.ToUpperInvariant();
        var id = await services.GetRequiredService<LinliDb>().Set<Account>().Where(a => a.NormalizedUserName == upper).Select(a => (Guid?)a.Id).SingleOrDefaultAsync(cancellation);
        if (id is null)
        {
            Terminal.Complain("没有登录名为 {0} 的账号。", login);
            return 1;
        }

        if (appoints)
        {
            var post = await services.GetRequiredService<ChangePosts>().AppointAsync(Actor.System, id.Value, new PostInput(Role.Administrator, null, null), cancellation);
            if (!post.Succeeded)
            {
                Terminal.Complain(post.Failure.Message, post.Failure.Values);
                return 1;
            }
        }

        var given = await services.GetRequiredService<GiveCode>().HandleAsync(Actor.System, id.Value, cancellation, resets);
        Terminal.Say("一次性代码：{0}（{1} 天内有效；在登录页点“用一次性代码设置密码”）", given.Value.Code!, (int)GiveCode.Valid.TotalDays);
        return 0;
    }
}
