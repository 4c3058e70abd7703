using Linli.Kernel;
using Linli.Kernel.Clocks;
using Linli.Requests.Access;
using Linli.Requests.Life;
using Linli.Requests.Steps;

namespace Linli.Requests.Handling;

/// <summary>挂起: the clocks stop for a stated, permitted reason, for a stated time.</summary>
internal sealed class PauseRequest(StepRunner steps, StepLookups lookups) : IStepUseCase<PauseRequest.Input>
{
    /// <param name="Days">For how many natural days at the most; the reason says how many it permits.</param>
    /// <param name="Explanation">For the reporter.</param>
    public sealed record Input(string? Reason, int? Days, string? Explanation, int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.Pause];
    public static string Noun => "pause";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, Step.Pause, caller, input.Version), async (scene, token) =>
        {
            var reason = await lookups.ReasonAsync("reason", "pause", input.Reason, token);
            if (!reason.Succeeded)
            {
                return reason.Failure;
            }

            var most = reason.Value.MaxDays ?? 15;
            if (input.Days is not { } days || days < 1 || days > most)
            {
                return new Failure.Invalid("days", "因“{0}”挂起最多 {1} 天，请填写 1 到 {1}。", reason.Value.NameZh, most);
            }

            if (Check.Text("explanation", input.Explanation, isRequired: true) is { } wrong)
            {
                return wrong;
            }

            var taken = scene.Take();
            (taken.ReasonCode, taken.Text, taken.OrganisationId) = (reason.Value.Code, Check.Clean(input.Explanation), scene.Request.LeadOrganisationId);
            scene.OwnBudget = new Budget(days, BudgetUnit.NaturalDays);
            return null;
        }, cancellation);
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
