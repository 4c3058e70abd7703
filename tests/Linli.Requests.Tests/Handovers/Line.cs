using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Linli.Requests.Tests.Handovers;

/// <summary>What becomes of calls on the way.</summary>
internal enum LineState
{
    Up,

    /// <summary>Reports arrive, their answers do not.</summary>
    LosesAnswers,

    /// <summary>Reports break off before they arrive.</summary>
    LosesCalls,

    /// <summary>Whatever is asked, something in between says that it is busy.</summary>
    Busy,
}

/// <summary>The network between two installations: real HTTP, and it breaks when a test wants it to.</summary>
internal sealed class Line : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _onwards = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

    private Line(WebApplication app) => _app = app;

    public LineState State { get; set; }

    /// <summary>What the line says about a service, where that differs from what it is.</summary>
    public Func<string, string>? Edit { get; set; }

    /// <summary>Reports that went through to the other side.</summary>
    public int Reports { get; private set; }

    public List<string> Bodies { get; } = [];

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<Line> ToAsync(string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var line = new Line(builder.Build());
        line._app.Run(http => line.PassAsync(http, address));
        await line._app.StartAsync();
        return line;
    }

    public async ValueTask DisposeAsync()
    {
        _onwards.Dispose();
        await _app.DisposeAsync();
    }

    private async Task PassAsync(HttpContext http, string address)
    {
        if (State == LineState.Busy)
        {
            http.Response.StatusCode = (int)HttpStatusCode.ServiceUnavailable;
            return;
        }

        var isReport = HttpMethods.IsPost(http.Request.Method);
        if (isReport && State == LineState.LosesCalls)
        {
            http.Abort();
            return;
        }

        using var call = new HttpRequestMessage(new HttpMethod(http.Request.Method), $"{address}{http.Request.Path}{http.Request.QueryString}");
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        if (isReport)
        {
            Reports++;
            Bodies.Add(Uri.UnescapeDataString(System.Text.Encoding.UTF8.GetString(body.ToArray()).Replace('+', ' ')));
            call.Content = new ByteArrayContent(body.ToArray());
            call.Content.Headers.TryAddWithoutValidation("Content-Type", http.Request.ContentType);
        }

        foreach (var name in new[] { "Idempotency-Key", "Accept-Language" }.Where(http.Request.Headers.ContainsKey))
        {
            call.Headers.TryAddWithoutValidation(name, http.Request.Headers[name].ToString());
        }

        using var answer = await _onwards.SendAsync(call);
        if (isReport && State == LineState.LosesAnswers)
        {
            http.Abort();
            return;
        }

        http.Response.StatusCode = (int)answer.StatusCode;
        http.Response.ContentType = $"{answer.Content.Headers.ContentType}";
        var text = await answer.Content.ReadAsStringAsync();
        await http.Response.WriteAsync(Edit is null ? text : Edit(text));
    }
}
