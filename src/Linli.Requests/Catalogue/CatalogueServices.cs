using Linli.Kernel;
using Linli.Requests.Suggestions;
using Linli.Requests.Owners;
using Linli.Shell.Http;
using Linli.Shell.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Catalogue;

internal static class CatalogueServices
{
    private const int MostSuggestions = 20;

    public static IServiceCollection AddCatalogue(this IServiceCollection services) => services
        .AddSingleton<CatalogueShelf>().AddScoped<CatalogueReader>().AddScoped<ImportCatalogue>().AddScoped<FillReasons>().AddScoped<FillSectors>().AddScoped<ResponsibleOrganisation>().AddScoped<SimulateOwner>();

    /// <summary>What can be asked for: for every page, client and exchange, so without a permission.</summary>
    public static void MapCatalogue(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/services", async (CatalogueReader catalogue, CancellationToken cancellation) =>
        {
            var now = await catalogue.NowAsync(cancellation);
            return Results.Json(now.Groups.Select(g => GroupAnswer.Of(g, now)), Json.Plain);
        }).Public().WithName("ListServices").WithTags("catalogue").WithSummary("What can be asked for: groups with their service types, in both languages.").Produces<GroupAnswer[]>();

        routes.MapGet("/api/services/suggest", async (string? text, int? top, SuggestionSource suggestions, CancellationToken cancellation) =>
            Results.Json(SuggestionsAnswer.Of((await suggestions.NowAsync(cancellation)).For(text, Math.Clamp(top ?? 3, 1, MostSuggestions))), Json.Plain)).Public().Costs(Cost.Searching).WithName("SuggestServices").WithTags("catalogue").WithSummary("Service types that a text may be about, best first, with the words that say so; and whether Linli claims to know.").Produces<SuggestionsAnswer>();

        routes.MapGet("/api/reasons", async (string? kind, CatalogueReader catalogue, CancellationToken cancellation) =>
        {
            var now = await catalogue.NowAsync(cancellation);
            return kind is not null && !ReasonCode.Kinds.Contains(kind)
                ? (IResult)new Problem(new Failure.Invalid("kind", "“{0}”不是原因的种类，应为 {1}。", kind.Length > 20 ? kind[..20] : kind, string.Join(", ", ReasonCode.Kinds)))
                : Results.Json(ReasonCode.Kinds.Where(k => kind is null || k == kind).SelectMany(now.Reasons).Select(ReasonAnswer.Of), Json.Plain);
        }).Public().WithName("ListReasons").WithTags("catalogue").WithSummary("The permitted reasons and results of steps; kind keeps it to one kind.").Produces<ReasonAnswer[]>();

        routes.MapGet("/api/services/{code}", async (string code, CatalogueReader catalogue, CancellationToken cancellation) =>
            await catalogue.FindTypeAsync(code, cancellation) is { } type
                ? Results.Json(TypeDetail.Of(type), Json.Plain)
                : (IResult)new Problem(new Failure.NotFound("没有代码为“{0}”的事项。", code)))
            .Public().WithName("ReadService").WithTags("catalogue").WithSummary("One service type with its form, promised times and keywords.").Produces<TypeDetail>();
    }
}
