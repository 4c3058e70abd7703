using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Requests.Checking;
using Linli.Requests.Life;
using Linli.Requests.Photos;
using Linli.Requests.Steps;

namespace Linli.Requests.Handling;

/// <summary>办结: done, with a result, words for the reporter and, where the type asks for it, evidence.</summary>
internal sealed class ResolveRequest(StepRunner steps, StepLookups lookups, PhotoShelf photos, VerificationSample sample) : IStepUseCase<ResolveRequest.Input>
{
    /// <param name="Result">Code from the result list.</param>
    /// <param name="Text">What was done, for the reporter.</param>
    /// <param name="Photos">Evidence, uploaded before.</param>
    public sealed record Input(string? Result, string? Text, IReadOnlyList<Guid>? Photos, int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.Resolve];
    public static string Noun => "resolution";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, Step.Resolve, caller, input.Version), async (scene, token) =>
        {
            var result = await lookups.ReasonAsync("result", "result", input.Result, token);
            if (!result.Succeeded)
            {
                return result.Failure;
            }

            if (Check.Text("text", input.Text, isRequired: true) is { } wrong)
            {
                return wrong;
            }

            var request = scene.Request;
            if (request.Tasks.Count(t => t.DoneAt is null) is > 0 and var open)
            {
                return new Failure.Conflict("tasks_open", "还有 {0} 个子任务没有完成：{1}。完成后才能办结。", open,
                    string.Join("、", request.Tasks.Where(t => t.DoneAt is null).Select(t => t.Title)));
            }

            if (scene.Type.Evidence == EvidenceRule.OnResolve && input.Photos is not { Count: > 0 })
            {
                return new Failure.Invalid("photos", "“{0}”类诉求办结时要有照片或文件作为佐证，请先添加。", scene.Type.NameZh);
            }

            request.NeedsVerification = sample.Takes(scene.Type, request);
            var taken = scene.Take();
            (taken.ReasonCode, taken.Text, taken.OrganisationId) = (result.Value.Code, Check.Clean(input.Text), request.LeadOrganisationId);
            (request.ResultCode, request.ResolvedAt) = (result.Value.Code, taken.At);
            if (request.TimeRequests.SingleOrDefault(e => e.DecidedAt is null) is { } asked)
            {
                // Done without it: nobody needs to decide any more.
                (asked.DecidedAt, asked.IsGranted) = (taken.At, false);
            }

            return await photos.AttachAsync(scene, input.Photos, token);
        }, cancellation);
}
