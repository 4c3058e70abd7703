using Linli.Database.Dialect;
using Linli.Kernel;
using Linli.Kernel.Privacy;
using Linli.Requests;
using Linli.Server.Privacy;
using Linli.Shell.Accounts;
using Linli.Shell.People;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Server.Tests.Privacy;

/// <summary>How staff are reached, and whom a complaint names, is sealed like the reporter's contact: also what older versions wrote.</summary>
public sealed class SealedStaffTests
{
    private const string Email = "paidan.old@example.cn";
    private const string Invited = "invited.old@example.cn";
    private const string Named = "旧时人";

    [Fact]
    public async Task What_older_versions_wrote_in_the_open_is_sealed_at_the_start()
    {
        await using var town = await Town.FoundAsync();
        using var resident = await town.HttpAsync();
        var answer = await resident.SendJsonAsync(HttpMethod.Post, "/api/requests", new { serviceType = "old-estate", text = "灯坏了", idempotencyKey = Guid.NewGuid().ToString("N") });
        Assert.True(answer.Status == System.Net.HttpStatusCode.Created, answer.Text);
        await town.InScopeAsync(async (LinliDb db) =>
        {
            var account = await db.Set<Account>().SingleAsync(a => a.UserName == "paidan");
            account.OldEmail = Email;
            db.Add(new Shell.People.Invitations.Invitation
            {
                TokenHash = "x", Name = "李娜", Posts = "[]", InvitedBy = account.Id, InvitedAt = town.Clock.Now, EndsAt = town.Clock.Now.AddDays(1), OldEmail = Invited,
            });
            (await db.Set<ServiceRequest>().SingleAsync()).OldAboutPerson = Named;
            await db.CommitAsync(Act.BySystem("test.write", town.Clock.Now));
        });

        await town.InScopeAsync((IServiceProvider scope) => Readiness.UpgradeAsync(scope, default));

        var contents = await StoreContents.ReadAsync(town);
        Assert.All(new[] { Email, Email.ToUpperInvariant(), Invited, Named }, plain => Assert.DoesNotContain(plain, contents, StringComparison.Ordinal));
        await AssertKeptAsync(town);

        // Keys are changed with the rest, while it runs.
        var old = town.Services.GetRequiredService<KeyRing>().Current.Id;
        town.Services.GetRequiredService<KeyRing>().Add();
        await town.InScopeAsync((KeyCheck check) => check.EnsureAsync(default));
        await town.InScopeAsync((ResealStore reseal) => reseal.RunAsync(default));
        Assert.DoesNotContain(old, (await town.InScopeAsync((SealedCells cells) => cells.CountAsync(default))).Keys);
        await AssertKeptAsync(town);
    }

    private static async Task AssertKeptAsync(Town town)
    {
        Assert.Equal(Email, (await town.InScopeAsync((ReadPeople read) => read.ListAsync("paidan", null, 1, default))).Items.Single(p => p.Login == "paidan").Email);
        Assert.Equal(Invited, Assert.Single(await town.InScopeAsync((Shell.People.Invitations.InvitePerson invite) => invite.OpenAsync(default))).Email);
        var request = await town.ReadAsync(db => db.Set<ServiceRequest>().AsNoTracking().SingleAsync());
        Assert.Equal(Named, await town.InScopeAsync((FieldCipher cipher) => Task.FromResult(cipher.Open(Cell.Of<ServiceRequest>(nameof(ServiceRequest.AboutPerson), request.Id), request.AboutPerson))));
        Assert.Equal(await town.InScopeAsync((BlindIndex index) => Task.FromResult(index.OfName($" {Named[..1]} {Named[1..]}"))), request.AboutPersonIndex);
    }
}
