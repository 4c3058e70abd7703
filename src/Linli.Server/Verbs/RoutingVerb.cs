using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Linli.Kernel;
using Linli.Routing.Classifying;

namespace Linli.Server.Verbs;

/// <summary>linli routing evaluate | train: the classifier of texts on files of sorted messages, without a store.</summary>
internal static class RoutingVerb
{
    private static readonly JsonSerializerOptions Readable = new(Json.Plain) { WriteIndented = true };

    public static Command Create() => new("routing", Terminal.T["文本分类与派单：训练、检验、试算责任分工"]) { Evaluate(), Train(), HistoryVerb.CreateModels(), HistoryVerb.CreateUse(), OwnerVerb.Create() };

    private static Command Evaluate()
    {
        var train = Files("--train", "训练用的 CSV 文件，多个用逗号分开；列为 category,title,detail 或 category,tokens", required: true);
        var test = Files("--test", "检验用的 CSV 文件；不写则对第一个训练文件做交叉检验", required: false);
        var folds = new Option<int>("--folds") { Description = Terminal.T["交叉检验分几份"], HelpName = "N", DefaultValueFactory = _ => 5 };
        folds.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int>() is < 2 or > 20)
            {
                given.AddError(Terminal.T["--folds 应在 2 到 20 之间。"]);
            }
        });
        var json = new Option<bool>("--json") { Description = Terminal.T["输出 JSON，供程序读取"] };
        var verb = new Command("evaluate", Terminal.T["训练一个模型，在它没见过的消息上检验"]) { train, test, folds, json };
        verb.SetAction((asked, cancellation) => Task.Run(() => Try(() =>
        {
            var sources = asked.GetRequiredValue(train).Select(LabelledFile.Read).ToList();
            var options = new TrainingOptions("evaluate", TimeProvider.System.GetUtcNow());
            var evaluation = asked.GetValue(test) is { Length: > 0 } tests
                ? Evaluation.Of(ClassifierTraining.Train([.. sources.SelectMany(s => s)], options, cancellation), [.. tests.SelectMany(LabelledFile.Read)])
                : Evaluation.Across(sources[0], [.. sources.Skip(1).SelectMany(s => s)], asked.GetValue(folds), options, cancellation);
            Console.WriteLine(asked.GetValue(json) ? JsonSerializer.Serialize(evaluation, Readable) : Table(evaluation));
        }), cancellation));
        return verb;
    }

    private static Command Train()
    {
        var texts = Files("--texts", "训练用的 CSV 文件，多个用逗号分开；列为 category,title,detail 或 category,tokens。不写则从本县自己的历史训练", required: false);
        var name = new Option<string?>("--name") { Description = Terminal.T["模型的名称，例如从什么数据训练而来"], HelpName = "NAME" };
        var to = new Option<FileInfo?>("--to") { Description = Terminal.T["模型文件"], HelpName = "FILE" };
        var force = new Option<bool>("--force") { Description = Terminal.T["不比现用的好也换上"] };
        var date = new Option<DateOnly?>("--date") { Description = Terminal.T["写进模型的日期；不写则为今天。同样的文件和日期得到逐字节相同的模型"], HelpName = "YYYY-MM-DD" };
        var verb = new Command("train", Terminal.T["从已分类的消息训练一个模型文件；不写 --texts 则从本县的历史训练，比现用的好才换上"]) { texts, name, to, date, force };
        verb.Validators.Add(given =>
        {
            var isFile = given.GetResult(texts) is not null;
            if (isFile != (given.GetResult(name) is not null) || isFile != (given.GetResult(to) is not null))
            {
                given.AddError(Terminal.T["--texts、--name 和 --to 要一起写；从本县的历史训练时都不写。"]);
            }
        });
        verb.SetAction((asked, cancellation) => asked.GetValue(texts) is not { Length: > 0 } files ? HistoryVerb.TrainAsync(asked, asked.GetValue(force), cancellation) : Task.Run(() => Try(() =>
        {
            var trained = new DateTimeOffset((asked.GetValue(date) ?? DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime)).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
            var model = ClassifierTraining.Train([.. files.SelectMany(LabelledFile.Read)], new TrainingOptions(asked.GetValue(name)!, trained), cancellation);
            var target = asked.GetValue(to)!;
            target.Directory?.Create();
            var unfinished = target.FullName + ".part";   // a model in use is never half a file
            using (var file = File.Create(unfinished))
            {
                ModelFile.Write(model, file);
            }

            File.Move(unfinished, target.FullName, overwrite: true);
            Terminal.Say("已从 {0} 条消息训练出 {1} 个类别的模型，{2:0.0} MB：{3}", model.Card.Texts, model.Labels.Count, new FileInfo(target.FullName).Length / 1e6, target.FullName);
        }), cancellation));
        return verb;
    }

    private static Option<string[]> Files(string name, string text, bool required) => new(name)
    {
        Description = Terminal.T[text],
        HelpName = "A.csv[,B.csv]",
        Required = required,
        CustomParser = given => [.. given.Tokens.SelectMany(t => t.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
    };

    private static int Try(Action work)
    {
        try
        {
            work();
            return 0;
        }
        catch (LabelledFileException refused)
        {
            Terminal.Complain(refused.Key, refused.Values);
        }
        catch (ArgumentException)
        {
            Terminal.Complain("训练至少需要两个类别的消息。");
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            Terminal.Complain("文件读写不成功：{0}", failed.Message);
        }

        return 1;
    }

    private static string Table(Evaluation evaluation)
    {
        var table = new StringBuilder()
            .AppendLine(Terminal.T["消息 {0} 条；正确率 {1:P2}；宏平均 F1 {2:0.0000}；校准误差 {3:0.0000}", evaluation.Texts, evaluation.Accuracy, evaluation.MacroF1, evaluation.CalibrationError])
            .AppendLine(Terminal.T["有把握的占 {0:P1}，其中正确率 {1:P2}", evaluation.Known, evaluation.KnownAccuracy])
            .AppendLine(Terminal.T["精确率  召回率  F1      条数  类别"]);
        foreach (var label in evaluation.Labels)
        {
            table.AppendLine(CultureInfo.InvariantCulture, $"{label.Precision:0.0000}  {label.Recall:0.0000}  {label.F1:0.0000}  {label.Support,5}  {label.Label}");
        }

        return table.ToString().TrimEnd();
    }
}
