using Linli.Kernel;
using Linli.Kernel.Clocks;
using Linli.Requests.Access;
using Linli.Requests.Clocks;
using Linli.Requests.Life;
using Linli.Requests.Steps;

namespace Linli.Requests.Handling;

/// <summary>申请延期: more working days, with a reason that says how many and how often; a supervisor decides.</summary>
internal sealed class ExtendRequest(StepRunner steps, StepLookups lookups) : IStepUseCase<ExtendRequest.Input>
{
    /// <summary>On one clock, whatever the reasons.</summary>
    public const int MostExtensions = 2;

    /// <param name="Days">Working days more.</param>
    /// <param name="Explanation">For whoever decides, and for the reporter once it is granted.</param>
    public sealed record Input(string? Reason, int? Days, string? Explanation, int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.Extend];
    public static string Noun => "extension";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, Step.Extend, caller, input.Version), async (scene, token) =>
        {
            var reason = await TimeRequests.PermitAsync(scene, lookups, TimeRequestKind.Extension, input.Reason, input.Days, input.Explanation, token);
            if (!reason.Succeeded)
            {
                return reason.Failure;
            }

            if (Timekeeper.TimesOf(scene.Request, ClockEntryKind.Extension) >= MostExtensions)
            {
                return new Failure.Conflict("too_many_extensions", "诉求 {0} 已经延期 {1} 次，不能再延。请联系督办员。", number, MostExtensions);
            }

            TimeRequests.Ask(scene, TimeRequestKind.Extension, new Budget(input.Days!.Value, BudgetUnit.WorkingDays), reason.Value, input.Explanation!);
            return null;
        }, cancellation);
}

/// <summary>同意 / 不同意延期: by a supervisor who did not ask for it. A grant is told to the reporter, with the new due time.</summary>
internal sealed class DecideExtension(StepRunner steps) : IStepUseCase<DecideExtension.Input>
{
    /// <param name="Note">For the lead.</param>
    public sealed record Input(bool? IsGranted, string? Note, int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.GrantExtension, Step.RefuseExtension];
    public static string Noun => "extension-decision";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, input.IsGranted == true ? Step.GrantExtension : Step.RefuseExtension, caller, input.Version), (scene, _) =>
        {
            var decided = TimeRequests.Decide(scene, TimeRequestKind.Extension, input.IsGranted, input.Note);
            if (decided.Succeeded)
            {
                Lengthen(scene, decided.Value);
            }

            return Task.FromResult(decided.Succeeded ? null : decided.Failure);
        }, cancellation);

    private static void Lengthen(StepScene scene, TimeRequest asked)
    {
        if (asked.IsGranted == true)
        {
            var amount = Budget.Parse(asked.Amount).Value;
            var due = scene.Clocks.Extend(scene.Request, amount, asked.ReasonCode, scene.Taken!.At, asked.AskedBy, asked.DecidedBy!.Value);
            scene.Taken.Details = new StepDetails(amount.Amount, due).Write();
        }
    }
}
