using Linli.Kernel;
using Linli.Kernel.Clocks;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Requests.Clocks;
using Linli.Requests.Life;
using Linli.Requests.Steps;

namespace Linli.Requests.Handling;

/// <summary>挂起: the clocks stop for a stated, permitted reason, for a stated time; where the reason needs approval, it is asked for (申请挂起).</summary>
internal sealed class PauseRequest(StepRunner steps, StepLookups lookups, CatalogueReader catalogue) : IStepUseCase<PauseRequest.Input>
{
    /// <param name="Days">For how many natural days at the most; the reason says how many it permits.</param>
    /// <param name="Explanation">For the reporter.</param>
    public sealed record Input(string? Reason, int? Days, string? Explanation, int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.Pause, Step.AskPause];
    public static string Noun => "pause";

    public async Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation)
    {
        var needsApproval = (await catalogue.ReasonsAsync("pause", cancellation)).Any(r => r.Code == input.Reason?.Trim() && r.NeedsApproval);
        return await steps.RunAsync(new(number, needsApproval ? Step.AskPause : Step.Pause, caller, input.Version), async (scene, token) =>
        {
            var reason = await TimeRequests.PermitAsync(scene, lookups, TimeRequestKind.Pause, input.Reason, input.Days, input.Explanation, token);
            if (!reason.Succeeded)
            {
                return reason.Failure;
            }

            var budget = new Budget(input.Days!.Value, BudgetUnit.NaturalDays);
            if (needsApproval)
            {
                TimeRequests.Ask(scene, TimeRequestKind.Pause, budget, reason.Value, input.Explanation!);
                scene.Taken!.OrganisationId = scene.Request.LeadOrganisationId;
                return null;
            }

            var taken = scene.Take();
            (taken.ReasonCode, taken.OrganisationId) = (reason.Value.Code, scene.Request.LeadOrganisationId);
            (taken.Text, taken.Details) = (Check.Clean(input.Explanation), new StepDetails(input.Days, scene.Clocks.EndOf(scene.Type, budget, taken.At)).Write());
            scene.OwnBudget = budget;
            return null;
        }, cancellation);
    }
}

/// <summary>同意 / 不同意挂起: by a supervisor who did not ask for it. Granted, it begins now, and the reporter is told why and until when.</summary>
internal sealed class DecidePause(StepRunner steps) : IStepUseCase<DecidePause.Input>
{
    /// <param name="Note">For the lead.</param>
    public sealed record Input(bool? IsGranted, string? Note, int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.GrantPause, Step.RefusePause];
    public static string Noun => "pause-decision";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, input.IsGranted == true ? Step.GrantPause : Step.RefusePause, caller, input.Version), (scene, _) =>
        {
            var decided = TimeRequests.Decide(scene, TimeRequestKind.Pause, input.IsGranted, input.Note);
            if (decided.Succeeded)
            {
                Begin(scene, decided.Value);
            }

            return Task.FromResult(decided.Succeeded ? null : decided.Failure);
        }, cancellation);

    private static void Begin(StepScene scene, TimeRequest asked)
    {
        if (asked.IsGranted == true)
        {
            var budget = Budget.Parse(asked.Amount).Value;
            scene.Taken!.OrganisationId = scene.Request.LeadOrganisationId;
            scene.Taken.Details = new StepDetails(budget.Amount, scene.Clocks.EndOf(scene.Type, budget, scene.Taken.At)).Write();
            scene.OwnBudget = budget;
        }
    }
}

/// <summary>恢复: by the lead, a supervisor, or the end of the permitted time.</summary>
internal sealed class ResumeRequest(StepRunner steps) : IStepUseCase<ResumeRequest.Input>
{
    public sealed record Input(string? Note, int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.Resume];
    public static string Noun => "resumption";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, Step.Resume, caller, input.Version), (scene, _) =>
        {
            if (Check.Text("note", input.Note, isRequired: false) is { } wrong)
            {
                return Task.FromResult<Failure?>(wrong);
            }

            scene.Take().Text = Check.Clean(input.Note);
            return Task.FromResult<Failure?>(null);
        }, cancellation);
}
