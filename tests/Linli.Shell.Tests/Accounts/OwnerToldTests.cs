using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Linli.Shell.Inbox;
using Linli.Shell.Mail;
using Linli.Shell.People;
using Linli.Shell.Sms;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.Tests.Accounts;

/// <summary>ASVS 2.2.3, 2.5.5: whoever has an account hears of every change of it, at the old address too, without a word in a subject line.</summary>
public sealed class OwnerToldTests
{
    private const string Email = "bu@example.com";
    private const string Phone = "13900000001";

    [Fact]
    public async Task What_an_administrator_changes_is_told_at_the_old_and_at_the_new_address()
    {
        var box = new Box();
        await using var town = await TownAsync(box);
        using var admin = await town.SignedInAsync("admin");
        var plumber = await town.IdAsync("plumber");

        Assert.Equal(HttpStatusCode.OK, (await admin.PutAsJsonAsync($"/api/people/{plumber}", new { name = "卜抢修", email = "thief@example.com", phone = "13900000009" })).StatusCode);
        await AssertToldAsync(town, box, plumber, "管理员修改了您账号的邮箱地址、收短信的手机号", [Email, "thief@example.com"], [Phone, "13900000009"]);

        Assert.Equal(HttpStatusCode.OK, (await admin.PutAsJsonAsync($"/api/people/{plumber}", new { name = "卜师傅", email = "thief@example.com", phone = "13900000009" })).StatusCode);
        await AssertToldAsync(town, box, plumber, null, [], []);   // a name is nobody's secret

        Assert.Equal(HttpStatusCode.OK, (await admin.PutAsJsonAsync($"/api/people/{plumber}/code", new { })).StatusCode);
        await AssertToldAsync(town, box, plumber, "管理员重置了您的密码，并给了一次性代码；原来的密码", ["thief@example.com"], ["13900000009"]);
    }

    [Fact]
    public async Task A_code_that_is_given_on_the_server_and_used_is_told_twice()
    {
        var box = new Box();
        await using var town = await TownAsync(box);
        var plumber = await town.IdAsync("plumber");
        var code = (await town.InScopeAsync((GiveCode give) => give.HandleAsync(Actor.System, plumber, default))).Value.Code;
        await AssertToldAsync(town, box, plumber, "管理员重置了您的密码", [Email], [Phone]);

        using var client = await town.ClientAsync();
        await client.PostFormAsync("/sign-in/code", ("login", "plumber"), ("code", code!), ("password", "a sentence to remember"));
        await AssertToldAsync(town, box, plumber, "您的密码已用一次性代码重新设置", [Email], [Phone]);
    }

