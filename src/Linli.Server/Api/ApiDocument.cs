using System.Text.Json.Nodes;
using Linli.Server.Api.Pages;
using Linli.Shell.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Linli.Server.Api;

/// <summary>
/// The API as one document, OpenAPI 3.1, at /api/openapi.json; people read the same at /api. It is put together from the endpoints
/// themselves and held to docs/api/openapi.json by a test, so that nothing published changes by accident.
/// </summary>
internal sealed class ApiDocument
{
    private const string Name = "linli";
    private readonly Lazy<Task<OpenApiDocument>> _document;
    private readonly Lazy<Task<ApiReading>> _forPeople;

    public ApiDocument(IServiceProvider services)
    {
        _document = new(() => services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name).GetOpenApiDocumentAsync(CancellationToken.None));
        _forPeople = new(async () => new ApiReading(JsonNode.Parse(await WriteAsync())!.AsObject()));
    }

    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<ApiDocument>();
        services.AddOpenApi(Name, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.ShouldInclude = description => description.HttpMethod != HttpMethods.Head;
            options.CreateSchemaReferenceId = ApiSchemas.NameOf;
            options.AddSchemaTransformer<ApiSchemas>();
            options.AddOperationTransformer<ApiOperations>();
            options.AddDocumentTransformer<ApiFrame>();
            options.AddDocumentTransformer<ApiExamples>();
        });
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/openapi.json", async (ApiDocument api) => Results.Text(await api.WriteAsync(), "application/json")).Public().ExcludeFromDescription();
        ApiPages.Map(routes);
    }

    /// <summary>Put together once: the endpoints of a running product do not change.</summary>
    public Task<OpenApiDocument> ReadAsync() => _document.Value;

    /// <summary>The same document as the pages show it.</summary>
    public Task<ApiReading> ReadForPeopleAsync() => _forPeople.Value;

    public async Task<string> WriteAsync() => await (await ReadAsync()).SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1);
}
