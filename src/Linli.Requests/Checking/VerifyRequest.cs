using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Life;
using Linli.Requests.Photos;
using Linli.Requests.Steps;

namespace Linli.Requests.Checking;

/// <summary>核实: somebody who is not of the handling organisations checks the result; not done means back to the handler.</summary>
internal sealed class VerifyRequest(StepRunner steps, FourEyes fourEyes, PhotoShelf photos) : IStepUseCase<VerifyRequest.Input>
{
    /// <param name="IsPassed">Done as reported, or not.</param>
    /// <param name="Findings">What was found; required when it failed. The reporter sees it.</param>
    public sealed record Input(bool? IsPassed, string? Findings, IReadOnlyList<Guid>? Photos, int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.VerifyPass, Step.VerifyFail];
    public static string Noun => "verification";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, input.IsPassed == true ? Step.VerifyPass : Step.VerifyFail, caller, input.Version), async (scene, token) =>
        {
            if (input.IsPassed is not { } isPassed)
            {
                return new Failure.Invalid("isPassed", "请选择通过或不通过。");
            }

            if (Check.Text("findings", input.Findings, isRequired: !isPassed) is { } wrong)
            {
                return wrong;
            }

            if (await fourEyes.RefuseAsync(scene.Request, caller.Actor, [Step.Sign, Step.Claim, Step.Contact, Step.FinishTask, Step.Resolve], [], token) is { } same)
            {
                return same;
            }

            var taken = scene.Take();
            taken.Text = Check.Clean(input.Findings);
            if (!isPassed)
            {
                scene.Request.ReopenCount++;
                (scene.Request.ResolvedAt, scene.Request.ResultCode) = (null, null);
            }

            return await photos.AttachAsync(scene, input.Photos, token);
        }, cancellation);
}
