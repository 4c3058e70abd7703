using System.Net;
using System.Net.Http.Json;
using Linli.Testing;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.Tests;

/// <summary>Calls a town over HTTP as a browser or a program would, with cookies and without following redirects.</summary>
internal static class Web
{
    public static async Task<HttpClient> ClientAsync(this Town town)
    {
        await town.StartAsync();
        var server = (TestServer)town.Services.GetRequiredService<IServer>();
        return new HttpClient(new Cookies(server.CreateHandler())) { BaseAddress = new Uri("http://localhost") };
    }

    public static async Task<HttpClient> SignedInAsync(this Town town, string login)
    {
        var client = await town.ClientAsync();
        var answer = await client.PostAsJsonAsync("/api/session", new { login, password = Staff.Password });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        client.DefaultRequestHeaders.Add("X-Linli", "1");
        return client;
    }

    public static Task<HttpResponseMessage> PostFormAsync(this HttpClient client, string address, params (string Name, string Value)[] fields) =>
        client.SendAsync(new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))),
            Headers = { { "Sec-Fetch-Site", "same-origin" } },
        });

    private sealed class Cookies(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private readonly CookieContainer _jar = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (_jar.GetCookieHeader(request.RequestUri!) is { Length: > 0 } cookies)
            {
                request.Headers.Add("Cookie", cookies);
            }

            var answer = await base.SendAsync(request, cancellationToken);
            if (answer.Headers.TryGetValues("Set-Cookie", out var set))
            {
                foreach (var cookie in set)
                {
                    _jar.SetCookies(request.RequestUri!, cookie);
                }
            }

            return answer;
        }
    }
}
