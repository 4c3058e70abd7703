using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Life;
using Linli.Requests.Steps;

namespace Linli.Requests.Handling;

/// <summary>联系群众: the first contact stops the contact clock; later ones are history.</summary>
internal sealed class ContactReporter(StepRunner steps) : IStepUseCase<ContactReporter.Input>
{
    /// <param name="IsReached">False when nobody answered: written down, but the clock goes on.</param>
    /// <param name="Note">What was agreed; the reporter sees it.</param>
    public sealed record Input(bool? IsReached, string? Note, int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.Contact];
    public static string Noun => "contact";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, input.IsReached == false ? Step.Note : Step.Contact, caller, input.Version), (scene, _) =>
        {
            if (Check.Text("note", input.Note, isRequired: true) is { } wrong)
            {
                return Task.FromResult<Failure?>(wrong);
            }

            var taken = scene.Take();
            (taken.Text, taken.ReasonCode, taken.OrganisationId) = (Check.Clean(input.Note), input.IsReached == false ? "unreached" : null, scene.Request.LeadOrganisationId);
            if (input.IsReached != false)
            {
                scene.Request.ContactedAt ??= taken.At;
            }

            return Task.FromResult<Failure?>(null);
        }, cancellation);
}
