using System.Text.Json;
using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Life;
using Linli.Requests.Steps;

namespace Linli.Requests.Track;

/// <summary>评价: five grades. A poor one sends the request back to the handler with the rectification clock (GB/T 39735).</summary>
internal sealed class RateRequest(StepRunner steps) : IStepUseCase<RateRequest.Input>
{
    /// <param name="IsSolved">Whether the reporter says it is solved.</param>
    public sealed record Input(Grade? Grade, bool? IsSolved, string? Comment, int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.Rate];
    public static string Noun => "rating";

    /// <summary>Null for anything but a rating.</summary>
    internal static Grade? GradeOf(RequestEvent written) =>
        written is { Step: Step.Rate, Details: { } details } && JsonDocument.Parse(details).RootElement.TryGetProperty("grade", out var grade) && Enum.TryParse<Grade>(grade.GetString(), out var known)
            ? known
            : null;

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, Step.Rate, caller, input.Version), async (scene, token) =>
        {
            var request = scene.Request;
            if (input.Grade is not { } grade || !Enum.IsDefined(grade))
            {
                return new Failure.Invalid("grade", "请选择一个满意程度。");
            }

            if (Check.Text("comment", input.Comment, isRequired: false) is { } wrong)
            {
                return wrong;
            }

            if (request.State is RequestState.Closed && request.RatedAt is { } rated && !(rated < request.ResolvedAt))
            {
                return new Failure.Conflict("already_rated", "您已经评价过诉求 {0}。不满意可以申请重办。", number);
            }

            if (request.State is RequestState.Merged && (await steps.LoadAsync(request.MergedIntoId!.Value, token))?.State is not (RequestState.Resolved or RequestState.Verified or RequestState.Closed))
            {
                return new Failure.Conflict("not_resolved_yet", "这件事还没有办结，办结后才能评价。");
            }

            var isPoor = grade is Grade.Dissatisfied or Grade.VeryDissatisfied;
            var goesBack = isPoor && request.State is (RequestState.Resolved or RequestState.Verified);
            var taken = scene.Take(goesBack ? RequestState.InHand : null);
            (taken.Text, taken.Details) = (Check.Clean(input.Comment), $$"""{"grade":"{{grade}}","isSolved":{{(input.IsSolved is { } s ? (s ? "true" : "false") : "null")}}}""");
            (request.Grade, request.RatedAt) = (grade, taken.At);
            if (goesBack)
            {
                request.ReopenCount++;
                (request.ResolvedAt, request.ResultCode) = (null, null);
            }
            else if (taken.To == RequestState.Closed)
            {
                request.ClosedAt ??= taken.At;
            }

            return null;
        }, cancellation);
}

/// <summary>到期: no answer or no rating inside the window; time goes on. Taken by Linli itself.</summary>
internal sealed class LapseRequest(StepRunner steps)
{
    public static IReadOnlyList<Step> Steps => [Step.Lapse];

    public Task<Outcome<StepTaken>> RunAsync(string number, CancellationToken cancellation) =>
        steps.RunAsync(new(number, Step.Lapse, Caller.Time, null), (scene, _) =>
        {
            var taken = scene.Take();
            if (taken.To == RequestState.Closed)
            {
                scene.Request.ClosedAt = taken.At;
            }

            return Task.FromResult<Failure?>(null);
        }, cancellation);
}
