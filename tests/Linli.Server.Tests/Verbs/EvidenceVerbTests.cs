using Linli.Kernel.Evidence;
using Linli.Server.Tests.Evidence;
using Linli.Server.Tests.Evidence.Outside;
using Linli.Testing;

namespace Linli.Server.Tests.Verbs;

/// <summary>linli evidence check and move, as an operator runs them.</summary>
[Trait("Only", "sqlite")] // nothing here depends on the engine of the store
public sealed class EvidenceVerbTests
{
    [Fact]
    public async Task Evidence_moves_to_a_bucket_and_the_check_says_what_is_wrong_there()
    {
        await using var town = await Town.FoundAsync();
        using var resident = await town.HttpAsync();
        await resident.SendAsync(Pictures.Png(30, 30));
        var without = await CommandLine.RunAsync(town.Store, "evidence", "move", "--to", "s3");
        Assert.Equal(1, without.ExitCode);
        Assert.StartsWith("S3 is not configured", without.Error, StringComparison.Ordinal);

        await SettleAsync(town, await S3Server.OptionsAsync());
        var moved = await CommandLine.RunAsync(town.Store, "evidence", "move", "--to", "s3");
        Assert.Equal((0, ""), (moved.ExitCode, moved.Error));
        Assert.Contains("2 copied, 0 were there, 0 are damaged", moved.Output, StringComparison.Ordinal);

        var good = await CommandLine.RunAsync(town.Store, "evidence", "check");
        Assert.Equal((0, ""), (good.ExitCode, good.Error));
        Assert.Contains("Files checked: 1", good.Output, StringComparison.Ordinal);

        await SettleAsync(town, await S3Server.OptionsAsync()); // another place, and nothing in it
        var bad = await CommandLine.RunAsync(town.Store, "evidence", "check");
        Assert.Equal(1, bad.ExitCode);
        Assert.StartsWith("missing: ", bad.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vault_or_a_scanner_that_is_not_set_up_is_told_in_a_sentence()
    {
        await using var town = await Town.FoundAsync();
        await File.WriteAllTextAsync(town.Store.Data.Settings, """{ "Evidence": { "Vault": "s3", "Scanner": "localhost" } }""");
        var (exitCode, _, error) = await CommandLine.RunAsync(town.Store, "evidence", "check");
        Assert.Equal(1, exitCode);
        Assert.Contains("Evidence:Bucket:Name", error, StringComparison.Ordinal);
        Assert.Contains("Evidence:Scanner", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private static Task SettleAsync(Town town, EvidenceBucket bucket) => File.WriteAllTextAsync(town.Store.Data.Settings, $$"""
        { "Evidence": { "Vault": "s3", "Bucket": { "Endpoint": "{{bucket.Endpoint}}", "Name": "{{bucket.Name}}", "Prefix": "{{bucket.Prefix}}", "AccessKey": "{{bucket.AccessKey}}", "SecretKey": "{{bucket.SecretKey}}" } } }
        """);
}
