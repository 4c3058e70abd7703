using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Life;
using Linli.Requests.Steps;

namespace Linli.Requests.Triage;

/// <summary>并单: the same matter; this request follows a lead request and its reporters are told of every step there.</summary>
internal sealed class MergeRequest(StepRunner steps, SharedConcern shared) : IStepUseCase<MergeRequest.Input>
{
    /// <param name="Lead">Number of the request to follow.</param>
    public sealed record Input(string? Lead, int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.Merge];
    public static string Noun => "merge";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, Step.Merge, caller, input.Version), async (scene, token) =>
        {
            var wanted = input.Lead?.Trim() ?? "";
            if (wanted == scene.Request.Number)
            {
                return new Failure.Invalid("lead", "诉求不能并入它自己。请填写另一件诉求的编号。");
            }

            var lead = await steps.LoadAsync(wanted, token);
            if (lead is null || !RequestAccess.CanSee(caller, lead))
            {
                return new Failure.Invalid("lead", "没有编号为“{0}”的诉求，或者您无权查看。请核对编号。", Check.Short(wanted));
            }

            if (!lead.State.IsOpen())
            {
                return new Failure.Invalid("lead", "诉求 {0} 现在是“{1}”，不能再并入。请选择还在办理的诉求。", lead.Number, LifeTexts.Of(lead.State));
            }

            if ((lead.AboutOrganisationId, lead.AboutPersonIndex) != (scene.Request.AboutOrganisationId, scene.Request.AboutPersonIndex))
            {
                // Otherwise those whom one of them is about would meet it beside the other, or even be given it.
                return new Failure.Conflict("merge_is_concerned", "诉求 {0} 和 {1} 反映的单位或人员不同，按回避规定不能并单。", scene.Request.Number, lead.Number);
            }

            List<ServiceRequest> group = [.. await shared.GroupAsync(scene.Request, token), .. await shared.GroupAsync(lead, token)];
            var taken = scene.Take();
            taken.Text = lead.Number;
            scene.Request.MergedIntoId = lead.Id;
            lead.Supporters += scene.Request.Supporters;
            foreach (var follower in await steps.FollowersAsync(scene.Request, token))
            {
                follower.MergedIntoId = lead.Id;   // those who followed this one follow its lead from now on
                scene.Request.Supporters -= follower.Supporters;
            }

            shared.Spread(group);
            if (await shared.NobodyLeftAsync(group, scene.Request.Number, token) is { } stuck)
            {
                return stuck;
            }

            await shared.TakeNoticesAsync(group, token);
            return null;
        }, cancellation);
}

/// <summary>取消并单: the merge was a mistake; the request is triaged anew.</summary>
internal sealed class UnmergeRequest(StepRunner steps) : IStepUseCase<UnmergeRequest.Input>
{
    public sealed record Input(string? Note, int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.Unmerge];
    public static string Noun => "unmerge";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, Step.Unmerge, caller, input.Version), async (scene, token) =>
        {
            if (Check.Text("note", input.Note, isRequired: false) is { } wrong)
            {
                return wrong;
            }

            var lead = await steps.LoadAsync(scene.Request.MergedIntoId!.Value, token);
            scene.Take().InternalText = Check.Clean(input.Note);
            scene.Request.MergedIntoId = null;
            lead?.Supporters -= scene.Request.Supporters;
            return null;
        }, cancellation);
}
