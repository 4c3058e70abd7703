using System.Diagnostics;
using Linli.Server.Tests.Audit;
using Linli.Testing;

namespace Linli.Server.Tests.Verbs;

/// <summary>The audit log from the command line, as an auditor or a script would look at it.</summary>
public sealed class AuditVerbTests
{
    [Fact]
    public async Task A_whole_log_agrees_with_a_checkpoint_that_was_handed_out_and_a_changed_one_is_told_by_number_time_and_verb()
    {
        await using var town = await SealedTown.FoundAsync();
        var store = town.Town.Store;
        var (checkpoint, key) = (Path.Combine(store.Data.Path, "handed-out.json"), Path.Combine(store.Data.Path, "key.pem"));
        var made = await CommandLine.RunAsync(store, "audit", "checkpoint");
        await File.WriteAllTextAsync(checkpoint, made.Output);
        await File.WriteAllTextAsync(key, (await CommandLine.RunAsync(store, "audit", "key")).Output);

        var whole = await CommandLine.RunAsync(store, "audit", "verify", "--checkpoint", checkpoint, "--public-key", key, "--json");

        Assert.Equal((0, ""), (whole.ExitCode, whole.Error));
        Assert.Contains("\"ok\": true", whole.Output, StringComparison.Ordinal);

        var entry = await town.EntryOfAsync(town.Last);
        await town.SqlAsync($"""update kernel_audit_entry set "Reason" = 'x' where "Id" = {entry}""");
        var changed = await CommandLine.RunAsync(store, "audit", "verify", "--checkpoint", checkpoint);

        Assert.Equal(1, changed.ExitCode);
        Assert.Contains($"Number {town.Last} (record {entry}, 2026-03-02 09:00:16 +08:00, test.write): its content does not match", changed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_use_is_told_from_a_broken_log()
    {
        await using var town = await SealedTown.FoundAsync();
        var broken = Path.Combine(town.Town.Store.Data.Path, "broken.json");
        await File.WriteAllTextAsync(broken, "{");

        Assert.Equal(2, (await CommandLine.RunAsync(town.Town.Store, "audit", "verify", "--checkpoint", "nowhere.json")).ExitCode);
        Assert.Equal(2, (await CommandLine.RunAsync(town.Town.Store, "audit", "verify", "--checkpoint", broken)).ExitCode);
        Assert.Equal(2, (await CommandLine.RunAsync(town.Town.Store, "audit", "verify", "--chekpoint", broken)).ExitCode);
    }

    [Fact]
    public async Task Openssl_alone_can_check_a_checkpoint()
    {
        await using var town = await SealedTown.FoundAsync();
        var folder = town.Town.Store.Data.Path;
        var file = (await CommandLine.RunAsync(town.Town.Store, "audit", "checkpoint")).Output;
        var made = Linli.Kernel.Audit.AuditCheckpoint.Read(file)!;
        Assert.Contains($"\"signature\": \"{made.Signature}\"", file, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(folder, "key.pem"), (await CommandLine.RunAsync(town.Town.Store, "audit", "key")).Output);
        await File.WriteAllTextAsync(Path.Combine(folder, "text"), made.Text);
        await File.WriteAllBytesAsync(Path.Combine(folder, "signature"), Convert.FromBase64String(made.Signature));

        using var openssl = Process.Start(new ProcessStartInfo("openssl", ["dgst", "-sha256", "-verify", "key.pem", "-signature", "signature", "text"]) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var said = await openssl.StandardOutput.ReadToEndAsync();

        Assert.Equal("Verified OK", said.Trim());
    }
}
