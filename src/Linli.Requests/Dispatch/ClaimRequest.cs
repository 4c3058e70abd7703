using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Life;
using Linli.Requests.Steps;

namespace Linli.Requests.Dispatch;

/// <summary>接单: the first organisation that claims an offer has it; all others are told that it is gone.</summary>
internal sealed class ClaimRequest(StepRunner steps, StepLookups lookups) : IStepUseCase<ClaimRequest.Input>
{
    /// <param name="Organisation">Code; needed only by somebody who serves several of the invited organisations.</param>
    public sealed record Input(string? Organisation, int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.Claim];
    public static string Noun => "claim";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, Step.Claim, caller, input.Version), async (scene, token) =>
        {
            var mine = scene.Request.Offers.Where(o => o.EndedAt is null && RequestAccess.Handles(caller.Actor, o.OrganisationId, scene.Request.Matter)).ToList();
            var chosen = await lookups.ChosenAsync(mine.Select(o => o.OrganisationId), input.Organisation, token);
            if (chosen is null)
            {
                return new Failure.Invalid("organisation", "您代表几个受邀单位，请选择由哪一个接单。");
            }

            var taken = scene.Take();
            taken.OrganisationId = chosen;
            foreach (var offer in scene.Request.Offers)
            {
                (offer.EndedAt, offer.IsClaimed) = (taken.At, offer.OrganisationId == chosen);
            }

            (scene.Request.LeadOrganisationId, scene.Request.DispatchedAt) = (chosen, taken.At);
            return null;
        }, cancellation);
}

/// <summary>收回发布, or its expiry: nobody takes it any more, it goes back to the dispatchers.</summary>
internal sealed class RecallOffer(StepRunner steps) : IStepUseCase<RecallOffer.Input>
{
    public sealed record Input(int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.Recall, Step.Expire];
    public static string Noun => "recall";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, caller.Actor.Kind == ActorKind.System ? Step.Expire : Step.Recall, caller, input.Version), (scene, _) =>
        {
            var taken = scene.Take();
            foreach (var offer in scene.Request.Offers)
            {
                offer.EndedAt = taken.At;
            }

            return Task.FromResult<Failure?>(null);
        }, cancellation);
}
