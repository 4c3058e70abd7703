using System.Linq.Expressions;
using Linli.EndToEnd.Browsing;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Requests.Import.Assistant;
using Linli.Requests;
using Linli.Requests.Life;
using Linli.Shell;
using Linli.Shell.Accounts;
using Linli.Shell.Ledgers;
using Linli.Shell.Ledgers.Keeping;
using Linli.Shell.Webhooks;
using Linli.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.EndToEnd.Journeys;

/// <summary>
/// Scans: a new page is looked at by being there. One with places in its address has to say here what to put into them. How a page looks
/// does not hang on the database, so once is enough; what pages say is held on both by the tests without a browser.
/// </summary>
[Trait("Only", "sqlite")]
public sealed class EveryPageTests(PlayedTown played) : IClassFixture<PlayedTown>
{
    /// <summary>Opened on one screen, then seen on the other as well; axe, which takes its time, looks at each language on one of them.</summary>
    [Theory]
    [InlineData("zh-CN", 1440)]
    [InlineData("en", 360)]
    public async Task Every_page_is_in_order(string language, int width)
    {
        var (first, second) = width == Screen.Desk.Width ? (Screen.Desk, Screen.Phone) : (Screen.Phone, Screen.Desk);
        var wrong = new List<string>();
        foreach (var visits in (await VisitsAsync()).GroupBy(v => v.Login))
        {
            await using var visitor = await played.Open.OpenAsync(first, visits.Key, language);
            await ShowOwnAsync(visitor, visits.Key);
            foreach (var (login, path) in visits)
            {
                wrong.AddRange((await LookAsync(visitor, path, second)).Select(flaw => $"{login ?? "nobody"} {path}: {flaw}"));
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Distinct()));
    }

    private static async Task<IReadOnlyList<string>> LookAsync(BrowserVisitor visitor, string path, Screen second)
    {
        if (!(await visitor.AskAsync(path)).StartsWith("text/html", StringComparison.Ordinal))
        {
            return [];   // not a page
        }

        var answer = await visitor.GoAsync(path);
        // What waits behind a button is looked at too; two actions of one group cannot be open at once otherwise.
        await visitor.Page.EvaluateAsync("document.querySelectorAll('main details').forEach(d => { d.removeAttribute('name'); d.open = true; })");
        List<string> flaws = [.. await visitor.FlawsAsync(withAxe: true)];
        await visitor.TurnToAsync(second);
        flaws.AddRange(await visitor.FlawsAsync(withAxe: false));
        await visitor.TurnToAsync(null);
        return answer.Status == 200 ? flaws : [$"answers {answer.Status}", .. flaws];
    }

    private async Task<IReadOnlyList<(string? Login, string Path)>> VisitsAsync()
    {
        var visits = new List<(string?, string)>();
        foreach (var page in played.Pages)
        {
            var route = "/" + page.RoutePattern.RawText!.Trim('/');
            visits.AddRange(page.RoutePattern.Parameters.Count == 0 ? [(LoginFor(page), route)] : await FillAsync(route, LoginFor(page)));
        }

        visits.Add(("guanli", "/"));   // public pages have more in their head for those who are signed in
        Assert.True(visits.Count > 20, $"Only {visits.Count} pages were found.");
        return visits;
    }

    private async Task<IReadOnlyList<(string? Login, string Path)>> FillAsync(string route, string? login) => route switch
    {
        "/track/{number}" => [(null, $"/track/{played.Own.Number}")],
        "/track/{number}/clocks/{id:guid}" => [(null, $"/track/{played.Own.Number}/clocks/{await ClockAsync(played.Own.Number)}")],
        "/work/filed/{number}" => [(login, $"/work/filed/{played.Own.Number}")],
        "/requests/{number}" => [.. (await EachAsync(r => r.IsPublished && r.Visibility != Visibility.Private)).Take(2).Select(r => ((string?)null, $"/requests/{r.Number}"))],
        "/work/requests/{number}" => [.. (await EachAsync(_ => true)).Select(r => ((string?)WorkerFor(r.State), $"/work/requests/{r.Number}"))],
        "/work/requests/{number}/clocks/{id:guid}" => [(login, $"/work/requests/{played.Own.Number}/clocks/{await ClockAsync(played.Own.Number)}")],
        "/admin/people/{id:guid}" => [(login, $"/admin/people/{await AccountAsync("shipo")}")],
        "/admin/organisations/{id:guid}" => [(login, $"/admin/organisations/{await FirstOrganisationAsync()}")],
        "/admin/imports/{id:guid}" => [(login, $"/admin/imports/{await ImportAsync()}")],
        "/admin/imports/{id:guid}/rejected" => [],   // a file to keep
        "/admin/webhooks/{id:guid}" => [(login, $"/admin/webhooks/{await WebhookAsync()}")],
        _ when route.StartsWith("/work/calendars/{code}", StringComparison.Ordinal) => [(login, route.Replace("{code}", "huguan", StringComparison.Ordinal))],
        _ when route.StartsWith("/work/requests/{number}/", StringComparison.Ordinal) => [],   // the address of a step leads back to the request
        "/work/ledgers/{id}" or "/work/ledgers/{id}/print" => [(login, route.Replace("{id}", "township-weekly", StringComparison.Ordinal)), ("duban", route.Replace("{id}", "overdue", StringComparison.Ordinal))],
        "/work/ledgers/{id}/edit" => [("duban", $"/work/ledgers/{await LedgerAsync("duban")}/edit"), ("duban", "/work/ledgers/new?source=requests"), ("duban", $"/work/ledgers/{await LedgerAsync("duban")}")],
        "/work/ledgers/exports/{export:guid}/file" => [],   // a file to keep
        _ when route.StartsWith("/feeds/", StringComparison.Ordinal) || route.StartsWith("/open-data/", StringComparison.Ordinal) || route.StartsWith("/open311/", StringComparison.Ordinal) => [],   // files for programs
        "/inbox/{id:long}" => [],   // leads on to what the message is about
        "/track/{number}/export" => [],   // a file to keep
        _ => throw new InvalidOperationException($"Say in this test what stands in the address of {route}."),
    };

