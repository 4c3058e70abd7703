using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Life;
using Linli.Requests.Photos;
using Linli.Requests.Steps;

namespace Linli.Requests.Triage;

/// <summary>补充说明: the reporter answers, or staff write down what was said on the telephone; the request goes back to where it was.</summary>
internal sealed class AnswerQuestion(StepRunner steps, PhotoShelf photos) : IStepUseCase<AnswerQuestion.Input>
{
    public sealed record Input(string? Answer, IReadOnlyList<Guid>? Photos, int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.Answer];
    public static string Noun => "answer";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, Step.Answer, caller, input.Version), async (scene, token) =>
        {
            if (Check.Text("answer", input.Answer, isRequired: true) is { } wrong)
            {
                return wrong;
            }

            var taken = scene.Take();
            taken.Text = Check.Clean(input.Answer);
            return await photos.AttachAsync(scene, input.Photos, token);
        }, cancellation);
}
