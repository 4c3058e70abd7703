using System.Globalization;
using System.Reflection;
using Linli.Kernel;
using Microsoft.AspNetCore.Http;

namespace Linli.Requests.Steps;

/// <summary>Reads a step's input record from an ordinary form: field names are the record's, in camelCase; absent and empty are null.</summary>
internal static class FormInput
{
    public static Outcome<TInput> Read<TInput>(IFormCollection form, IReadOnlyDictionary<string, object?> known) where TInput : notnull
    {
        var constructor = typeof(TInput).GetConstructors().Single(c => c.GetParameters().All(p => p.ParameterType != typeof(TInput)));
        var problems = new List<FieldProblem>();
        var values = constructor.GetParameters().Select(p =>
        {
            var name = char.ToLowerInvariant(p.Name![0]) + p.Name[1..];
            return known.TryGetValue(name, out var given) ? given : ValueOf(p.ParameterType, name, form, problems);
        }).ToArray();
        return problems.Count > 0 ? new Failure.Invalid(problems) : (TInput)constructor.Invoke(BindingFlags.Default, null, values, CultureInfo.InvariantCulture);
    }

    private static object? ValueOf(Type type, string name, IFormCollection form, List<FieldProblem> problems)
    {
        var texts = form[name].Where(v => !string.IsNullOrWhiteSpace(v)).Select(v => v!.Trim()).ToList();
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare == typeof(IReadOnlyList<string>))
        {
            return texts.Count == 0 ? null : form[name].Select(v => v?.Trim() ?? "").ToList();   // what is empty keeps its place beside other lists
        }

        if (bare == typeof(IReadOnlyList<int?>))
        {
            return texts.Count == 0 ? null : form[name].Select(v => string.IsNullOrWhiteSpace(v) ? null : (int?)One(typeof(int), name, v.Trim(), problems)).ToList();
        }

        if (bare == typeof(IReadOnlyList<Guid>))
        {
            return texts.Count == 0 ? null : texts.Select(t => (Guid)(One(typeof(Guid), name, t, problems) ?? Guid.Empty)).ToList();
        }

        return texts.Count == 0 ? null : One(bare, name, form[name].First(v => !string.IsNullOrWhiteSpace(v))!, problems);
    }

    private static object? One(Type type, string name, string text, List<FieldProblem> problems)
    {
        object? value =
            type == typeof(string) ? text
            : type == typeof(int) && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number
            : type == typeof(bool) && bool.TryParse(text, out var flag) ? flag
            : type == typeof(Guid) && Guid.TryParse(text, out var id) ? id
            : type.IsEnum && Enum.TryParse(type, text, ignoreCase: true, out var word) && Enum.IsDefined(type, word) ? word
            : null;
        if (value is null)
        {
            problems.Add(new FieldProblem(name, "“{0}”在这里不能用。请检查后再填。", text.Length > 30 ? text[..30] + "…" : text));
        }

        return value;
    }
}
