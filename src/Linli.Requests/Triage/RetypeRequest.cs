using System.Text.Json;
using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Requests.Life;
using Linli.Requests.Search;
using Linli.Requests.Steps;
using Linli.Requests.Suggestions;

namespace Linli.Requests.Triage;

/// <summary>
/// 改事项: a dispatcher says of what type a request is. Its owner, its times from the dispatch on and who may see it go by the new type; what
/// was public is never made public anew by this alone. The dispatch clock runs on: nobody gains time by sorting.
/// </summary>
internal sealed class RetypeRequest(StepRunner steps, CatalogueReader catalogue, RecordSuggestions suggestions) : IStepUseCase<RetypeRequest.Input>
{
    /// <param name="ServiceType">Code of the type that it is.</param>
    /// <param name="Note">Why; only staff read it.</param>
    public sealed record Input(string? ServiceType, string? Note, int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.Retype];
    public static string Noun => "type";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, Step.Retype, caller, input.Version), async (scene, token) =>
        {
            var wanted = input.ServiceType?.Trim();
            if (await catalogue.FindTypeAsync(wanted, token) is not { IsActive: true } type)
            {
                return string.IsNullOrEmpty(wanted)
                    ? new Failure.Invalid("serviceType", "请选择事项。")
                    : new Failure.Invalid("serviceType", "没有代码为“{0}”的事项，或者它已停用。请从列表中选择。", Check.Short(wanted));
            }

            if (Check.Text("note", input.Note, isRequired: false) is { } wrong)
            {
                return wrong;
            }

            if (type.Code == scene.Request.ServiceTypeCode)
            {
                return new Failure.Conflict("already_of_type", "诉求 {0} 已经是“{1}”。", number, new Kernel.Clocks.Wording(type.NameZh, type.NameEn));
            }

            await suggestions.TypeAsync(scene.Request, type.Code, SuggestionStage.Dispatch, scene.Caller.Actor, scene.Now, token);
            var taken = scene.Take();
            taken.InternalText = string.Join("\n", new[] { $"{scene.Type.NameZh} → {type.NameZh}", Check.Clean(input.Note) }.Where(line => line is not null));
            taken.Details = JsonSerializer.Serialize(new { from = scene.Type.Code, to = type.Code }, Json.Plain);
            var request = scene.Request;
            (request.ServiceTypeCode, request.GroupCode, request.IsSensitive) = (type.Code, type.GroupCode, type.IsSensitive);
            request.IsPublished = request is { IsPublished: true, Visibility: not Visibility.Private } && type.Visibility == Visibility.Public;
            request.Visibility = type.Visibility == Visibility.Public && !request.IsPublished ? Visibility.AfterCheck : type.Visibility;
            request.SearchText = SearchText.Of(request.Title, request.Text, request.Address, type.NameZh, type.NameEn);
            return null;
        }, cancellation);
}
