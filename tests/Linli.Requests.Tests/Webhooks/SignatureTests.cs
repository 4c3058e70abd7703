using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Linli.Requests.Tests.Loop;
using Linli.Shell.Webhooks;
using Linli.Testing;

namespace Linli.Requests.Tests.Webhooks;

/// <summary>What is sent is CloudEvents 1.0 and signed; the receiver here checks it from the two specifications, without a line of Linli.</summary>
public sealed class SignatureTests
{
    [Fact]
    public async Task A_step_arrives_as_a_cloud_event_that_its_receiver_can_check()
    {
        await using var town = await WebhookTown.FoundAsync();
        var secret = (await town.AddAsync()).Secret;
        var number = (await town.Loop.ReportAsync()).Number;
        await town.Loop.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
        await town.SendAsync();

        var arrived = town.Receiver.All[1];
        Assert.Equal("application/cloudevents+json; charset=utf-8", arrived.ContentType);
        Assert.Equal(town.Loop.Clock.Now.ToUnixTimeSeconds(), arrived.At);
        Assert.True(IsGenuine(arrived, secret));
        Assert.False(IsGenuine(arrived with { Body = arrived.Body.Replace("dispatched", "resolved", StringComparison.Ordinal) }, secret));
        Assert.False(IsGenuine(arrived with { At = arrived.At + 1 }, secret));

        var told = JsonSerializer.Deserialize<JsonElement>(arrived.Body);
        Assert.Equal("1.0", told.GetProperty("specversion").GetString());
        Assert.Equal((arrived.Id, "linli.request.dispatch", number), (told.GetProperty("id").GetString(), told.GetProperty("type").GetString(), told.GetProperty("subject").GetString()));
        Assert.Equal(town.Loop.Clock.Now, told.GetProperty("time").GetDateTimeOffset());
        Assert.True(Uri.TryCreate(told.GetProperty("source").GetString(), UriKind.RelativeOrAbsolute, out _));
        using var stranger = await town.Loop.Town.HttpAsync();
        var schema = (await stranger.GetAsync(told.GetProperty("dataschema").GetString()!)).Json().GetProperty("properties");
        var data = told.GetProperty("data");
        Assert.All(data.EnumerateObject(), field => Assert.True(schema.TryGetProperty(field.Name, out _), field.Name));
        Assert.Equal(("dispatch", "reported", "dispatched", 2), (data.GetProperty("step").GetString(), data.GetProperty("from").GetString(), data.GetProperty("state").GetString(), data.GetProperty("sequence").GetInt32()));
        Assert.Equal((LoopTown.Plain, LoopTown.Chengnan, "dept-municipal"), (data.GetProperty("serviceType").GetProperty("code").GetString(), data.GetProperty("area").GetProperty("code").GetString(), data.GetProperty("lead").GetProperty("code").GetString()));
        Assert.Equal((await town.Loop.LoadAsync(number)).NextDueAt, data.GetProperty("dueAt").GetDateTimeOffset());
    }

    /// <summary>The example of the specification, so that receivers' libraries agree. https://github.com/standard-webhooks/standard-webhooks</summary>
    [Fact]
    public void Signatures_are_those_of_standard_webhooks()
    {
        const string Body = """{"test": 2432232314}""";

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", WebhookSecret.Sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, Body));
    }

    [Fact]
    public async Task A_new_secret_and_the_old_one_both_sign_for_a_day()
    {
        await using var town = await WebhookTown.FoundAsync();
        var added = await town.AddAsync();
        var renewed = (await town.SignedInAsync(v => v.SendJsonAsync(HttpMethod.Put, $"/api/webhooks/{added.Id}/secret"))).Json<WebhookSecretShown>().Secret;
        Assert.NotEqual(added.Secret, renewed);

        await town.Loop.ReportAsync();
        await town.SendAsync();
        Assert.True(IsGenuine(town.Receiver.All[0], added.Secret) && IsGenuine(town.Receiver.All[0], renewed));

        town.Loop.Clock.Advance(TimeSpan.FromHours(24));
        await town.Loop.ReportAsync();
        await town.SendAsync();
        Assert.False(IsGenuine(town.Receiver.All[1], added.Secret));
        Assert.True(IsGenuine(town.Receiver.All[1], renewed));
    }

    [Fact]
    public async Task The_secret_is_shown_once_and_sealed_in_the_store()
    {
        await using var town = await WebhookTown.FoundAsync();
        var added = await town.AddAsync();

        Assert.StartsWith("whsec_", added.Secret, StringComparison.Ordinal);
        Assert.DoesNotContain(added.Secret[6..], await StoreContents.ReadAsync(town.Loop.Town), StringComparison.Ordinal);
        foreach (var path in new[] { $"/api/webhooks/{added.Id}", "/api/webhooks", $"/admin/webhooks/{added.Id}", "/admin/webhooks" })
        {
            var answer = await town.Admin.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.DoesNotContain("whsec_", answer.Text, StringComparison.Ordinal);
        }
    }

    /// <summary>As the specification of Standard Webhooks tells a receiver to do it.</summary>
    private static bool IsGenuine(Arrived arrived, string secret)
    {
        using var hmac = new HMACSHA256(Convert.FromBase64String(secret.Split('_')[1]));
        var expected = Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes(arrived.Id + "." + arrived.At + "." + arrived.Body)));
        return arrived.Signature.Split(' ').Any(s => s == "v1," + expected);
    }
}
