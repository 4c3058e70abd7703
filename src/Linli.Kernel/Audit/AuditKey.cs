using System.Security.Cryptography;

namespace Linli.Kernel.Audit;

/// <summary>
/// The key of a store's audit log. What it signs (ECDSA P-256), anybody checks with the public half; a secret derived from it (HMAC-SHA256)
/// vouches for every entry and every link, so that whoever has the database alone can forge neither.
/// </summary>
public sealed class AuditKey
{
    private const int MacLength = 24;
    private readonly byte[] _private;
    private readonly byte[] _secret;

    internal AuditKey(string pem)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(pem);
        _private = key.ExportPkcs8PrivateKey();
        _secret = HKDF.DeriveKey(HashAlgorithmName.SHA256, key.ExportParameters(includePrivateParameters: true).D!, 32, info: "linli/audit/1"u8.ToArray());
        Public = PublicAuditKey.Of(key);
    }

    public PublicAuditKey Public { get; }

    public string Id => Public.Id;

    /// <summary>Vouches for an entry at the moment it is written: a random number, so that no two are alike, and a keyed hash.</summary>
    public byte[] MacOf(in AuditFields entry)
    {
        var mac = new byte[AuditBytes.NonceLength + MacLength];
        RandomNumberGenerator.Fill(mac.AsSpan(0, AuditBytes.NonceLength));
        var bytes = new AuditBytes();
        bytes.Fill(entry, mac);
        Hash(bytes.Own).AsSpan(0, MacLength).CopyTo(mac.AsSpan(AuditBytes.NonceLength));
        return mac;
    }

    /// <param name="filled">Holds the entry already.</param>
    internal bool Wrote(AuditBytes filled, byte[] mac) => mac.Length == AuditBytes.NonceLength + MacLength && IsOf(filled.Own, mac.AsSpan(AuditBytes.NonceLength));

    internal byte[] MacOfLink(long sequence, byte[] hash) => Hash(AuditBytes.OfLink(sequence, hash))[..AuditLink.MacLength];

    internal bool Linked(long sequence, byte[] hash, byte[] mac) => mac.Length == AuditLink.MacLength && IsOf(AuditBytes.OfLink(sequence, hash), mac);

    internal byte[] MacOf(AuditSeal seal) => Hash(seal.Bytes());

    internal bool Vouches(AuditSeal seal, byte[] mac) => mac.Length == HMACSHA256.HashSizeInBytes && IsOf(seal.Bytes(), mac);

    internal byte[] Sign(byte[] text)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(_private, out _);
        return key.SignData(text, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    private byte[] Hash(ReadOnlySpan<byte> bytes) => HMACSHA256.HashData(_secret, bytes);

    private bool IsOf(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> mac)
    {
        Span<byte> own = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_secret, bytes, own);
        return CryptographicOperations.FixedTimeEquals(own[..mac.Length], mac);
    }
}

/// <summary>The half that may be given to anybody: says whether a checkpoint was signed by this installation.</summary>
/// <param name="Id">The first 16 hexadecimal digits of the SHA-256 of the key (SubjectPublicKeyInfo).</param>
/// <param name="Pem">As openssl reads it.</param>
public sealed record PublicAuditKey(string Id, string Pem)
{
    /// <exception cref="ArgumentException">No public key in PEM.</exception>
    /// <exception cref="CryptographicException">Not a key of this kind.</exception>
    public static PublicAuditKey Read(string pem)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return Of(key);
    }

    internal static PublicAuditKey Of(ECDsa key) =>
        new(Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16], key.ExportSubjectPublicKeyInfoPem());

    internal bool Signed(byte[] text, byte[] signature)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(Pem);
        return key.VerifyData(text, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }
}
