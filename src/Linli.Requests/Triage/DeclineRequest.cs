using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Life;
using Linli.Requests.Steps;

namespace Linli.Requests.Triage;

/// <summary>不予受理: with the reason and where to go instead.</summary>
internal sealed class DeclineRequest(StepRunner steps, StepLookups lookups) : IStepUseCase<DeclineRequest.Input>
{
    /// <param name="Instead">Where the reporter can go instead; shown to the reporter.</param>
    public sealed record Input(string? Reason, string? Instead, int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.Decline];
    public static string Noun => "refusal";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, Step.Decline, caller, input.Version), async (scene, token) =>
        {
            var reason = await lookups.ReasonAsync("reason", "decline", input.Reason, token);
            if (!reason.Succeeded)
            {
                return reason.Failure;
            }

            if (Check.Text("instead", input.Instead, isRequired: true) is { } wrong)
            {
                return wrong;
            }

            var taken = scene.Take();
            (taken.ReasonCode, taken.Text) = (reason.Value.Code, Check.Clean(input.Instead));
            scene.Request.ClosedAt = taken.At;
            return null;
        }, cancellation);
}
