using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Requests.Clocks;
using Linli.Requests.Life;
using Linli.Requests.Steps;

namespace Linli.Requests.Triage;

/// <summary>请群众补充: says what is missing; the clocks wait for the answer.</summary>
internal sealed class AskReporter(StepRunner steps, CatalogueReader catalogue) : IStepUseCase<AskReporter.Input>
{
    private const int UsuallyMost = 3;

    /// <param name="Question">What the reporter is asked, in plain words.</param>
    public sealed record Input(string? Question, int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.Ask];
    public static string Noun => "question";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, Step.Ask, caller, input.Version), async (scene, token) =>
        {
            if (Check.Text("question", input.Question, isRequired: true) is { } wrong)
            {
                return wrong;
            }

            // Every question stops the clocks, so there is an end to them.
            var most = (await catalogue.ReasonsAsync("ask", token)) is [var reason, ..] ? reason.MostTimes : UsuallyMost;
            if (Timekeeper.TimesOf(scene.Request, ClockEntryKind.Pause, ReasonCode.Asked) >= most)
            {
                return new Failure.Conflict("too_many_questions", "诉求 {0} 已经请群众补充了 {1} 次，不能再停表等候。请直接联系群众，或按现有情况处理。", number, most);
            }

            var taken = scene.Take();
            (taken.Text, taken.ReasonCode) = (Check.Clean(input.Question), ReasonCode.Asked);
            return null;
        }, cancellation);
}
