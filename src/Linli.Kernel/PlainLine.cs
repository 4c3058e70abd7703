using System.Globalization;

namespace Linli.Kernel;

/// <summary>What people type into one line: names, headings, contacts. What nobody can see in it is refused: databases, files and other systems trip over it, and it makes two names look the same.</summary>
public static class PlainLine
{
    /// <returns>Null when every character can be seen; nothing is, too.</returns>
    public static FieldProblem? ProblemWith(string field, string? text) => text is not null && HasUnseen(text) ? new FieldProblem(field, "有看不见的字符，请删掉重写。") : null;

    /// <summary>Control characters, ends of lines, halves of characters, and marks that turn the direction of writing. What joins emoji is left alone.</summary>
    public static bool HasUnseen(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]) || char.GetUnicodeCategory(text[i]) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                || text[i] is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\uFEFF' or '\u200B')
            {
                return true;
            }
        }

        return false;
    }
}
