using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Linli.Server.Api;

/// <summary>The ways to be refused, described once for the whole API: RFC 9457 with a stable code as title.</summary>
internal static class ApiRefusals
{
    public static readonly IReadOnlyDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["400"] = "BadRequest", ["401"] = "SignInNeeded", ["403"] = "Forbidden", ["404"] = "NotFound", ["409"] = "Conflict", ["412"] = "PreconditionFailed", ["413"] = "TooLarge", ["422"] = "Invalid", ["429"] = "TooOften",
    };

    public static void AddTo(OpenApiDocument document)
    {
        var components = document.Components ??= new OpenApiComponents();
        components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        components.Schemas.Remove("ProblemDetails"); // what the framework would say about the same
        components.Schemas["Problem"] = Problem();
        components.Responses ??= new Dictionary<string, IOpenApiResponse>();
        Add("400", "The body or a parameter could not be read.", "bad_request", "The address or the content is incomplete. Please go back and try again.");
        Add("401", "Nobody is signed in.", "sign_in_needed", "Please sign in first.");
        Add("403", "Not for this caller: no post with the permission, or a step that somebody else takes. Also a change without the header X-Linli.", "forbidden",
            "You cannot do 'Dispatch' with request 261122-048213: that step is for a dispatcher.");
        Add("404", "There is none, or the caller may not know that there is one.", "not_found", "There is no request number 261122-048213, or you may not see it.");
        Add("409", "The state of things does not allow it (any more). The title says why: changed_meanwhile, step_not_possible and others.", "changed_meanwhile",
            "Request 261122-048213 has just changed: Wang Lei did 'Dispatch' at 09:12, and it is now 'Waiting for signature'. Please look at it as it stands, then act.");
        Add("412", "With If-Match: somebody was faster. The answer has the version of now and the steps that were taken since, as far as the caller may see them.", "changed_meanwhile",
            "Request 261122-048213 has just changed: Wang Lei did 'Dispatch' at 09:12, and it is now 'Waiting for signature'. Please look at it as it stands, then act.");
        Add("413", "The body is too large.", "too_large", "Photos or text are above the limit. Please use fewer photos, or send them in several parts.");
        Add("422", "Something in the input is wrong; errors names every wrong field.", "invalid", "1 to be corrected.",
            new JsonObject { ["organisation"] = new JsonArray("Please choose an organisation.") });

        Add("429", "Too often: Retry-After says when to try again. A report in a flood of them: proof says what work to do, and the header X-Linli-Proof (token:number) shows that it was done.",
            "too_many_requests", "Too often. Please wait 12 seconds and try again.");

        void Add(string status, string description, string code, string detail, JsonObject? errors = null)
        {
            var example = new JsonObject { ["type"] = $"urn:linli:problem:{code}", ["title"] = code, ["status"] = int.Parse(status, null), ["detail"] = detail, ["instance"] = "/api/requests/261122-048213/dispatch" };
            if (errors is not null)
            {
                example["errors"] = errors;
            }

            components.Responses[Names[status]] = new OpenApiResponse
            {
                Description = description,
                Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference("Problem", document), Example = example } },
            };
        }
    }

    private static OpenApiSchema Problem() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "Why a call was refused (RFC 9457).",
        Required = new HashSet<string> { "type", "title", "status", "detail" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("urn:linli:problem: with the code."),
            ["title"] = Text("The code: stable, for programs."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "As the HTTP status." },
            ["detail"] = Text("For people, in the language of the call: what is wrong, with which value, and what to do."),
            ["instance"] = Text("The address called."),
            ["version"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "Of 412: the version of now." },
            ["changes"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.Object }, Description = "Of 412: the steps that were taken since." },
            ["proof"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "Of 429 in a flood of reports: find a number so that SHA-256 of salt:number begins with so many zero bits, and send the same again with the header X-Linli-Proof: token:number.",
                Properties = new Dictionary<string, IOpenApiSchema> { ["token"] = Text("Goes back as it is."), ["salt"] = Text("Before the colon."), ["bits"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "Zero bits." } },
            },
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object, Description = "Of 422: field to what is wrong with it.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
        },
    };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
