using System.CommandLine;
using System.Globalization;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Clients;
using Linli.Shell.Text;

namespace Linli.Server.Verbs;

/// <summary>linli clients list | issue | withdraw: the keys of other programs, for whoever sets an installation up by a script.</summary>
internal static class ClientsVerb
{
    public static Command Create() => new("clients", Terminal.T["别的单位的程序的密钥：列出、发放、收回"]) { List(), Issue(), Withdraw() };

    private static Command List()
    {
        var verb = new Command("list", Terminal.T["列出发过的密钥"]);
        verb.SetAction((asked, cancellation) => RunAsync(asked, async (keys, token) =>
        {
            foreach (var client in await keys.AllAsync(Actor.System, token))
            {
                var state = client.IsValid ? Terminal.T["有效"] : client.WithdrawnAt is null ? Terminal.T["已过期"] : Terminal.T["已收回"];
                var used = client.UsedAt is { } at ? Terminal.T["上次使用 {0}", LocalTime.Of(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)] : Terminal.T["还没有用过"];
                Console.WriteLine($"{client.Id}  …{client.KeyEnd}  {state}  {client.Name}  {string.Join(' ', client.Scopes)}  {used}");
            }

            return 0;
        }, cancellation));
        return verb;
    }

    private static Command Issue()
    {
        var name = new Argument<string>("NAME") { Description = Terminal.T["居民会在办理过程里看到的名称"] };
        var contact = new Option<string?>("--contact") { Description = Terminal.T["出问题时找谁"] };
        var scopes = new Option<string[]>("--scope") { Description = Terminal.T["可以做什么，可写多个；不写就是收发 Open311 的几项"], AllowMultipleArgumentsPerToken = true };
        var types = new Option<string[]>("--type") { Description = Terminal.T["只收这几类事项（代码），可写多个"], AllowMultipleArgumentsPerToken = true };
        var area = new Option<string?>("--area") { Description = Terminal.T["只收这个区域（代码）之内的诉求"] };
        var rate = new Option<int?>("--rate") { Description = Terminal.T["每分钟最多几次"], HelpName = "N" };
        var days = new Option<int?>("--days") { Description = Terminal.T["有效几天；不写就一直有效"], HelpName = "N" };
        var verb = new Command("issue", Terminal.T["发一个密钥，只显示这一次"]) { name, contact, scopes, types, area, rate, days };
        verb.SetAction((asked, cancellation) => RunAsync(asked, async (keys, token) =>
        {
            var given = asked.GetValue(scopes) is { Length: > 0 } said ? said : keys.Usual;
            var input = new ClientInput(asked.GetRequiredValue(name), asked.GetValue(contact), given, asked.GetValue(types), asked.GetValue(rate), asked.GetValue(days), asked.GetValue(area));
            var issued = await keys.HandleAsync(Actor.System, input, token);
            if (!issued.Succeeded)
            {
                return Refuse(issued.Failure);
            }

            Console.WriteLine(issued.Value.Key);   // alone on its line, so that a script can take it
            return 0;
        }, cancellation));
        return verb;
    }

    private static Command Withdraw()
    {
        var id = new Argument<Guid>("ID") { Description = Terminal.T["密钥的编号，见 linli clients list"] };
        var verb = new Command("withdraw", Terminal.T["收回一个密钥，从下一次调用起无效"]) { id };
        verb.SetAction((asked, cancellation) => RunAsync(asked, async (keys, token) =>
            await keys.WithdrawAsync(Actor.System, asked.GetRequiredValue(id), token) is { Succeeded: false } refused ? Refuse(refused.Failure) : 0, cancellation));
        return verb;
    }

    private static Task<int> RunAsync(ParseResult asked, Func<IssueKey, CancellationToken, Task<int>> work, CancellationToken cancellation) => Door.IsThere(asked)
        ? Door.InScopeAsync(asked, (services, token) => work(services.GetRequiredService<IssueKey>(), token), cancellation)
        : Task.FromResult(1);

    private static int Refuse(Failure failure)
    {
        if (failure is Failure.Invalid invalid)
        {
            foreach (var problem in invalid.Problems)
            {
                Terminal.Complain(problem.Message, problem.Values);
            }
        }
        else
        {
            Terminal.Complain(failure.Message, failure.Values);
        }

        return 1;
    }
}
