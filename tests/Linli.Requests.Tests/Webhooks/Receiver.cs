using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Linli.Requests.Tests.Webhooks;

/// <summary>What arrived: the body as bytes of the wire, and the headers.</summary>
internal sealed record Arrived(string Id, long At, string Signature, string ContentType, string Body);

/// <summary>Another system: a real HTTP server on a real port.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Arrived> _arrived = new();

    private Receiver(WebApplication app) => _app = app;

    /// <summary>What it does with what arrives; accepts with 204 unless told otherwise.</summary>
    public Func<Arrived, HttpContext, Task> Answer { get; set; } = (_, http) =>
    {
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    };

    public string Url(string host = "127.0.0.1") => $"http://{host}:{new Uri(_app.Urls.Single()).Port}/events";

    public IReadOnlyList<Arrived> All => [.. _arrived];

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var body = await reader.ReadToEndAsync();
            var arrived = new Arrived(http.Request.Headers["webhook-id"]!, long.Parse(http.Request.Headers["webhook-timestamp"]!, System.Globalization.CultureInfo.InvariantCulture), http.Request.Headers["webhook-signature"]!, http.Request.ContentType!, body);
            receiver._arrived.Enqueue(arrived);
            await receiver.Answer(arrived, http);
        });
        await app.StartAsync();
        return receiver;
    }

    public void Says(int status, string words = "") => Answer = async (_, http) =>
    {
        http.Response.StatusCode = status;
        await http.Response.WriteAsync(words);
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
