using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Life;
using Linli.Requests.Steps;

namespace Linli.Requests.Handling;

/// <summary>分派子任务: a piece of the work for one co-handler; all are done before the request is resolved.</summary>
internal sealed class AddTask(StepRunner steps, StepLookups lookups) : IStepUseCase<AddTask.Input>
{
    public const int MostTasks = 20;

    public sealed record Input(string? Title, string? Organisation, int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.AddTask];
    public static string Noun => "tasks";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, Step.AddTask, caller, input.Version), async (scene, token) =>
        {
            if (Check.Text("title", input.Title, isRequired: true, max: 200) is { } wrong)
            {
                return wrong;
            }

            if (scene.Request.Tasks.Count >= MostTasks)
            {
                return new Failure.Conflict("too_many_tasks", "一件诉求最多 {0} 个子任务。", MostTasks);
            }

            var organisation = await lookups.OrganisationAsync("organisation", input.Organisation, scene.Request, token);
            if (!organisation.Succeeded)
            {
                return organisation.Failure;
            }

            if (!scene.Request.CoHandlers.Any(c => c.OrganisationId == organisation.Value.Id))
            {
                return new Failure.Invalid("organisation", "{0}不是这件诉求的协办单位。子任务只能交给协办单位；要请别的单位协办，请联系派单员。", organisation.Value.Name);
            }

            var taken = scene.Take();
            (taken.InternalText, taken.OrganisationId) = (Check.Clean(input.Title), organisation.Value.Id);
            scene.Request.Tasks.Add(new RequestTask { RequestId = scene.Request.Id, OrganisationId = organisation.Value.Id, Title = Check.Clean(input.Title)!, CreatedAt = taken.At });
            return null;
        }, cancellation);
}

/// <summary>完成子任务: by those who have it, or by the lead.</summary>
internal sealed class FinishTask(StepRunner steps) : IStepUseCase<FinishTask.Input>
{
    public sealed record Input(Guid? Task, string? Result, int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.FinishTask];
    public static string Noun => "task-result";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, Step.FinishTask, caller, input.Version), (scene, _) => Task.FromResult(Finish(scene, input)), cancellation);

    private static Failure? Finish(StepScene scene, Input input)
    {
        if (Check.Text("result", input.Result, isRequired: true) is { } wrong)
        {
            return wrong;
        }

        if (scene.Request.Tasks.SingleOrDefault(t => t.Id == input.Task) is not { } task)
        {
            return new Failure.Invalid("task", "请选择要完成的子任务。");
        }

        if (task.DoneAt is not null)
        {
            return new Failure.Conflict("task_done", "子任务“{0}”已经完成。", task.Title);
        }

        if (!RequestAccess.Handles(scene.Caller.Actor, task.OrganisationId, scene.Request.Matter) && !scene.Parties.HasFlag(Party.Lead))
        {
            return new Failure.Forbidden("子任务“{0}”由别的单位完成。", task.Title);
        }

        var taken = scene.Take();
        (taken.InternalText, taken.OrganisationId, taken.Details) = (Check.Clean(input.Result), task.OrganisationId, $$"""{"task":"{{task.Id}}"}""");
        (task.DoneAt, task.Result) = (taken.At, taken.InternalText);
        return null;
    }
}
