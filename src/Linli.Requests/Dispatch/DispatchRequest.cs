using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Life;
using Linli.Requests.Steps;
using Linli.Requests.Suggestions;

namespace Linli.Requests.Dispatch;

/// <summary>派单: one lead organisation, up to five co-handlers, each with a share of the responsibility.</summary>
internal sealed class DispatchRequest(StepRunner steps, StepLookups lookups, RecordSuggestions suggestions) : IStepUseCase<DispatchRequest.Input>
{
    public const int MostCoHandlers = 5;

    /// <summary>Percent, of a co-handler for whom nothing is said.</summary>
    public const int UsualShare = 10;

    /// <param name="Organisation">Code of the lead.</param>
    /// <param name="CoHandlers">Codes of those who help; the lead keeps what their shares leave.</param>
    /// <param name="Shares">Percent for each co-handler, in the same order; 10 where nothing is said.</param>
    /// <param name="Note">Words for the handler, not for the public.</param>
    public sealed record Input(string? Organisation, IReadOnlyList<string>? CoHandlers, IReadOnlyList<int?>? Shares, string? Note, int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.Dispatch];
    public static string Noun => "dispatch";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, Step.Dispatch, caller, input.Version), async (scene, token) =>
        {
            var from = scene.Request.State;
            if (await HandToAsync(scene, lookups, input, isBinding: false, token) is { } refused)
            {
                return refused;
            }

            // A later correction says nothing of what was suggested at first.
            if (from == RequestState.Reported)
            {
                await suggestions.ConfirmTypeAsync(scene.Request, scene.Caller.Actor, scene.Now, token);
                await suggestions.OwnerAsync(scene.Request, input.Organisation!.Trim(), scene.Caller.Actor, scene.Now, token);
            }

            return null;
        }, cancellation);

    /// <summary>Shared with arbitration, which dispatches for good.</summary>
    internal static async Task<Failure?> HandToAsync(StepScene scene, StepLookups lookups, Input input, bool isBinding, CancellationToken cancellation)
    {
        var lead = await lookups.OrganisationAsync("organisation", input.Organisation, scene.Request, cancellation);
        if (!lead.Succeeded)
        {
            return lead.Failure;
        }

        // The share stands at the same place as its organisation, also where a place between them is empty.
        var wanted = (input.CoHandlers ?? []).Select((code, i) => (Code: code, Share: input.Shares?.ElementAtOrDefault(i))).Where(w => !string.IsNullOrWhiteSpace(w.Code)).ToList();
        if (wanted.Count > MostCoHandlers)
        {
            return new Failure.Invalid("coHandlers", "协办单位最多 {0} 个，现在是 {1} 个。", MostCoHandlers, wanted.Count);
        }

        if (input.Shares?.FirstOrDefault(s => s is < 1 or > 90) is { } absurd)
        {
            return new Failure.Invalid("shares", "协办单位的责任是 1% 到 90%，现在有 {0}%。", absurd);
        }

        var helpers = new List<CoHandler>();
        foreach (var (code, share) in wanted)
        {
            var helper = await lookups.OrganisationAsync("coHandlers", code, scene.Request, cancellation);
            if (!helper.Succeeded)
            {
                return helper.Failure;
            }

            if (helper.Value.Id == lead.Value.Id || helpers.Any(h => h.OrganisationId == helper.Value.Id))
            {
                return new Failure.Invalid("coHandlers", "{0}重复了。主办和每个协办单位只能出现一次。", helper.Value.Name);
            }

            helpers.Add(new CoHandler { RequestId = scene.Request.Id, OrganisationId = helper.Value.Id, SharePercent = share ?? UsualShare });
        }

        if (helpers.Sum(h => h.SharePercent) is > 90 and var sum)
        {
            return new Failure.Invalid("shares", "协办单位的责任合计为 {0}%，主办单位至少要留 10%。", sum);
        }

        if (Check.Text("note", input.Note, isRequired: false) is { } wrong)
        {
            return wrong;
        }

        var taken = scene.Take();
        (taken.OrganisationId, taken.InternalText) = (lead.Value.Id, Check.Clean(input.Note));
        var request = scene.Request;
        foreach (var asked in request.TimeRequests.Where(e => e.DecidedAt is null))
        {
            // Asked for by those who had it before: nobody needs to decide any more.
            (asked.DecidedAt, asked.IsGranted) = (taken.At, false);
        }

        (request.LeadOrganisationId, request.DispatchedAt, request.IsBinding) = (lead.Value.Id, taken.At, isBinding);
        request.CoHandlers.Clear();
        request.CoHandlers.AddRange(helpers);
        return null;
    }
}
