using Linli.Kernel;
using Linli.Kernel.Clocks;
using Linli.Requests.Access;
using Linli.Requests.Clocks;
using Linli.Requests.Life;
using Linli.Requests.Steps;

namespace Linli.Requests.Dispatch;

/// <summary>发布: offered to alliance members or volunteer teams; the first valid claim takes it, until the offer expires.</summary>
internal sealed class OfferRequest(StepRunner steps, StepLookups lookups) : IStepUseCase<OfferRequest.Input>
{
    public const int MostOrganisations = 300;

    /// <param name="Organisations">Codes of those who may claim it.</param>
    /// <param name="Hours">How long the offer stands: 1 to 168 hours, 24 when left out.</param>
    public sealed record Input(IReadOnlyList<string>? Organisations, int? Hours, string? Note, int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.Offer];
    public static string Noun => "offer";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, Step.Offer, caller, input.Version), async (scene, token) =>
        {
            var codes = (input.Organisations ?? []).Where(c => !string.IsNullOrWhiteSpace(c)).Distinct().ToList();
            if (codes.Count is 0 or > MostOrganisations)
            {
                return new Failure.Invalid("organisations", "请选择 1 到 {0} 个单位，现在是 {1} 个。", MostOrganisations, codes.Count);
            }

            if (input.Hours is < 1 or > 168)
            {
                return new Failure.Invalid("hours", "接单期是 1 到 168 小时，现在是 {0} 小时。", input.Hours);
            }

            if (Check.Text("note", input.Note, isRequired: false) is { } wrong)
            {
                return wrong;
            }

            var budget = new Budget(input.Hours ?? 24, BudgetUnit.Hours);
            var until = scene.Clocks.EndOf(scene.Type, budget, scene.Now);
            foreach (var code in codes)
            {
                var organisation = await lookups.OrganisationAsync("organisations", code, scene.Request, token);
                if (!organisation.Succeeded)
                {
                    return organisation.Failure;
                }

                scene.Request.Offers.Add(new RequestOffer { RequestId = scene.Request.Id, OrganisationId = organisation.Value.Id, OfferedAt = scene.Now.ToUniversalTime(), ExpiresAt = until.ToUniversalTime() });
            }

            var taken = scene.Take();
            (taken.InternalText, taken.Details) = (Check.Clean(input.Note), $$"""{"organisations":{{codes.Count}}}""");
            scene.OwnBudget = budget;
            return null;
        }, cancellation);
}
