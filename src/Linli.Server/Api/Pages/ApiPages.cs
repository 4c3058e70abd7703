using System.Text.Json.Nodes;
using Linli.Shell.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Linli.Server.Api.Pages;

/// <summary>GET /api: the API for people. A page for each group, so that a telephone need not load everything.</summary>
internal static class ApiPages
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api", ShowAsync).Public().ExcludeFromDescription();

    private static async Task<IResult> ShowAsync(ApiDocument api, HttpRequest request, string? group)
    {
        var reading = await api.ReadForPeopleAsync();
        request.HttpContext.Response.Headers.CacheControl = "no-store"; // its examples name the address that was asked for, whatever that was
        var site = $"{request.Scheme}://{request.Host}";
        return group is null ? new RazorComponentResult<ApiPage>(new { Api = reading, Site = site })
            : reading.Groups.FirstOrDefault(g => g.Tag == group) is { } known ? new RazorComponentResult<ApiGroupPage>(new { Api = reading, Group = known, Site = site })
            : Results.LocalRedirect("/api");
    }
}
