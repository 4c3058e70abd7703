using System.Net;
using Linli.Shell.Http.Outbound;
using Microsoft.Extensions.Options;

namespace Linli.Server.Tests.Http;

/// <summary>Addresses that strangers name are called only where the whole internet may call.</summary>
public sealed class OutboundTests
{
    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("8.8.8.8", true)]
    [InlineData("2400:3200::1", true)]
    public void An_address_is_public_or_it_is_not(string address, bool isPublic) => Assert.Equal(isPublic, PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://example.org/a?b=c", true)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("gopher://example.org/", false)]
    [InlineData("https://user:word@example.org/", false)]
    [InlineData("/here", false)]
    [InlineData("", false)]
    public void Only_plain_web_addresses_can_be_called(string address, bool could) => Assert.Equal(could, OutboundCalls.CouldBeCalled(address));

    [Fact]
    public async Task This_machine_is_called_only_where_that_is_allowed_and_a_redirection_leads_nowhere()
    {
        using var listener = new HttpListener();
        var port = FreePort();
        listener.Prefixes.Add($"http://localhost:{port}/");
        listener.Start();
        var answered = Task.Run(async () =>
        {
            var context = await listener.GetContextAsync();
            context.Response.Redirect("http://169.254.169.254/latest");
            context.Response.Close();
        }, TestContext.Current.CancellationToken);

        using var strict = new OutboundCalls(Options.Create(new OutboundOptions()));
        await Assert.ThrowsAsync<HttpRequestException>(() => strict.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"http://localhost:{port}/"), TestContext.Current.CancellationToken));
        using var allowing = new OutboundCalls(Options.Create(new OutboundOptions { Allowed = ["localhost"] }));
        using var answer = await allowing.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"http://localhost:{port}/"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        await answered;
    }

    private static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
