using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Linli.Requests.Privacy;

/// <summary>
/// Telephone and identity numbers, e-mail addresses and the like in what a resident is about to send: asked about once, before anything is kept. Removed, or kept for
/// those who handle it; on pages, in lists and in notices they are masked in either case.
/// </summary>
internal sealed record SpottedNumbers(IFormCollection Form, Failure? Failure)
{
    public const string Field = "numbers";
    public const string Keep = "keep";
    public const string Remove = "remove";

    /// <summary>What people write in their own words, on any form of a resident.</summary>
    private static readonly string[] Words = ["text", "title", "address", "answer", "note", "comment", "reason"];

    /// <param name="isAsked">Whoever files for somebody else is not asked: what is kept is kept for the handlers.</param>
    public static SpottedNumbers In(IFormCollection form, bool isAsked, Texts texts)
    {
        var found = form.Where(f => IsWords(f.Key)).SelectMany(f => f.Value.SelectMany(v => OfWords(f.Key, v))).Distinct().ToList();
        return found.Count == 0 || !isAsked || form[Field] == Keep ? new(form, null)
            : form[Field] == Remove ? new(Without(form, texts["（联系方式已删除）"]), null)
            : new(form, new Failure.Invalid(Field, "您写的话里有号码、邮箱或微信：{0}。公开页面和列表里会遮住它；请选择只留给经办人看，还是删掉。", string.Join(texts["、"], found)));
    }

    private static bool IsWords(string name) => Words.Contains(name) || name.StartsWith("answers.", StringComparison.Ordinal);

    /// <summary>An answer that is nothing but a number was asked for.</summary>
    private static IReadOnlyList<string> OfWords(string name, string? value) =>
        name.StartsWith("answers.", StringComparison.Ordinal) && value?.All(c => !char.IsLetter(c) || c is 'X' or 'x') == true ? [] : PersonalNumbers.Spot(value);

    private static FormCollection Without(IFormCollection form, string mark) => new(
        form.ToDictionary(f => f.Key, f => IsWords(f.Key) && f.Value.Any(v => OfWords(f.Key, v).Count > 0) ? new StringValues([.. f.Value.Select(v => v is null ? null : PersonalNumbers.Remove(v, mark))]) : f.Value),
        form.Files);
}
