using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Linli.Server.Api;

/// <summary>Shapes in the API document, said as they are: what may be left out, numbers as numbers, words for every field that has some.</summary>
internal sealed class ApiSchemas : IOpenApiSchemaTransformer
{
    /// <summary>A nested type says whose it is: DispatchRequest.Input becomes DispatchRequestInput.</summary>
    public static string? NameOf(JsonTypeInfo type)
    {
        var usual = OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        return usual is not null && type.Type is { IsNested: true, DeclaringType: { } owner } ? owner.Name + usual : usual;
    }

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        TakeNumbersAsNumbers(schema);
        TakeEnumsAsText(schema);
        LetNullsBeLeftOut(schema, context.JsonTypeInfo);
        LeaveRoom(schema);
        Describe(schema, context.JsonTypeInfo.Type);
        return Task.CompletedTask;
    }

    /// <summary>The reader forgives a number in quotes; nobody needs to know.</summary>
    private static void TakeNumbersAsNumbers(OpenApiSchema schema)
    {
        if (schema.Type is { } type && (type & (JsonSchemaType.Integer | JsonSchemaType.Number)) != 0)
        {
            (schema.Type, schema.Pattern) = (type & ~JsonSchemaType.String, null);
        }
    }

    private static void TakeEnumsAsText(OpenApiSchema schema)
    {
        if (schema.Enum is { Count: > 0 } values)
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. values.Where(v => v is not null && !v.IsJsonNullSentinel())];
        }
    }

    private static void LetNullsBeLeftOut(OpenApiSchema schema, JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => p.IsGetNullable))
        {
            schema.Required?.Remove(property.Name);
        }
    }

    /// <summary>Calls with an unknown field are refused, but answers may get more fields, and both share their shapes.</summary>
    private static void LeaveRoom(OpenApiSchema schema)
    {
        if (schema.AdditionalProperties is null)
        {
            schema.AdditionalPropertiesAllowed = true;
        }
    }

    /// <summary>The generator of the framework reads the comments of public types alone; the inputs of most use cases are internal.</summary>
    private static void Describe(OpenApiSchema schema, Type type)
    {
        if (type.IsPublic || type.IsNestedPublic && type.DeclaringType!.IsPublic || schema.Properties is not { Count: > 0 } properties || ApiWords.Of(type) is not { } words)
        {
            return;
        }

        schema.Description ??= words.Summary;
        foreach (var (name, property) in properties)
        {
            // Shapes with a name of their own are described where they stand.
            if (property is OpenApiSchema { Properties: null or { Count: 0 }, Enum: null or { Count: 0 }, Description: null } own && words.Fields.GetValueOrDefault(name) is { } field)
            {
                own.Description = field;
            }
        }
    }
}
