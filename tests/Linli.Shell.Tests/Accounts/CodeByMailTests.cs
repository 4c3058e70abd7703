using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Linli.Shell.Sms;
using Linli.Testing;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Tests.Accounts;

/// <summary>The two ways out for codes: a real mail server, and a gateway for text messages behind real HTTP.</summary>
public sealed class CodeByMailTests
{
    [Fact]
    public async Task A_code_arrives_by_mail_and_signs_in()
    {
        await using var server = await MailTests.MailServer.StartAsync();
        await using var town = await MailTests.TownAsync(server);
        using var client = await town.ClientAsync();
        client.DefaultRequestHeaders.Add("X-Linli", "1");
        Assert.Equal(HttpStatusCode.NoContent, (await client.PostAsJsonAsync("/api/resident/code", new { to = "Wang@Example.com" })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.PostAsJsonAsync("/api/resident/code", new { to = "13800138000" })).StatusCode);   // no gateway here

        await Bells.Delivery(town).DeliverAllAsync();
        var letter = await server.NextAsync();
        Assert.DoesNotMatch(@"\d{6}", letter.GetProperty("subject").GetString()!);
        var code = Regex.Match(letter.GetProperty("text").GetString()!, @"\d{6}").Value;
        Assert.Equal(HttpStatusCode.NoContent, (await client.PostAsJsonAsync("/api/resident/session", new { code })).StatusCode);
        Assert.Contains("W***@Example.com", await client.GetStringAsync("/api/resident"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Without_a_way_out_no_account_is_offered()
    {
        await using var town = await Staff.TownAsync();
        using var client = await town.ClientAsync();
        Assert.Contains("这里没有开通居民账号", await client.GetStringAsync("/sign-in/resident"), StringComparison.Ordinal);
        Assert.DoesNotContain("/sign-in/resident", await client.GetStringAsync("/track"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, null)]
    [InlineData(400, typeof(SmsRefusedException))]
    [InlineData(429, typeof(HttpRequestException))]
    [InlineData(500, typeof(HttpRequestException))]
    public async Task The_gateway_gets_a_signed_message_and_says_whether_it_will_ever_take_it(int status, Type? thrown)
    {
        using var gateway = new HttpListener();
        var address = $"http://127.0.0.1:{FreePort()}/sms/";
        gateway.Prefixes.Add(address);
        gateway.Start();
        var received = ReceiveAsync(gateway, status);
        var clock = new TestClock(TestClock.MondayMorning);
        using var sender = new WebhookSms(Options.Create(new SmsOptions { Url = address, Secret = "0123456789abcdef" }), clock);
        var message = new OutgoingSms(Guid.NewGuid(), "13800138000", "【邻里】验证码 123456");

        var failure = await Record.ExceptionAsync(() => sender.SendAsync(message, CancellationToken.None));

        Assert.Equal(thrown, failure?.GetType());
        var (body, at, signature) = await received;
        Assert.Equal(("13800138000", "【邻里】验证码 123456", message.Id), (body.GetProperty("to").GetString(), body.GetProperty("text").GetString(), body.GetProperty("id").GetGuid()));
        Assert.Equal(clock.Now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), at);
        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes("0123456789abcdef"), Encoding.UTF8.GetBytes($"{at}.{body.GetRawText()}"))), signature);
    }

    private static async Task<(JsonElement Body, string At, string Signature)> ReceiveAsync(HttpListener gateway, int status)
    {
        var call = await gateway.GetContextAsync();
        using var reader = new StreamReader(call.Request.InputStream, Encoding.UTF8);
        var body = JsonDocument.Parse(await reader.ReadToEndAsync()).RootElement;
        call.Response.StatusCode = status;
        call.Response.Close();
        return (body, call.Request.Headers["X-Linli-Timestamp"]!, call.Request.Headers["X-Linli-Signature"]!);
    }

    private static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
