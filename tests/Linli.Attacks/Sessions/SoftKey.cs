using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace Linli.Attacks.Sessions;

/// <summary>A passkey in software (WebAuthn, ES256), as telephones have them: it does not count its uses.</summary>
internal sealed class SoftKey : IDisposable
{
    private const byte Present = 1, Verified = 4, HasKey = 0x40;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(32);
    private byte[] _user = [];

    /// <summary>Answers creation options.</summary>
    public JsonObject Make(JsonElement options)
    {
        _user = WebEncoders.Base64UrlDecode(options.GetProperty("user").GetProperty("id").GetString()!);
        var data = (byte[])[.. Data(Present | Verified | HasKey), .. new byte[16], 0, (byte)_id.Length, .. _id, .. PublicKey()];
        var attestation = (byte[])[0xA3, 0x63, .. "fmt"u8, 0x64, .. "none"u8, 0x67, .. "attStmt"u8, 0xA0, 0x68, .. "authData"u8, 0x58, (byte)data.Length, .. data];
        return Credential(new JsonObject { ["clientDataJSON"] = Text(Said("webauthn.create", options)), ["attestationObject"] = Text(attestation), ["transports"] = new JsonArray("internal") });
    }

    /// <summary>Answers request options.</summary>
    public JsonObject Sign(JsonElement options)
    {
        var (said, data) = (Said("webauthn.get", options), Data(Present | Verified));
        var signature = _key.SignData([.. data, .. SHA256.HashData(said)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Credential(new JsonObject { ["clientDataJSON"] = Text(said), ["authenticatorData"] = Text(data), ["signature"] = Text(signature), ["userHandle"] = Text(_user) });
    }

    public void Dispose() => _key.Dispose();

    private JsonObject Credential(JsonObject response) => new()
    {
        ["id"] = Text(_id), ["rawId"] = Text(_id), ["type"] = "public-key", ["clientExtensionResults"] = new JsonObject(), ["response"] = response,
    };

    private static byte[] Said(string type, JsonElement options) => Encoding.UTF8.GetBytes(
        new JsonObject { ["type"] = type, ["challenge"] = options.GetProperty("challenge").GetString(), ["origin"] = "http://localhost", ["crossOrigin"] = false }.ToJsonString());

    private static byte[] Data(byte flags)
    {
        var data = new byte[37];
        SHA256.HashData("localhost"u8, data);
        data[32] = flags;
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(33), 0);
        return data;
    }

    /// <summary>COSE, an elliptic key of P-256.</summary>
    private byte[] PublicKey()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        return [0xA5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32, .. point.X!, 0x22, 0x58, 32, .. point.Y!];
    }

    private static string Text(byte[] bytes) => WebEncoders.Base64UrlEncode(bytes);
}
