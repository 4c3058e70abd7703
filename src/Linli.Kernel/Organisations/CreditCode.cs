namespace Linli.Kernel.Organisations;

/// <summary>Unified social credit code (GB 32100-2015): 17 characters and one check character.</summary>
public static class CreditCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private const int Length = 18;

    /// <summary>Weights are the powers of 3 modulo 31; the check character brings the sum to a multiple of 31.</summary>
    public static bool IsValid(string code)
    {
        if (code.Length != Length || code.Any(c => !Alphabet.Contains(c, StringComparison.Ordinal)))
        {
            return false;
        }

        var (sum, weight) = (0, 1);
        foreach (var c in code[..^1])
        {
            sum += Alphabet.IndexOf(c, StringComparison.Ordinal) * weight;
            weight = weight * 3 % Alphabet.Length;
        }

        return Alphabet[(Alphabet.Length - sum % Alphabet.Length) % Alphabet.Length] == code[^1];
    }
}
