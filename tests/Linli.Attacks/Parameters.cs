using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Linli.Attacks;

/// <summary>Names of what an endpoint reads from its address, as far as its handler says; and those that pages read by themselves.</summary>
internal static class Parameters
{
    private static readonly string[] Everywhere = ["done", "new", "lang", "size", "view", "page", "queue", "words", "state", "area", "group", "sort", "type", "here", "days", "about", "text", "q", "search", "role", "kind", "year", "from", "until"];

    private static readonly string[] Search = ["words", "search", "q", "text"];

    public static IReadOnlyList<string> Of(Door door) => [.. OwnOf(door).Concat(Everywhere).Except(door.Places).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>What the handler itself asks for.</summary>
    public static IEnumerable<string> OwnOf(Door door) => door.Endpoint.Metadata.GetMetadata<MethodInfo>() is { } handler
        ? handler.GetParameters().Where(p => p.GetCustomAttribute<FromFormAttribute>() is null).SelectMany(Names).Except(door.Places)
        : [];

    /// <summary>Where words are looked for: each text of its own, and the usual names together.</summary>
    public static IEnumerable<string[]> WordsOf(Door door)
    {
        var texts = door.Endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters().Where(p => p.ParameterType == typeof(string)).Select(p => p.Name!).Except(door.Places).ToList() ?? [];
        return OwnOf(door).Where(own => texts.Contains(own) || Search.Contains(own)).Select(own => new[] { own }).Concat(door.IsForPrograms || door.Places.Count > 0 ? [] : [Search]);
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
