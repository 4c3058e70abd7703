using Linli.Kernel.People;
using Linli.Shell.Clients;
using Linli.Testing;

namespace Linli.Server.Tests.Verbs;

/// <summary>linli clients, as a script that sets an installation up runs it.</summary>
[Trait("Only", "sqlite")] // nothing here depends on the engine of the store
public sealed class ClientsVerbTests
{
    [Fact]
    public async Task A_key_is_issued_listed_and_withdrawn_at_the_command_line()
    {
        await using var town = await Town.FoundAsync();
        var issued = await CommandLine.RunAsync(town.Store, "clients", "issue", "Riders", "--type", "street-lamp", "--days", "30");
        Assert.Equal((0, ""), (issued.ExitCode, issued.Error));
        Assert.Matches("^linli_[0-9a-f]{40}\\s*$", issued.Output);
        var client = Assert.Single(await AllAsync(town));
        Assert.Equal(("Riders", "open311.report open311.update", "street-lamp"), (client.Name, string.Join(' ', client.Scopes), client.ServiceTypes!.Single()));
        Assert.Contains($"{client.Id}", (await CommandLine.RunAsync(town.Store, "clients", "list")).Output, StringComparison.Ordinal);

        Assert.Equal(0, (await CommandLine.RunAsync(town.Store, "clients", "withdraw", $"{client.Id}")).ExitCode);
        Assert.False(Assert.Single(await AllAsync(town)).IsValid);
        var refused = await CommandLine.RunAsync(town.Store, "clients", "issue", "Riders", "--scope", "everything");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("everything", refused.Error, StringComparison.Ordinal);
        foreach (var wrong in new[] { ["clients", "withdraw", "abc"], ["clients", "issue", "Riders", "--days", "soon"], new[] { "evidence", "move", "--to", "moon" } })
        {
            var answer = await CommandLine.RunAsync(town.Store, wrong);
            Assert.Equal(1, answer.ExitCode);
            Assert.Contains($"\"{wrong[^1]}\" is no", answer.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("System.", answer.Output + answer.Error, StringComparison.Ordinal);
        }
    }

    private static Task<IReadOnlyList<ShownClient>> AllAsync(Town town) => town.InScopeAsync((IssueKey keys) => keys.AllAsync(Actor.System, default));
}
