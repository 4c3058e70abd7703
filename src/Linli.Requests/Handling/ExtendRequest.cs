using System.Globalization;
using Linli.Kernel;
using Linli.Kernel.Clocks;
using Linli.Requests.Access;
using Linli.Requests.Clocks;
using Linli.Requests.Life;
using Linli.Requests.Steps;

namespace Linli.Requests.Handling;

/// <summary>申请延期: more working days, with a reason; a supervisor decides.</summary>
internal sealed class ExtendRequest(StepRunner steps, StepLookups lookups) : IStepUseCase<ExtendRequest.Input>
{
    public const int MostDays = 30;
    public const int MostExtensions = 2;

    /// <param name="Days">Working days more.</param>
    public sealed record Input(string? Reason, int? Days, string? Explanation, int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.Extend];
    public static string Noun => "extension";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, Step.Extend, caller, input.Version), async (scene, token) =>
        {
            var reason = await lookups.ReasonAsync("reason", "extend", input.Reason, token);
            if (!reason.Succeeded)
            {
                return reason.Failure;
            }

            if (input.Days is not { } days || days is < 1 or > MostDays)
            {
                return new Failure.Invalid("days", "一次最多延期 {0} 个工作日，请填写 1 到 {0}。", MostDays);
            }

            if (Check.Text("explanation", input.Explanation, isRequired: true) is { } wrong)
            {
                return wrong;
            }

            var extensions = scene.Request.Extensions;
            if (extensions.Any(e => e.DecidedAt is null))
            {
                return new Failure.Conflict("extension_pending", "诉求 {0} 已有一个延期申请等待审批，请等审批后再申请。", number);
            }

            if (extensions.Count(e => e.IsGranted == true) >= MostExtensions)
            {
                return new Failure.Conflict("too_many_extensions", "诉求 {0} 已经延期 {1} 次，不能再延。请联系督办员。", number, MostExtensions);
            }

            var taken = scene.Take();
            (taken.ReasonCode, taken.InternalText, taken.Details) =
                (reason.Value.Code, Check.Clean(input.Explanation), string.Create(CultureInfo.InvariantCulture, $$"""{"days":{{days}}}"""));
            extensions.Add(new ExtensionRequest
            {
                RequestId = scene.Request.Id, Amount = new Budget(days, BudgetUnit.WorkingDays).ToString(), ReasonCode = reason.Value.Code,
                Reason = Check.Clean(input.Explanation)!, AskedAt = taken.At, AskedBy = caller.Actor.Id,
            });
            return null;
        }, cancellation);
}

/// <summary>同意 / 不同意延期: by a supervisor who did not ask for it. A grant is told to the reporter.</summary>
internal sealed class DecideExtension(StepRunner steps, Timekeeper clocks) : IStepUseCase<DecideExtension.Input>
{
    public sealed record Input(bool? IsGranted, string? Note, int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.GrantExtension, Step.RefuseExtension];
    public static string Noun => "extension-decision";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, input.IsGranted == true ? Step.GrantExtension : Step.RefuseExtension, caller, input.Version), (scene, _) =>
            Task.FromResult(Decide(scene, input)), cancellation);

    private Failure? Decide(StepScene scene, Input input)
    {
        if (input.IsGranted is not { } isGranted)
        {
            return new Failure.Invalid("isGranted", "请选择同意或不同意。");
        }

        if (Check.Text("note", input.Note, isRequired: !isGranted) is { } wrong)
        {
            return wrong;
        }

        if (scene.Request.Extensions.SingleOrDefault(e => e.DecidedAt is null) is not { } asked)
        {
            return new Failure.Conflict("no_extension_pending", "诉求 {0} 没有等待审批的延期申请。", scene.Request.Number);
        }

        var actor = scene.Caller.Actor;
        if (asked.AskedBy == actor.Id)
        {
            return new Failure.Conflict("four_eyes", "延期申请要由别人审批，不能自己批自己的。");
        }

        var taken = scene.Take();
        (taken.Text, taken.ReasonCode) = (Check.Clean(input.Note), asked.ReasonCode);
        (asked.DecidedAt, asked.DecidedBy, asked.IsGranted) = (taken.At, actor.Id, isGranted);
        if (isGranted)
        {
            clocks.Extend(scene.Request, Budget.Parse(asked.Amount).Value, asked.ReasonCode, taken.At, asked.AskedBy, actor.Id);
        }

        return null;
    }
}
