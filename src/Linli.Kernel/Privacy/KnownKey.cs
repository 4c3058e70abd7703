using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Kernel.Privacy;

/// <summary>
/// The store's memory of a key: its name and something sealed with it, never the key. By this a start without the right keys is refused
/// before anything is written that nobody could open.
/// </summary>
public sealed class KnownKey
{
    /// <summary>What the index key's proof is an index of.</summary>
    private const string Nothing = "linli/1/proof";

    public required string Id { get; init; }
    public required KeyUse Use { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string Proof { get; init; }

    /// <summary>Nothing was sealed with it any more; its file may be gone.</summary>
    public DateTimeOffset? RetiredAt { get; set; }

    public static KnownKey Of(SealingKey key) => new() { Id = key.Id, Use = key.Use, CreatedAt = key.CreatedAt.ToUniversalTime(), Proof = Prove(key) };

    /// <summary>The key is the one that was known by this name.</summary>
    public bool IsProvedBy(SealingKey key, FieldCipher cipher)
    {
        if (Use == KeyUse.Index)
        {
            return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Proof), Encoding.ASCII.GetBytes(Prove(key)));
        }

        try
        {
            return cipher.Open(ProofOf(Id), SealedText.FromStored(Proof)) == Nothing;
        }
        catch (SealBrokenException)
        {
            return false;
        }
    }

    private static string Prove(SealingKey key) => key.Use == KeyUse.Index
        ? Convert.ToHexStringLower(HMACSHA256.HashData(key.Bytes, Encoding.UTF8.GetBytes(Nothing)))
        : FieldCipher.Seal(key, ProofOf(key.Id), Nothing).Stored;

    private static Cell ProofOf(string id) => Cell.Of<KnownKey>(nameof(Proof), id);

    internal static void Configure(ModelBuilder model) => model.Entity<KnownKey>(known =>
    {
        known.ToTable("kernel_known_key");
        known.Property(k => k.Id).HasMaxLength(SealedText.KeyLength);
    });
}
