using System.Net.Mail;

namespace Linli.Shell.Mail;

/// <summary>What can be written to.</summary>
public static class Address
{
    private const int MaxLength = 200;

    /// <summary>One bare address, without a name, a list or a line end that would add headers.</summary>
    public static bool IsOne(string text) =>
        text.Length <= MaxLength && !text.Any(char.IsControl) && MailAddress.TryCreate(text, out var parsed) && parsed.Address == text;
}
