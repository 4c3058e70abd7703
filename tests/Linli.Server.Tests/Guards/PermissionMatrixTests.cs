using System.Text;
using Linli.Kernel.People;
using Linli.Requests.Life;
using Linli.Shell;
using Linli.Shell.Clients;
using Linli.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace Linli.Server.Tests.Guards;

/// <summary>Who may call what, as one readable file: a new endpoint, permission or step changes it, and the change is seen in review.</summary>
public sealed class PermissionMatrixTests(EndpointTests.Open open) : IClassFixture<EndpointTests.Open>
{
    private static readonly Role[] Roles = Enum.GetValues<Role>();

    [Fact]
    public void The_matrix_of_roles_and_endpoints_is_as_approved() => Assert.Null(Approved.DifferenceFrom("docs/api/permissions.md", Matrix()));

    private string Matrix()
    {
        var text = new StringBuilder("""
            # Who may call what

            Written by a test from the running product; approved like the API document. A ● lets the call through to its use case, which decides about the
            record: area, organisation, service group, sensitive matters, days, deputies and 回避 (docs/decisions/0028-permissions.md). "everybody" needs no
            account; a reporter's own pages ask for the secret code or the reporter's account besides.

            ## Permissions


            """);
        var permissions = Modules.All.SelectMany(m => m.Permissions).OrderBy(p => p.Key, StringComparer.Ordinal).ToList();
        Head(text, "permission");
        foreach (var permission in permissions)
        {
            Line(text, $"`{permission.Key}`", role => permission.Roles.Contains(role));
        }

        text.Append("\n## Endpoints\n\n");
        Head(text, "endpoint | permission");
        foreach (var (path, method, policies) in Rows())
        {
            if (policies.Count == 0)
            {
                text.Append("| `").Append(method).Append(' ').Append(path).Append("` | everybody |").Insert(text.Length, " ● |", Roles.Length).Append('\n');
            }
            else
            {
                Line(text, $"`{method} {path}` | `{string.Join("` `", policies)}`", role => policies.All(key => permissions.Single(p => p.Key == key).Roles.Contains(role)));
            }
        }

        text.Append("\n## Keys of programs\n\nOf what is not for everybody, a key opens these alone (docs/decisions/0039-keys-on-the-api.md); the area of the key narrows requests and ledgers, its types requests.\n\n| endpoint | scope |\n|---|---|\n");
        foreach (var endpoint in open.Endpoints.Where(e => e.Metadata.GetMetadata<ForPrograms>() is not null).OrderBy(e => e.Metadata.GetMetadata<ForPrograms>()!.Scope, StringComparer.Ordinal).ThenBy(e => e.RoutePattern.RawText, StringComparer.Ordinal))
        {
            text.Append("| `").AppendJoin(' ', endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods).Append(" /").Append(endpoint.RoutePattern.RawText!.Trim('/')).Append("` | `").Append(endpoint.Metadata.GetMetadata<ForPrograms>()!.Scope).Append("` |\n");
        }

        text.Append("\n## Steps of a request\n\nWhat somebody is to this one request decides; several at once are possible.\n\n");
        var parties = Enum.GetValues<Party>().Where(p => p is not (Party.None or Party.Anyone)).ToList();
        text.Append("| state | step | ").AppendJoin(" | ", parties).Append(" |\n|---|---|").Insert(text.Length, "---|", parties.Count).Append('\n');
        foreach (var rule in RequestLife.Rules.OrderBy(r => r.From).ThenBy(r => r.Step))
        {
            text.Append("| ").Append(rule.From).Append(" | ").Append(rule.Step).Append(" | ").AppendJoin(" | ", parties.Select(p => rule.By.HasFlag(p) ? "●" : "")).Append(" |\n");
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    private IEnumerable<(string Path, string Method, List<string> Policies)> Rows() => open.Endpoints
        .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => (
            Path: "/" + e.RoutePattern.RawText!.Trim('/'), Method: method,
            Policies: e.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy).OfType<string>().ToList())))
        .OrderBy(r => r.Path, StringComparer.Ordinal).ThenBy(r => r.Method, StringComparer.Ordinal);

    private static void Head(StringBuilder text, string first) =>
        text.Append("| ").Append(first).Append(" | ").AppendJoin(" | ", Roles).Append(" |\n|").Insert(text.Length, "---|", first.Count(c => c == '|') + 1 + Roles.Length).Append('\n');

    private static void Line(StringBuilder text, string first, Func<Role, bool> has) =>
        text.Append("| ").Append(first).Append(" | ").AppendJoin(" | ", Roles.Select(r => has(r) ? "●" : "")).Append(" |\n");
}
