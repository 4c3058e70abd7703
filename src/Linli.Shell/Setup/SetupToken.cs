using System.Security.Cryptography;
using System.Text;
using Linli.Shell.Accounts.Passwords;

namespace Linli.Shell.Setup;

/// <summary>What whoever starts Linli reads on its console, and nobody else knows: lets them create the first administrator. New with every start.</summary>
public sealed class SetupToken
{
    public string Value { get; } = OneTimeCodes.New();

    public bool Is(string? typed) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(OneTimeCodes.Tidy(typed ?? "")), Encoding.UTF8.GetBytes(Value));
}
