using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Life;
using Linli.Requests.Steps;

namespace Linli.Requests.Triage;

/// <summary>撤下公开: off the public pages, on the reporter's own wish or because something in it is not for everybody.</summary>
internal sealed class UnpublishRequest(StepRunner steps) : IStepUseCase<UnpublishRequest.Input>
{
    public sealed record Input(string? Reason, int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.Unpublish];
    public static string Noun => "unpublication";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, Step.Unpublish, caller, input.Version), (scene, _) =>
        {
            if (!scene.Request.IsPublished)
            {
                return Task.FromResult<Failure?>(new Failure.Conflict("not_published", "诉求 {0} 没有公开。", number));
            }

            // The reporter need not say why: consent can be withdrawn at any time (PIPL, article 15).
            if (Check.Text("reason", input.Reason, isRequired: caller.Actor.IsStaff) is { } wrong)
            {
                return Task.FromResult<Failure?>(wrong);
            }

            scene.Take().Text = Check.Clean(input.Reason);
            scene.Request.IsPublished = false;
            return Task.FromResult<Failure?>(null);
        }, cancellation);
}
