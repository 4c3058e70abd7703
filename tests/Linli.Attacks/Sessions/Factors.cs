using System.Net;
using System.Net.Http.Json;
using Linli.Shell.Accounts.SecondFactor;
using Linli.Testing;
using Linli.Testing.Http;

namespace Linli.Attacks.Sessions;

/// <summary>What a member of staff sets up besides a password.</summary>
internal static class Factors
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <returns>The secret of the authenticator app, and the recovery codes.</returns>
    public static async Task<(byte[] Secret, string[] Codes)> SetUpAppAsync(this Town town, Visitor owner)
    {
        var shown = (await owner.SendJsonAsync(HttpMethod.Post, "/api/me/second-factor/authenticator")).Json().GetProperty("secret").GetString()!;
        var bits = string.Concat(shown.Where(c => c != ' ').Select(c => Convert.ToString(Base32.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var secret = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        var added = await owner.SendJsonAsync(HttpMethod.Put, "/api/me/second-factor/authenticator", new { code = town.CodeNow(secret) });
        Assert.True(added.Status == HttpStatusCode.OK, added.Text);
        town.Clock.Advance(TimeSpan.FromMinutes(1));
        return (secret, [.. added.Json().GetProperty("recoveryCodes").EnumerateArray().Select(c => c.GetString()!)]);
    }

    public static string CodeNow(this Town town, byte[] secret) => Totp.CodeAt(secret, Totp.StepAt(town.Clock.Now));

    public static async Task<SoftKey> AddPasskeyAsync(this Visitor owner)
    {
        var key = new SoftKey();
        var asked = await owner.SendJsonAsync(HttpMethod.Post, "/api/me/passkeys/options");
        var added = await owner.SendPasskeyAsync(HttpMethod.Post, "/api/me/passkeys", new { name = "手机", credential = key.Make(asked.Json()) });
        Assert.True(added.Status == HttpStatusCode.OK, added.Text);
        return key;
    }

    /// <summary>As browsers do: what was signed names the page, and so does the call.</summary>
    public static Task<Answer> SendPasskeyAsync(this Visitor browser, HttpMethod method, string path, object body) =>
        browser.SendRawAsync(method, path, JsonContent.Create(body), [("Origin", "http://localhost"), ("X-Linli", "1"), ("Accept", "application/json")]);
}
