using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Clocks;
using Linli.Requests.Life;
using Linli.Requests.Photos;
using Linli.Requests.Steps;

namespace Linli.Requests.Dispatch;

/// <summary>退单: not ours, with reason and explanation, inside the return window; the second return goes to arbitration.</summary>
internal sealed class ReturnRequest(StepRunner steps, StepLookups lookups, PhotoShelf photos) : IStepUseCase<ReturnRequest.Input>
{
    /// <param name="Explanation">Why it is not ours and, where known, whose it is.</param>
    public sealed record Input(string? Reason, string? Explanation, IReadOnlyList<Guid>? Photos, int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.Return];
    public static string Noun => "return";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, Step.Return, caller, input.Version), async (scene, token) =>
        {
            var request = scene.Request;
            if (request.IsBinding)
            {
                return new Failure.Conflict("decision_is_binding", "诉求 {0} 已经裁定由贵单位办理，不能再退。", number);
            }

            var until = scene.Clocks.EndOf(scene.Type, scene.Type.ReturnWindow, request.DispatchedAt!.Value);
            if (scene.Now > until)
            {
                return new Failure.Conflict("return_window_over", "退单期限是 {0:yyyy-MM-dd HH:mm}，已经过了。确实不属于贵单位的，请联系督办员。", until);
            }

            var reason = await lookups.ReasonAsync("reason", "return", input.Reason, token);
            if (!reason.Succeeded)
            {
                return reason.Failure;
            }

            if (Check.Text("explanation", input.Explanation, isRequired: true) is { } wrong)
            {
                return wrong;
            }

            request.ReturnCount++;
            var taken = scene.Take(request.ReturnCount >= 2 ? RequestState.InArbitration : RequestState.Reported);
            (taken.OrganisationId, taken.ReasonCode, taken.InternalText) = (request.LeadOrganisationId, reason.Value.Code, Check.Clean(input.Explanation));
            request.LeadOrganisationId = null;
            request.CoHandlers.Clear();
            return await photos.AttachAsync(scene, input.Photos, token);
        }, cancellation);
}

/// <summary>裁定: a supervisor decides who handles it; binding.</summary>
internal sealed class DecideArbitration(StepRunner steps, StepLookups lookups, FourEyes fourEyes) : IStepUseCase<DecideArbitration.Input>
{
    /// <param name="Organisation">Code of the lead.</param>
    /// <param name="Shares">Percent for each co-handler, in the same order; 10 where nothing is said.</param>
    /// <param name="Grounds">Why, shown to both sides.</param>
    public sealed record Input(string? Organisation, IReadOnlyList<string>? CoHandlers, IReadOnlyList<int?>? Shares, string? Grounds, int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.Decide];
    public static string Noun => "decision";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, Step.Decide, caller, input.Version), async (scene, token) =>
            Check.Text("grounds", input.Grounds, isRequired: true)
            ?? await fourEyes.RefuseAsync(scene.Request, caller.Actor, [Step.Return], [Step.Return], token)
            ?? await DispatchRequest.HandToAsync(scene, lookups, new(input.Organisation, input.CoHandlers, input.Shares, input.Grounds, input.Version), isBinding: true, token),
            cancellation);
}
