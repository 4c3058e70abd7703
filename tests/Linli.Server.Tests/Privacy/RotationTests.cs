using System.Net;
using Linli.Database.Dialect;
using Linli.Kernel;
using Linli.Kernel.Privacy;
using Linli.Requests;
using Linli.Requests.Privacy;
using Linli.Server.Privacy;
using Linli.Server.Tests.Verbs;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Server.Tests.Privacy;

/// <summary>A new key while people file requests: nothing is lost, everything ends under the new key, the old one can go.</summary>
public sealed class RotationTests
{
    [Fact]
    public async Task Keys_are_changed_while_requests_are_filed()
    {
        await using var town = await Town.FoundAsync();
        await town.InScopeAsync((KeyCheck check) => check.EnsureAsync(default));
        using var resident = await town.HttpAsync();
        for (var i = 0; i < 8; i++)
        {
            await FileAsync(resident, i);
        }

        var ring = town.Services.GetRequiredService<KeyRing>();
        var old = ring.Current.Id;
        var filing = Task.Run(async () =>
        {
            for (var i = 8; i < 24; i++)
            {
                await FileAsync(resident, i);
            }
        });
        ring.Add();
        await town.InScopeAsync((KeyCheck check) => check.EnsureAsync(default));
        var resealed = await town.InScopeAsync((ResealStore reseal) => reseal.RunAsync(default));
        await filing;
        resealed += await town.InScopeAsync((ResealStore reseal) => reseal.RunAsync(default));

        var counts = await town.InScopeAsync((SealedCells cells) => cells.CountAsync(default));
        Assert.True(resealed > 0);
        Assert.Equal([ring.Current.Id], counts.Keys);
        Assert.NotEqual(old, ring.Current.Id);
        var phones = await town.InScopeAsync(async (IServiceProvider services) =>
        {
            var contacts = await services.GetRequiredService<LinliDb>().Set<ReporterContact>().AsNoTracking().ToListAsync();
            return contacts.Select(c => services.GetRequiredService<ContactVault>().Open(c).Phone).Order(StringComparer.Ordinal).ToList();
        });
        Assert.Equal(Enumerable.Range(0, 24).Select(i => $"138000001{i:00}"), phones);
    }

    [Fact]
    public async Task An_old_key_is_retired_by_command_once_nothing_uses_it_and_not_before()
    {
        await using var town = await Town.FoundAsync();
        await town.InScopeAsync((KeyCheck check) => check.EnsureAsync(default));
        using (var resident = await town.HttpAsync())
        {
            await FileAsync(resident, 1);
        }

        var old = town.Services.GetRequiredService<KeyRing>().Current.Id;
        Assert.Equal(2, (await CommandLine.RunAsync(town.Store, "keys", "rotate", "--in-minutes", "-5")).ExitCode);
        Assert.Equal(0, (await CommandLine.RunAsync(town.Store, "keys", "rotate")).ExitCode);
        Assert.Contains("still sealed", (await CommandLine.RunAsync(town.Store, "keys", "retire", old)).Error, StringComparison.Ordinal);
        Assert.Equal(0, (await CommandLine.RunAsync(town.Store, "keys", "rotate", "--now")).ExitCode);

        var (exitCode, output, error) = await CommandLine.RunAsync(town.Store, "keys", "retire", old);

        Assert.True(exitCode == 0, output + error);
        Assert.Contains("retired", (await CommandLine.RunAsync(town.Store, "keys", "status")).Output, StringComparison.Ordinal);
    }

    private static async Task FileAsync(Linli.Testing.Http.Visitor resident, int i)
    {
        var answer = await resident.SendJsonAsync(HttpMethod.Post, "/api/requests", new { serviceType = "old-estate", text = $"第 {i} 盏灯坏了", phone = $"138000001{i:00}", idempotencyKey = Guid.NewGuid().ToString("N") });
        Assert.True(answer.Status == HttpStatusCode.Created, answer.Text);
    }
}
