using System.CommandLine;
using System.Text.Json;
using Linli.Kernel;
using Linli.Requests.Suggestions;
using Microsoft.EntityFrameworkCore;

namespace Linli.Server.Verbs;

/// <summary>linli routing train without files, routing models, routing use: what is learnt from the county's own history, and kept in its store.</summary>
internal static class HistoryVerb
{
    public static Task<int> TrainAsync(ParseResult asked, bool force, CancellationToken cancellation) => Door.InScopeAsync(asked, async (services, token) =>
    {
        var outcome = await services.GetRequiredService<LearnFromHistory>().RunAsync(force, token);
        if (!outcome.Succeeded)
        {
            return Refuse(outcome.Failure);
        }

        var (comparison, version) = outcome.Value;
        Terminal.Say("从 {0} 件学习，在最后 {1} 件上比较（两个模型都没见过这些）：", comparison.Learned, comparison.HeldOut);
        Say(true, comparison.InUseName, comparison.InUse);
        Say(false, version is { } taken ? $"own-{taken}" : "–", comparison.New);
        if (version is null)
        {
            Terminal.Say("新的不比现用的好，没有换。要换请加 --force。");
        }
        else
        {
            Terminal.Say("已换上第 {0} 版；运行中的邻里下一次推荐就用它。退回去：linli routing use {1}", version, comparison.InUseName.StartsWith("own-", StringComparison.Ordinal) ? comparison.InUseName[4..] : "0");
        }

        return 0;
    }, cancellation);

    public static Command CreateModels()
    {
        var verb = new Command("models", Terminal.T["列出从本县历史训练出的模型"]);
        verb.SetAction((asked, cancellation) => Door.InScopeAsync(asked, async (services, token) =>
        {
            var models = await services.GetRequiredService<LinliDb>().Set<RoutingModel>().AsNoTracking().OrderBy(m => m.Version)
                .Select(m => new { m.Version, m.TrainedAt, m.Texts, m.IsInUse, m.Comparison }).ToListAsync(token);
            foreach (var model in models)
            {
                var comparison = JsonSerializer.Deserialize<ModelComparison>(model.Comparison, Json.Plain)!;
                Terminal.Say(model.IsInUse ? "第 {0} 版（在用）：{1:yyyy-MM-dd}，{2} 件，首选正确 {3:P1}" : "第 {0} 版：{1:yyyy-MM-dd}，{2} 件，首选正确 {3:P1}", model.Version, model.TrainedAt, model.Texts, comparison.New.First);
            }

            if (models.All(m => !m.IsInUse))
            {
                Terminal.Say("没有在用的：按随附的模型和关键词推荐。");
            }

            return 0;
        }, cancellation));
        return verb;
    }

    public static Command CreateUse()
    {
        var version = new Argument<int>("VERSION") { Description = Terminal.T["第几版；0 表示不用自己的模型"] };
        var verb = new Command("use", Terminal.T["换用另一版模型，例如退回上一版"]) { version };
        verb.SetAction((asked, cancellation) => Door.InScopeAsync(asked, async (services, token) =>
        {
            var outcome = await services.GetRequiredService<LearnFromHistory>().UseAsync(asked.GetRequiredValue(version), token);
            if (!outcome.Succeeded)
            {
                return Refuse(outcome.Failure);
            }

            Terminal.Say(outcome.Value == 0 ? "不再用自己的模型，按随附的模型和关键词推荐。" : "已换用第 {0} 版。", outcome.Value);
            return 0;
        }, cancellation));
        return verb;
    }

    private static void Say(bool isInUse, string name, SuggesterScore score) => Terminal.Say(
        isInUse ? "现用（{0}）：首选正确 {1:P1}，前三有 {2:P1}；说有把握 {3:P1}，其中正确 {4:P1}" : "新的（{0}）：首选正确 {1:P1}，前三有 {2:P1}；说有把握 {3:P1}，其中正确 {4:P1}",
        name, score.First, score.AmongThree, score.Claimed, score.ClaimedRight);

    private static int Refuse(Failure failure)
    {
        switch (failure)
        {
            case Failure.Conflict conflict:
                Terminal.Complain(conflict.Message, conflict.Values);
                break;
            case Failure.NotFound missing:
                Terminal.Complain(missing.Message, missing.Values);
                break;
            default:
                Terminal.Complain("{0}", failure);
                break;
        }

        return 1;
    }
}
