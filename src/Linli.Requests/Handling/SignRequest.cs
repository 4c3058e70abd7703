using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Life;
using Linli.Requests.Steps;

namespace Linli.Requests.Handling;

/// <summary>签收: the lead takes it on.</summary>
internal sealed class SignRequest(StepRunner steps) : IStepUseCase<SignRequest.Input>
{
    public sealed record Input(int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.Sign];
    public static string Noun => "signature";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, Step.Sign, caller, input.Version), (scene, _) =>
        {
            scene.Take().OrganisationId = scene.Request.LeadOrganisationId;
            return Task.FromResult<Failure?>(null);
        }, cancellation);
}
