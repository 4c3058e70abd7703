using Linli.Kernel;
using Linli.Kernel.Clocks;
using Linli.Requests.Access;
using Linli.Requests.Clocks;
using Linli.Requests.Life;
using Linli.Requests.Photos;
using Linli.Requests.Steps;

namespace Linli.Requests.Track;

/// <summary>重办: the reporter inside ten working days, a supervisor at any time with a reason. An appeal against a refusal is the same step.</summary>
internal sealed class ReopenRequest(StepRunner steps, PhotoShelf photos) : IStepUseCase<ReopenRequest.Input>
{
    /// <summary>How long the reporter may ask for it.</summary>
    public static readonly Budget Window = new(10, BudgetUnit.WorkingDays);

    public sealed record Input(string? Reason, IReadOnlyList<Guid>? Photos, int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.Reopen];
    public static string Noun => "reopening";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, Step.Reopen, caller, input.Version), async (scene, token) =>
        {
            if (Check.Text("reason", input.Reason, isRequired: true) is { } wrong)
            {
                return wrong;
            }

            var request = scene.Request;
            var lead = request.MergedIntoId is { } id ? await steps.LoadAsync(id, token) : null;
            if (lead?.State.IsOpen() == true)
            {
                return new Failure.Conflict("still_in_hand", "这件事还在办理（{0}），现在不用申请重办。您可以补充情况。", lead.Number);
            }

            if (!scene.Parties.HasFlag(Party.Supervisor) && scene.Clocks.EndOf(scene.Type, Window, (lead ?? request).ClosedAt!.Value) is var until && scene.Now > until)
            {
                return new Failure.Conflict("reopen_window_over", "可以申请重办的期限是 {0:yyyy-MM-dd HH:mm}，已经过了。请重新提交一件，并写上原编号 {1}。", until, number);
            }

            // What nobody handled (an import, an appeal against a refusal) is triaged.
            var taken = scene.Take(request.LeadOrganisationId is null ? RequestState.Reported : null);
            (taken.Text, request.ClosedAt, request.ResolvedAt, request.ResultCode) = (Check.Clean(input.Reason), null, null, null);
            request.ReopenCount++;
            request.MergedIntoId = null;
            lead?.Supporters -= request.Supporters;
            return await photos.AttachAsync(scene, input.Photos, token);
        }, cancellation);
}
