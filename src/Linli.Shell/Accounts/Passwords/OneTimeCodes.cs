using System.Security.Cryptography;

namespace Linli.Shell.Accounts.Passwords;

/// <summary>Codes that somebody reads out or copies by hand, and that work once.</summary>
public static class OneTimeCodes
{
    /// <summary>Letters and digits that nobody mistakes for each other when they are read out on the telephone.</summary>
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    /// <summary>About 50 bits: far more than anybody can guess while wrong guesses have to wait.</summary>
    public static string New() => RandomNumberGenerator.GetString(Alphabet, 10);

    /// <summary>In two halves, to be read.</summary>
    public static string Show(string code) => $"{code[..5]}-{code[5..]}";

    /// <summary>As typed: small letters, spaces and hyphens do not matter.</summary>
    public static string Tidy(string code) => code.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
}
