using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Linli.Attacks;

/// <summary>Names of what an endpoint reads from its address, as far as its handler says; and those that pages read by themselves.</summary>
internal static class Parameters
{
    private static readonly string[] Everywhere = ["done", "new", "lang", "size", "view", "page", "queue", "words", "state", "area", "group", "sort", "type", "here", "days", "about", "text", "q", "search", "role", "kind", "year", "from", "until"];

    public static IReadOnlyList<string> Of(Door door)
    {
        var handler = door.Endpoint.Metadata.GetMetadata<MethodInfo>();
        var own = handler is null ? [] : handler.GetParameters().SelectMany(Names);
        return [.. own.Concat(Everywhere).Except(door.Places).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static IEnumerable<string> Names(ParameterInfo parameter) =>
        IsSimple(parameter.ParameterType) ? [parameter.Name!]
        : parameter.GetCustomAttribute<AsParametersAttribute>() is not null ? parameter.ParameterType.GetProperties().Where(p => IsSimple(p.PropertyType)).Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name))
        : [];

    private static bool IsSimple(Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        bare = bare.IsArray ? bare.GetElementType()! : bare;
        return bare == typeof(string) || bare.IsPrimitive || bare.IsEnum || bare == typeof(Guid) || bare == typeof(DateOnly) || bare == typeof(DateTimeOffset) || bare == typeof(decimal);
    }

    /// <summary>Of forms: what the handler binds by itself.</summary>
    public static IEnumerable<string> OfForm(Door door) => door.Endpoint.Metadata.GetMetadata<MethodInfo>() is { } handler
        ? handler.GetParameters().Where(p => p.GetCustomAttribute<FromFormAttribute>() is not null).Select(p => p.Name!)
        : [];
}
