using System.Text;

namespace Linli.Kernel;

/// <summary>Characters that look alike as one, so that what people type and paste is compared as they mean it.</summary>
public static class Folding
{
    /// <summary>
    /// Unicode's compatibility form (full-width and half-width alike). Takes every text: the runtime's own throws on halves of surrogate pairs and on
    /// code points that are no characters (U+FFFE, U+FDD0 …), which any form can carry; they become U+FFFD.
    /// </summary>
    public static string Compatible(this string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return (IsSound(text) ? text : Sound(text)).Normalize(NormalizationForm.FormKC);
    }

    private static bool IsSound(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] >= '\uD800' && (char.IsSurrogate(text[i]) || IsNone(text[i])))
            {
                return false;   // pairs are rare; the careful way sorts them out
            }
        }

        return true;
    }

    private static string Sound(string text)
    {
        var sound = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())   // gives U+FFFD for half a pair
        {
            sound.Append(IsNone(rune.Value) ? "\uFFFD" : rune.ToString());
        }

        return sound.ToString();
    }

    private static bool IsNone(int code) => (code & 0xFFFE) == 0xFFFE || code is >= 0xFDD0 and <= 0xFDEF;
}