    /// <summary>Whoever has most to do with it.</summary>
    private static string WorkerFor(RequestState state) => state switch
    {
        RequestState.InArbitration => "duban",
        RequestState.Resolved => "huifang",
        _ => "paidan",
    };

    /// <summary>The first of the demo's people who may open it; null where everybody may.</summary>
    private string? LoginFor(RouteEndpoint page)
    {
        var policies = page.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy).OfType<string>().ToList();
        var allowed = played.Town.Services.GetServices<ILinliModule>().SelectMany(m => m.Permissions).Where(p => policies.Contains(p.Key)).ToList();
        return policies.Count == 0 || allowed.All(p => p.IsForResidents) ? null : Town.Accounts.First(a => allowed.All(permission => a.Posts.Any(post => permission.Roles.Contains(post.Role)))).Login;
    }

    /// <summary>Whoever opens it may follow it without an account.</summary>
    private async Task ShowOwnAsync(BrowserVisitor visitor, string? login)
    {
        if (login is null)
        {
            await visitor.GoAsync("/track");
            await visitor.Page.Locator("main input[name=number]").FillAsync(played.Own.Number);
            await visitor.Page.Locator("main input[name=code]").FillAsync(played.Own.Code);
            await visitor.Page.Locator("main button[type=submit]").ClickAsync();
            await visitor.Page.WaitForURLAsync($"**/track/{played.Own.Number}");
        }
    }

    /// <summary>One request in every state, the one with the longest history.</summary>
    private Task<List<(string Number, RequestState State)>> EachAsync(Expression<Func<ServiceRequest, bool>> which) => played.Town.ReadAsync(async db =>
    {
        var all = await db.Set<ServiceRequest>().AsNoTracking().Where(which).OrderByDescending(r => r.Version).ThenBy(r => r.Number).Select(r => new { r.Number, r.State }).ToListAsync();
        return all.DistinctBy(r => r.State).Select(r => (r.Number, r.State)).ToList();
    });

    private Task<Guid> ClockAsync(string number) => played.Town.ReadAsync(db => db.Set<ServiceRequest>().Where(r => r.Number == number).SelectMany(r => r.Clocks).Select(c => c.Id).FirstAsync());

    private Task<Guid> AccountAsync(string login) => played.Town.ReadAsync(db => db.Set<Account>().Where(a => a.UserName == login).Select(a => a.Id).SingleAsync());

    /// <summary>One that has something to show: an event that was not delivered.</summary>
    private async Task<Guid> ImportAsync() => (await played.Town.InScopeAsync((ImportAssistant assistant) => assistant.BeginAsync(
        Actor.System, ImportKind.Organisations, "单位.csv", "单位代码,单位名称,单位类型\nnew-1,新设一局,部门\nnew-2,新设二局,火星\n"u8.ToArray(), default))).Value.Id;

    private async Task<Guid> WebhookAsync()
    {
        var added = await played.Town.InScopeAsync((KeepWebhooks keep) => keep.AddAsync(Actor.System, new WebhookInput("城管平台", "https://receiver.invalid/linli", null, null, null), default));
        await played.Town.InScopeAsync((KeepWebhooks keep) => keep.TestAsync(Actor.System, added.Value.Id, default));
        await played.Town.Services.GetRequiredService<DeliverWebhooks>().DeliverAllAsync();
        return added.Value.Id;
    }

    private async Task<Guid> LedgerAsync(string login)
    {
        var account = await AccountAsync(login);
        var actor = (await played.Town.InScopeAsync((LoadActor actors) => actors.FindAsync(account, null, default)))!.Actor;
        var definition = new LedgerDefinition { Source = "requests", Name = "在办台账", Columns = [new LedgerColumnSpec("number"), new LedgerColumnSpec(null, "[反映人数] * 2", "两倍")] };
        return (await played.Town.InScopeAsync((KeepLedgers keep) => keep.AddAsync(actor, definition, default))).Value.Id;
    }

    private Task<Guid> FirstOrganisationAsync() => played.Town.ReadAsync(db => db.Set<Organisation>().OrderBy(o => o.Code).Select(o => o.Id).FirstAsync());
}
