using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Clocks;
using Linli.Kernel.Places;
using Linli.Requests.Access;
using Linli.Requests.Life;
using Linli.Requests.Steps;
using Linli.Requests.Suggestions;

namespace Linli.Requests.Triage;

/// <summary>
/// 改地点: a dispatcher says in which area a request is, where the reporter did not or was wrong. Who answers for it, and which dispatchers
/// see it, go by the new area. A point on the map stays as the reporter set it.
/// </summary>
internal sealed class RelocateRequest(StepRunner steps, AreaMaps maps, Gazetteers gazetteers, RecordSuggestions suggestions) : IStepUseCase<RelocateRequest.Input>
{
    /// <param name="Area">Code of the area, or words that plainly name one.</param>
    /// <param name="Note">Why; only staff read it.</param>
    public sealed record Input(string? Area, string? Note, int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.Relocate];
    public static string Noun => "place";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, Step.Relocate, caller, input.Version), async (scene, token) =>
        {
            if (Check.Clean(input.Area) is not { } wanted)
            {
                return new Failure.Invalid("area", "请写明是哪个村、社区，或它的代码。");
            }

            var map = await maps.CurrentAsync(token);
            var area = map.Find(wanted) ?? (wanted.Length <= Report.PlaceFinder.MostAddress ? (await gazetteers.CurrentAsync(token)).FindSure(wanted)?.Area : null);
            if (area is not { EndedOn: null })
            {
                return new Failure.Invalid("area", "从“{0}”看不出是哪个区域，或者它已撤并。请写明乡镇和村、社区，或区域代码。", Check.Short(wanted));
            }

            if (Check.Text("note", input.Note, isRequired: false) is { } wrong)
            {
                return wrong;
            }

            var request = scene.Request;
            if (area.Code == request.AreaCode)
            {
                return new Failure.Conflict("already_there", "诉求 {0} 已经在“{1}”。", number, new Wording(area.FullName, area.NameEn ?? area.FullName));
            }

            await suggestions.PlaceAsync(request, area.Code, scene.Caller.Actor, scene.Now, token);
            var taken = scene.Take();
            var before = request.AreaCode is { } code ? map.Find(code)?.FullName ?? code : "–";
            taken.InternalText = string.Join("\n", new[] { $"{before} → {area.FullName}", Check.Clean(input.Note) }.Where(line => line is not null));
            taken.Details = JsonSerializer.Serialize(new { from = request.AreaCode, to = area.Code }, Json.Plain);
            request.AreaCode = area.Code;
            return null;
        }, cancellation);
}
