using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Life;
using Linli.Requests.Steps;

namespace Linli.Requests.Triage;

/// <summary>请群众补充: says what is missing; the clocks wait for the answer.</summary>
internal sealed class AskReporter(StepRunner steps) : IStepUseCase<AskReporter.Input>
{
    /// <param name="Question">What the reporter is asked, in plain words.</param>
    public sealed record Input(string? Question, int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.Ask];
    public static string Noun => "question";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, Step.Ask, caller, input.Version), (scene, _) =>
        {
            if (Check.Text("question", input.Question, isRequired: true) is { } wrong)
            {
                return Task.FromResult<Failure?>(wrong);
            }

            var taken = scene.Take();
            (taken.Text, taken.ReasonCode) = (Check.Clean(input.Question), "ask");
            return Task.FromResult<Failure?>(null);
        }, cancellation);
}
