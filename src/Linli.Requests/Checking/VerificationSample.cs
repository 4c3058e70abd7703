using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Linli.Requests.Catalogue;

namespace Linli.Requests.Checking;

/// <summary>
/// Which resolved requests are checked: every one of some types, a random share of others. The draw depends on the seed, the number
/// and how often it was reopened alone, so that anybody with the seed can repeat it and nobody can choose.
/// </summary>
public sealed class VerificationSample(string seed)
{
    public bool Takes(ServiceType type, ServiceRequest request) =>
        type.VerifiesEvery || Draw(request) < type.VerificationShare;

    /// <summary>Evenly spread over [0, 1).</summary>
    private double Draw(ServiceRequest request)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}/{request.Number}/{request.ReopenCount}"));
        return BinaryPrimitives.ReadUInt32BigEndian(hash) / (double)(1L << 32);
    }
}