    [Fact]
    public async Task What_somebody_changes_about_themselves_is_told_too()
    {
        var box = new Box();
        await using var town = await TownAsync(box);
        var plumber = await town.IdAsync("plumber");
        using var client = await town.SignedInAsync("plumber");
        Assert.Contains(Email, await client.GetStringAsync("/me"), StringComparison.Ordinal);

        var refused = await client.PostFormAsync("/me/contact", ("email", "no address"), ("phone", "12345"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("手机号码是 11 位数字", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await client.PostFormAsync("/me/contact", ("email", "new@example.com"), ("phone", "+86 139-0000-0001"))).StatusCode);
        await AssertToldAsync(town, box, plumber, "您账号的邮箱地址已修改", [Email, "new@example.com"], [Phone]);

        Assert.Equal(HttpStatusCode.NoContent, (await client.PutAsJsonAsync("/api/me/password", new { old = Staff.Password, password = "a sentence to remember" })).StatusCode);
        await AssertToldAsync(town, box, plumber, "您的密码已修改", ["new@example.com"], [Phone]);

        town.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(HttpStatusCode.Conflict, (await client.PutAsJsonAsync("/api/me/contact", new { email = "thief@example.com" })).StatusCode);   // a desk that somebody left
        await AssertToldAsync(town, box, plumber, null, [], []);
    }

    [Fact]
    public async Task A_lost_second_factor_that_is_taken_away_is_told_by_every_way()
    {
        var box = new Box();
        await using var town = await TownAsync(box);
        var plumber = await town.IdAsync("plumber");
        await town.InScopeAsync(async (IServiceProvider scope) =>
        {
            var db = scope.GetRequiredService<LinliDb>();
            await scope.GetRequiredService<Linli.Shell.Accounts.SecondFactor.Factors>().RemoveAllAsync(await db.Set<Account>().SingleAsync(a => a.Id == plumber), default);
            await db.CommitAsync(Act.BySystem("test.remove", town.Clock.Now));
        });
        await AssertToldAsync(town, box, plumber, "您的第二重验证已被取消", [Email], [Phone]);
    }

    [Fact]
    public async Task A_resident_who_changes_the_number_is_told_at_the_old_one()
    {
        var box = new Box();
        await using var town = await TownAsync(box);
        using var client = await town.ClientAsync();
        client.DefaultRequestHeaders.Add("X-Linli", "1");
        Assert.Equal(HttpStatusCode.NoContent, (await client.PostAsJsonAsync("/api/resident/code", new { to = Phone })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await client.PostAsJsonAsync("/api/resident/session", new { code = await CodeAsync(town, box) })).StatusCode);

        Assert.Equal(HttpStatusCode.NoContent, (await client.PostAsJsonAsync("/api/resident/contact", new { to = "13900000002" })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await client.PutAsJsonAsync("/api/resident/contact", new { code = await CodeAsync(town, box) })).StatusCode);
        await town.DeliverAsync();
        var told = Assert.Single(box.Messages);
        Assert.Equal(Phone, told.To);
        Assert.Contains("换了手机号码或邮箱", told.Text, StringComparison.Ordinal);

        box.Messages.Clear();
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync("/api/resident")).StatusCode);
        await town.DeliverAsync();
        Assert.Equal("13900000002", Assert.Single(box.Messages).To);
        Assert.Equal(0, await town.ReadAsync(db => db.Set<SmsOut>().CountAsync(s => s.To != null || s.Text != null)));
    }

    private static async Task AssertToldAsync(Town town, Box box, Guid account, string? text, string[] emails, string[] phones)
    {
        await town.DeliverAsync();
        Assert.Equal(emails.Order(), box.Letters.Select(l => l.To).Order());
        Assert.Equal(phones.Order(), box.Messages.Select(m => m.To).Order());
        Assert.All(box.Letters, l => Assert.Equal("邻里：您有新的消息", l.Subject));
        if (text is not null)
        {
            Assert.All(box.Letters, l => Assert.Contains(text, l.Body, StringComparison.Ordinal));
            Assert.All(box.Messages, m => Assert.Contains(text, m.Text, StringComparison.Ordinal));
            var newest = await town.ReadAsync(db => db.Set<Notice>().Where(n => n.AccountId == account).OrderByDescending(n => n.Id).FirstAsync());
            Assert.Contains(text, NoticeText.Read(newest.Text, newest.Values).In(town.Services.GetRequiredService<Linli.Shell.Text.Texts>(), System.Globalization.CultureInfo.GetCultureInfo("zh-CN")), StringComparison.Ordinal);
        }

        box.Letters.Clear();
        box.Messages.Clear();
    }

    private static async Task<string> CodeAsync(Town town, Box box)
    {
        await town.DeliverAsync();
        var code = System.Text.RegularExpressions.Regex.Match(Assert.Single(box.Messages).Text, @"\d{6}").Value;
        box.Messages.Clear();
        return code;
    }

    private static async Task<Town> TownAsync(Box box)
    {
        var town = await Staff.TownAsync(new TownOptions
        {
            Settings = services =>
            {
                services.Configure<MailOptions>(mail => (mail.Host, mail.From) = ("mail.example.cn", "linli@example.cn"));
                services.Configure<SmsOptions>(sms => (sms.Url, sms.Secret) = ("https://sms.example.cn", "a secret of the gateway"));
                services.AddSingleton<IMailer>(box).AddSingleton<ISmsSender>(box);
            },
        });
        var plumber = await town.IdAsync("plumber");
        await town.InScopeAsync(async (IServiceProvider scope) =>
        {
            var db = scope.GetRequiredService<LinliDb>();
            scope.GetRequiredService<AccountVault>().Seal(await db.Set<Account>().SingleAsync(a => a.Id == plumber), Email, Phone);
            await db.CommitAsync(Act.BySystem("test.reach", town.Clock.Now));
        });
        return town;
    }

    private sealed class Box : IMailer, ISmsSender
    {
        public ConcurrentQueue<OutgoingMail> Letters { get; } = new();
        public ConcurrentQueue<OutgoingSms> Messages { get; } = new();

        public Task SendAsync(OutgoingMail mail, CancellationToken cancellation)
        {
            Letters.Enqueue(mail);
            return Task.CompletedTask;
        }

        public Task SendAsync(OutgoingSms sms, CancellationToken cancellation)
        {
            Messages.Enqueue(sms);
            return Task.CompletedTask;
        }
    }
}
