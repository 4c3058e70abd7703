using System.Net;
using Linli.Shell.Accounts.Sessions;
using Linli.Shell.Limits.Floods;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Attacks.Sessions;

/// <summary>
/// Whatever one installation gave away is worth nothing at another, even if that one holds the very same rows under the same ids and has keys of its
/// own: a neighbouring county, or a test installation made from a copy of the database.
/// </summary>
public sealed class ElsewhereTests
{
    private const string Form = "0123456789abcdef";

    /// <summary>The first is the control: with the same keys everything still holds, as after a restart.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_one_installation_gave_is_nothing_at_another(bool hasTheKeys)
    {
        var store = (await Town.FoundAsync()).Store;
        Given given;
        await using (var here = Town.On(store, keepsStore: true))
        {
            given = await GiveAsync(here);
        }

        TestStores.Close(store);
        var copy = await TestStores.CopyAsync(store);
        await TestStores.DropAsync(store);
        if (!hasTheKeys)
        {
            Directory.Delete(copy.Data.Keys, recursive: true);
        }

        await using var there = Town.On(copy);
        foreach (var (what, isGood) in await LookAsync(there, given))
        {
            Assert.True(isGood == hasTheKeys, $"{what} is {(isGood ? "taken" : "refused")}.");
        }
    }

    private static async Task<Given> GiveAsync(Town town)
    {
        using var staff = await town.HttpAsync("paidan");
        using var resident = await town.HttpAsync();
        var photo = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/evidence", UriKind.Relative)) { Content = new ByteArrayContent(Pictures.Png(20, 20)), Headers = { { "X-Linli", "1" } } };
        var file = (await resident.SendAsync(photo)).Json().GetProperty("id").GetGuid();
        var filed = await resident.PostFormAsync("/report", ("serviceType", "resettlement"), ("name", "李四"), ("phone", "13800000000"), ("area", "140427100001"), ("text", "想学电焊"), ("idempotencyKey", Form));
        Assert.StartsWith("/track/", filed.Path, StringComparison.Ordinal);
        var made = (await resident.SendJsonAsync(HttpMethod.Post, "/api/requests", new { serviceType = "resettlement", text = "想学电焊", name = "李四", phone = "13800000000", place = new { area = "140427100001" }, photos = new[] { file } })).Json();
        var link = await staff.SendJsonAsync(HttpMethod.Post, $"/api/evidence/{file}/links", new { });
        using var owner = await town.HttpAsync("shizheng");
        var (secret, _) = await town.SetUpAppAsync(owner);
        using var half = await town.HttpAsync();
        await half.SendJsonAsync(HttpMethod.Post, "/api/session", new { login = "shizheng", password = Town.Password });
        return new Given(
            staff.Cookies, resident.Cookies, half.Cookies, filed.Path.Split('/')[^1], made.GetProperty("number").GetString()!, made.GetProperty("secretCode").GetString()!,
            link.Json().GetProperty("address").GetString()!,
            town.Services.GetRequiredService<Challenges>().Ask(Form, 2).Token, secret, town.Clock.Now);
    }

    private static async Task<List<(string What, bool IsGood)>> LookAsync(Town there, Given given)
    {
        there.Clock.Set(given.At);
        using var nobody = await there.HttpAsync();
        using var staff = await there.HttpAsync();
        staff.Plant(given.Staff);
        using var resident = await there.HttpAsync();
        resident.Plant(given.Resident);
        using var half = await there.HttpAsync();
        half.Plant(given.Half);
        var looked = new List<(string, bool)>
        {
            ("The session", (await staff.GetAsync("/api/session")).Status == HttpStatusCode.OK),
            ("The reporter's own device", (await resident.GetAsync($"/track/{given.Tracked}")).Text.Contains("想学电焊", StringComparison.Ordinal)),
            ("The secret code", (await nobody.SendRawAsync(HttpMethod.Get, $"/api/requests/{given.Number}", null, [("X-Linli-Code", given.Code), ("Accept", "application/json")])).Status == HttpStatusCode.OK),
            ("The answer to a flood", there.Services.GetRequiredService<Challenges>().Known(Form, given.Token) is not null),
            ("The link to a file", (await nobody.GetAsync(given.Link)).Status == HttpStatusCode.OK),
            ("The half sign-in", (await half.SendJsonAsync(HttpMethod.Post, "/api/session/second", new { code = there.CodeNow(given.Secret) })).Status == HttpStatusCode.NoContent),
        };
        var device = given.Staff[VisitorDevice.Cookie];
        using var guesser = await there.HttpAsync();
        guesser.Plant([KeyValuePair.Create(VisitorDevice.Cookie, device)]);
        await guesser.SendJsonAsync(HttpMethod.Post, "/api/session", new { login = "paidan", password = Town.Password });
        looked.Add(("The known device", guesser.Cookies[VisitorDevice.Cookie] is var now && Same(there, device, now)));
        return looked;
    }

    private static bool Same(Town town, string one, string other)
    {
        var protector = town.Services.GetRequiredService<Microsoft.AspNetCore.DataProtection.IDataProtectionProvider>().CreateProtector("linli.device.v1");
        try
        {
            return Microsoft.AspNetCore.DataProtection.DataProtectionCommonExtensions.Unprotect(protector, one) == Microsoft.AspNetCore.DataProtection.DataProtectionCommonExtensions.Unprotect(protector, other);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return false;
        }
    }

    private sealed record Given(
        IReadOnlyDictionary<string, string> Staff, IReadOnlyDictionary<string, string> Resident, IReadOnlyDictionary<string, string> Half, string Tracked, string Number, string Code, string Link, string Token, byte[] Secret, DateTimeOffset At);
}
