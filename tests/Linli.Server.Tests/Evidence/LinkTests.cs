using System.Net;
using Linli.Kernel;
using Linli.Kernel.Evidence;
using Linli.Kernel.People;
using Linli.Requests;
using Linli.Shell.Accounts;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Server.Tests.Evidence;

/// <summary>Links that are good for minutes, for where no cookie is.</summary>
public sealed class LinkTests : IAsyncLifetime
{
    private Town _town = null!;
    private Visitor _resident = null!, _dispatcher = null!, _elsewhere = null!, _bearer = null!;
    private Guid _photo;

    public async ValueTask InitializeAsync()
    {
        _town = await Town.FoundAsync();
        (_resident, _bearer) = (await _town.HttpAsync(), await _town.HttpAsync());
        (_dispatcher, _elsewhere) = (await _town.HttpAsync("paidan"), await _town.HttpAsync("shizheng"));
        _photo = await _resident.SendAsync(Pictures.Jpeg(500, 400), "a.jpg");
        await _resident.ReportAsync("skills-training", _photo);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var visitor in new[] { _resident, _dispatcher, _elsewhere, _bearer })
        {
            visitor.Dispose();
        }

        await _town.DisposeAsync();
    }

    [Fact]
    public async Task A_button_on_the_page_makes_the_link_says_until_when_and_is_recorded()
    {
        var number = await _town.ReadAsync(db => db.Set<ServiceRequest>().Select(r => r.Number).SingleAsync());
        Assert.Contains($"/work/files/{_photo}/link", (await _dispatcher.GetAsync($"/work/requests/{number}")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/work/files/", (await _resident.GetAsync($"/track/{number}")).Text, StringComparison.Ordinal);

        var page = await _dispatcher.PostFormAsync($"/work/files/{_photo}/link", ("back", $"/work/requests/{number}"));
        Assert.Contains(Linli.Shell.Text.LocalTime.Of(_town.Clock.Now.AddMinutes(10)).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture), page.Words, StringComparison.Ordinal);
        var address = System.Net.WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(page.Text, $"http://localhost(/files/{_photo}[^\"<]*)").Groups[1].Value);
        Assert.Equal(HttpStatusCode.OK, (await _bearer.GetAsync(address)).Status);
        Assert.Equal(1, await _town.ReadAsync(db => db.Set<AuditEntry>().CountAsync(e => e.Verb == "evidence.link" && e.Subject == $"{_photo}")));

        Assert.Equal(HttpStatusCode.NotFound, (await _elsewhere.PostFormAsync($"/work/files/{_photo}/link", ("back", ""))).Status);
        Assert.DoesNotContain("evil.example", (await _dispatcher.PostFormAsync($"/work/files/{_photo}/link", ("back", "https://evil.example"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_sees_a_file_can_let_somebody_without_an_account_see_it_for_minutes()
    {
        var made = await _dispatcher.SendJsonAsync(HttpMethod.Post, $"/api/evidence/{_photo}/links", new { minutes = 5 });
        Assert.Equal(HttpStatusCode.Created, made.Status);
        var address = made.Json().GetProperty("address").GetString()!;
        Assert.Equal(_town.Clock.Now.AddMinutes(5), made.Json().GetProperty("until").GetDateTimeOffset());
        Assert.Equal(HttpStatusCode.NotFound, (await _bearer.GetAsync($"/files/{_photo}")).Status);

        var seen = await _bearer.GetAsync(address);
        Assert.Equal((HttpStatusCode.OK, "image/jpeg", "no-store, private"), (seen.Status, seen.ContentType, seen.Headers["Cache-Control"]));
        Assert.Equal(HttpStatusCode.OK, (await _bearer.GetAsync(address + "&thumb")).Status);

        _town.Clock.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.NotFound, (await _bearer.GetAsync(address)).Status);
    }

    [Fact]
    public async Task Only_staff_who_see_the_file_can_make_a_link()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await _elsewhere.SendJsonAsync(HttpMethod.Post, $"/api/evidence/{_photo}/links", new { })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _dispatcher.SendJsonAsync(HttpMethod.Post, $"/api/evidence/{Guid.NewGuid()}/links", new { })).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _resident.SendJsonAsync(HttpMethod.Post, $"/api/evidence/{_photo}/links", new { })).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await _dispatcher.SendJsonAsync(HttpMethod.Post, $"/api/evidence/{_photo}/links", new { minutes = 61 })).Status);
    }

    [Fact]
    public async Task A_link_is_good_for_its_file_alone_and_cannot_be_made_up()
    {
        var other = await _resident.SendAsync(Pictures.Png(20, 20));
        await _resident.ReportAsync("skills-training", other);
        var address = await LinkAsync();
        var key = address.Split("key=")[1];
        Assert.Equal(HttpStatusCode.NotFound, (await _bearer.GetAsync($"/files/{other}?key={key}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _bearer.GetAsync(address[..^3] + "AAA")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _bearer.GetAsync($"/files/{_photo}?key=")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _bearer.GetAsync($"/files/{_photo}?key=%00..%2F")).Status);
    }

    [Fact]
    public async Task A_link_ends_when_its_maker_may_no_longer_sign_in()
    {
        var address = await LinkAsync();
        Assert.Equal(HttpStatusCode.OK, (await _bearer.GetAsync(address)).Status);
        await SwitchAsync(isActive: false);
        Assert.Equal(HttpStatusCode.NotFound, (await _bearer.GetAsync(address)).Status);
        await SwitchAsync(isActive: true);
    }

    [Fact]
    public async Task A_link_ends_when_its_maker_signs_out()
    {
        var address = await LinkAsync();
        Assert.Equal(HttpStatusCode.OK, (await _bearer.GetAsync(address)).Status);
        await _dispatcher.SendJsonAsync(HttpMethod.Delete, "/api/session");
        Assert.Equal(HttpStatusCode.NotFound, (await _bearer.GetAsync(address)).Status);
    }

    [Fact]
    public async Task A_link_ends_when_its_maker_loses_the_post()
    {
        var address = await LinkAsync();
        await _town.InScopeAsync(async (LinliDb db) =>
        {
            var dispatcher = await db.Set<Account>().SingleAsync(a => a.UserName == "paidan");
            db.RemoveRange(await db.Set<Appointment>().Where(p => p.AccountId == dispatcher.Id).ToListAsync());
            await db.CommitAsync(Act.BySystem("test", _town.Clock.Now));
        });
        Assert.Equal(HttpStatusCode.NotFound, (await _bearer.GetAsync(address)).Status);
    }

    [Fact]
    public async Task A_link_ends_with_the_file()
    {
        var address = await LinkAsync();
        await _town.InScopeAsync(async (IServiceProvider scope) =>
        {
            var (db, removal) = (scope.GetRequiredService<LinliDb>(), scope.GetRequiredService<EvidenceRemoval>());
            db.RemoveRange(await db.Set<RequestPhoto>().Where(p => p.EvidenceId == _photo).ToListAsync());
            var gone = await removal.TakeOutAsync([_photo]);
            await db.CommitAsync(Act.BySystem("test", _town.Clock.Now));
            await removal.ForgetBytesAsync(gone);
        });
        Assert.Equal(HttpStatusCode.NotFound, (await _bearer.GetAsync(address)).Status);
        Assert.Empty(_town.Stored());
    }

    private async Task SwitchAsync(bool isActive)
    {
        using var administrator = await _town.HttpAsync("guanli");
        var id = await _town.ReadAsync(db => db.Set<Account>().Where(a => a.UserName == "paidan").Select(a => a.Id).SingleAsync());
        var answer = await administrator.SendJsonAsync(HttpMethod.Put, $"/api/people/{id}/active", new { isActive });
        Assert.True((int)answer.Status < 300, answer.Text);
    }

    private async Task<string> LinkAsync() =>
        (await _dispatcher.SendJsonAsync(HttpMethod.Post, $"/api/evidence/{_photo}/links", new { })).Json().GetProperty("address").GetString()!;
}
