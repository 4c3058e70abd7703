using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Linli.Kernel;
using Linli.Shell;
using Linli.Shell.Clients;
using Linli.Shell.Http;
using Linli.Shell.Http.Calls;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Linli.Server.Api;

/// <summary>What holds for every operation, read off the endpoint: who may call it, how it can be refused, an example.</summary>
internal sealed class ApiOperations : IOpenApiOperationTransformer
{
    /// <summary>Extension of the document: the roles or parties that may call, where they are fewer than all staff.</summary>
    public const string Callers = "x-callers";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var endpoint = context.Description.ActionDescriptor.EndpointMetadata;
        var isGuarded = endpoint.OfType<IAuthorizeData>().Any(a => a.Policy is not null);
        var code = endpoint.OfType<TakesReporterCode>().SingleOrDefault();
        var changes = context.Description.HttpMethod is not ("GET" or "HEAD");
        operation.Security = Security(context.Document!, isGuarded, code, changes, endpoint.OfType<ForPrograms>().SingleOrDefault()?.Scope);
        if (endpoint.OfType<TakesFile>().SingleOrDefault() is { } file)
        {
            operation.RequestBody = FileBody(file.Part);
        }

        if (endpoint.OfType<RequestExample>().SingleOrDefault() is { } example && operation.RequestBody?.Content?.TryGetValue("application/json", out var json) == true)
        {
            json.Example = JsonSerializer.SerializeToNode(example.Body, Json.Plain);
        }

        if (Who(endpoint) is { Count: > 0 } callers)
        {
            operation.Extensions ??= new Dictionary<string, IOpenApiExtension>();
            operation.Extensions[Callers] = new JsonNodeExtension(new JsonArray([.. callers.Select(c => JsonValue.Create(JsonNamingPolicy.CamelCase.ConvertName(c)))]));
        }

        ApiParameters.Describe(operation.Parameters ?? []);
        foreach (var answer in endpoint.OfType<IProducesResponseTypeMetadata>().Where(p => p.Type is null || p.Type == typeof(void)))
        {
            AddContent(operation, answer);
        }

