using System.CommandLine;
using System.Text.Json;
using Linli.Kernel;
using Linli.Requests.Owners;

namespace Linli.Server.Verbs;

/// <summary>linli routing owner: who would get a request of this type, here, at this time, and why not the others.</summary>
internal static class OwnerVerb
{
    private static readonly JsonSerializerOptions Readable = new(Json.Plain) { WriteIndented = true };

    public static Command Create()
    {
        var type = Asked("--type", "事项的代码", "CODE", required: true);
        var area = Asked("--area", "区域的代码；不写则不知道在哪里", "CODE");
        var at = Asked("--at", "什么时候派，当地时间，例如 2026-01-31T22:30；不写则为现在", "TIME");
        var text = Asked("--text", "诉求里的话和地址", "TEXT");
        var about = Asked("--about", "群众说反映的是哪个单位：名称或代码", "NAME");
        var json = new Option<bool>("--json") { Description = Terminal.T["输出 JSON，供程序读取"] };
        var verb = new Command("owner", Terminal.T["试算责任分工：会派给谁，为什么不是别人"]) { type, area, at, text, about, json };
        verb.SetAction((asked, cancellation) => Door.InScopeAsync(asked, async (services, c) =>
        {
            var trial = new OwnerTrial(asked.GetValue(type), asked.GetValue(area), asked.GetValue(at), asked.GetValue(text), asked.GetValue(about));
            var outcome = await services.GetRequiredService<SimulateOwner>().RunAsync(trial, c);
            if (!outcome.Succeeded)
            {
                foreach (var problem in ((Failure.Invalid)outcome.Failure).Problems)
                {
                    Terminal.Complain(problem.Message, problem.Values);
                }

                return 1;
            }

            Console.WriteLine(asked.GetValue(json)
                ? JsonSerializer.Serialize(outcome.Value, Readable)
                : string.Join(Environment.NewLine, outcome.Value.Candidates.Select(l => l.Why).DefaultIfEmpty(Terminal.T["分工表里没有合适的单位，要由派单员选择。"])));
            return 0;
        }, cancellation));
        return verb;
    }

    private static Option<string?> Asked(string name, string text, string help, bool required = false) => new(name) { Description = Terminal.T[text], HelpName = help, Required = required };
}
