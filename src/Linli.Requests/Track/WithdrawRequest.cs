using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Life;
using Linli.Requests.Steps;

namespace Linli.Requests.Track;

/// <summary>撤回: the reporter does not want it any more; possible until it is resolved.</summary>
internal sealed class WithdrawRequest(StepRunner steps) : IStepUseCase<WithdrawRequest.Input>
{
    public sealed record Input(string? Reason, int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.Withdraw];
    public static string Noun => "withdrawal";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, Step.Withdraw, caller, input.Version), async (scene, token) =>
        {
            if (Check.Text("reason", input.Reason, isRequired: false) is { } wrong)
            {
                return wrong;
            }

            var taken = scene.Take();
            taken.Text = Check.Clean(input.Reason);
            scene.Request.ClosedAt = taken.At;
            foreach (var offer in scene.Request.Offers)
            {
                offer.EndedAt = taken.At;
            }

            // Those who asked for the same still want it: each is triaged on its own again.
            foreach (var follower in await steps.FollowersAsync(scene.Request, token))
            {
                await steps.TakeAlongAsync(follower, Step.Unmerge, taken.At, token);
                follower.MergedIntoId = null;
            }

            return null;
        }, cancellation);
}