        AddTags(operation, context.Description.HttpMethod!, context.Description.RelativePath, endpoint);
        AddRefusals(operation, context.Document!, isGuarded || code is { IsNeeded: true }, changes);
        return Task.CompletedTask;
    }

    /// <summary>Conditional calls: 304 for whoever has it already, If-Match for steps.</summary>
    private static void AddTags(OpenApiOperation operation, string method, string? path, IList<object> endpoint)
    {
        if (EntityTags.AreOn(method, path))
        {
            (operation.Parameters ??= []).Add(Header("If-None-Match", "Entity tag of an answer that you have: 304 where it is still the same."));
            operation.Responses!["304"] = new OpenApiResponse { Description = "Still the same as the one with this entity tag." };
        }
        else if (method == "POST" && IdempotentCalls.AreTaken(endpoint))
        {
            (operation.Parameters ??= []).Add(Header("Idempotency-Key", "8 to 200 characters, new for each operation: sent again within a day, the call is done once and answered the same. For whoever is signed in, and for programs with a key."));
        }

        if (endpoint.OfType<ITagsMetadata>().Any(t => t.Tags.Contains("steps")))
        {
            (operation.Parameters ??= []).Add(Header("If-Match", "Entity tag of the request as you saw it: 412 when somebody was faster."));
            operation.Responses!["412"] = new OpenApiResponse();
        }
    }

    private static OpenApiParameter Header(string name, string description) =>
        new() { Name = name, In = ParameterLocation.Header, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    private static IReadOnlyList<string> Who(IList<object> endpoint)
    {
        if (endpoint.OfType<CalledBy>().SingleOrDefault() is { } named)
        {
            return named.Names;
        }

        var policy = endpoint.OfType<IAuthorizeData>().Select(a => a.Policy).OfType<string>().SingleOrDefault();
        return policy is null || policy == Permission.AnyStaff.Key || policy == Permission.OwnAccount.Key ? []
            : [.. Modules.All.SelectMany(m => m.Permissions).Single(p => p.Key == policy).Roles.Select(r => r.ToString())];
    }

    /// <summary>Each line is one way to be allowed; an empty one is everybody.</summary>
    private static List<OpenApiSecurityRequirement> Security(OpenApiDocument document, bool isGuarded, TakesReporterCode? code, bool changes, string? scope)
    {
        var session = changes ? Needs(ApiFrame.Session, ApiFrame.OwnCall) : Needs(ApiFrame.Session);
        List<OpenApiSecurityRequirement> ways = (isGuarded, code) switch
        {
            (true, _) => [session],
            (_, { IsNeeded: true }) => [Needs(ApiFrame.ReporterCode), session],
            (_, not null) => [Needs(), Needs(ApiFrame.ReporterCode), session],
            _ => scope is null ? [] : [Needs()],
        };
        return scope is null ? ways : [.. ways, new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ApiFrame.Key, document)] = [scope] }];

        OpenApiSecurityRequirement Needs(params string[] schemes)
        {
            var requirement = new OpenApiSecurityRequirement();
            foreach (var scheme in schemes)
            {
                requirement[new OpenApiSecuritySchemeReference(scheme, document)] = [];
            }

            return requirement;
        }
    }

    /// <summary>What is not JSON has a media type and no shape.</summary>
    private static void AddContent(OpenApiOperation operation, IProducesResponseTypeMetadata answer)
    {
        if (operation.Responses?.GetValueOrDefault(answer.StatusCode.ToString(CultureInfo.InvariantCulture)) is OpenApiResponse response)
        {
            response.Content ??= new Dictionary<string, OpenApiMediaType>();
            foreach (var type in answer.ContentTypes)
            {
                response.Content.TryAdd(type, new OpenApiMediaType());
            }
        }
    }

    private static OpenApiRequestBody FileBody(string? part) => part is null ? new() { Required = true, Content = new Dictionary<string, OpenApiMediaType> { ["application/octet-stream"] = Raw() } } : new()
    {
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["multipart/form-data"] = new()
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Required = new HashSet<string> { part },
                    Properties = new Dictionary<string, IOpenApiSchema> { [part] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } },
                },
            },
            ["application/octet-stream"] = Raw(),
        },
    };

    private static OpenApiMediaType Raw() => new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } };

    /// <summary>The refusals are described once (<see cref="ApiFrame"/>); here is only which of them can happen.</summary>
    private static void AddRefusals(OpenApiOperation operation, OpenApiDocument document, bool isGuarded, bool changes)
    {
        var possible = operation.Responses!.Keys.Where(ApiRefusals.Names.ContainsKey).ToHashSet();
        var parameters = operation.Parameters ?? [];
        possible.UnionWith(isGuarded ? ["401", "403"] : []);
        possible.UnionWith(changes ? ["403"] : []); // from a foreign site
        possible.UnionWith(operation.RequestBody is not null ? ["413"] : []);
        possible.UnionWith(parameters.Any(p => p.In == ParameterLocation.Path) ? ["404"] : []);
        possible.UnionWith(operation.RequestBody is not null ? ["400", "422"] : parameters.Any(p => p.In == ParameterLocation.Query) ? ["422"] : []);
        possible.UnionWith(parameters.Any(IsRead) ? ["400"] : []);
        possible.Add("429");
        foreach (var status in possible.Order(StringComparer.Ordinal))
        {
            operation.Responses[status] = new OpenApiResponseReference(ApiRefusals.Names[status], document);
        }
    }

    /// <summary>A number, a day, yes or no: what stands there may be none. Words are taken as they are.</summary>
    private static bool IsRead(IOpenApiParameter parameter) => parameter.In == ParameterLocation.Query
        && (parameter.Required || parameter.Schema is not { Type: JsonSchemaType.String or (JsonSchemaType.String | JsonSchemaType.Null), Format: null });
}
