using System.IO.Compression;
using System.Net;
using System.Text;
using Linli.Database;
using Linli.Database.Archive;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Audit;
using Linli.Kernel.Evidence;
using Linli.Requests;
using Linli.Server.Tests.Evidence;
using Linli.Shell.Evidence;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Server.Tests.Stores.Archives;

/// <summary>Everything in one file and back: between engines, and refused where something would be lost.</summary>
public sealed class ArchiveTests
{
    private const string Passphrase = "correct horse battery";

    /// <summary>On PostgreSQL three moves: to SQLite, back, and to SQLite again. Without a server two SQLite files.</summary>
    [Fact]
    public async Task A_busy_town_that_moves_from_engine_to_engine_has_every_row_as_it_was_and_goes_on()
    {
        await using var town = await BusyTownAsync();
        var file = town.Store.Data.Path + ".zip";
        var there = await ExportAsync(town, file);
        await using var onFile = Town.On(TestStores.EmptyFile());
        await ImportAsync(onFile, file);
        await using var back = Town.On(await TestStores.EmptyAsync());
        await MoveAsync(onFile, back);
        await using var again = Town.On(TestStores.EmptyFile());
        await MoveAsync(back, again);

        var before = await StoreRows.ReadAsync(town);
        Assert.Empty(before.Where(t => t.Value.Count == 0).Select(t => t.Key));
        Assert.Equal(before.ToDictionary(t => t.Key, t => (long)t.Value.Count), there.Tables.ToDictionary(t => t.Name, t => t.Rows));
        Same(before, await StoreRows.ReadAsync(back), there);
        Same(await StoreRows.ReadAsync(onFile), await StoreRows.ReadAsync(again), there);
        Assert.True((await CheckAsync(again)).IsWhole);
        Assert.Empty((await again.InScopeAsync((EvidenceCheck check) => check.RunAsync(CancellationToken.None))).Flaws);

        using var resident = await again.HttpAsync();
        var number = await resident.ReportAsync("road-damage", await resident.SendAsync(Pictures.Png(3, 2)));
        using var supervisor = await again.HttpAsync("duban");
        Assert.Equal(HttpStatusCode.OK, (await supervisor.GetAsync($"/api/requests/{number}")).Status);
        Assert.True((await CheckAsync(again)).IsWhole);
    }

    [Fact]
    public async Task A_store_that_somebody_works_with_is_never_written_over()
    {
        await using var town = await BusyTownAsync();
        var file = town.Store.Data.Path + ".zip";
        await ExportAsync(town, file, null);
        await using var used = await Town.FoundAsync();
        var before = await StoreRows.ReadAsync(used);

        var refused = await Assert.ThrowsAsync<ArchiveRefusedException>(() => ImportAsync(used, file, null));

        Assert.Contains("kernel_area", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await StoreRows.ReadAsync(used));
    }

    [Fact]
    public async Task A_changed_cell_a_missing_table_a_lost_photo_and_a_cut_file_are_refused_and_leave_nothing()
    {
        await using var town = await BusyTownAsync();
        var file = town.Store.Data.Path + ".zip";
        await ExportAsync(town, file, null);
        await using var empty = Town.On(await TestStores.EmptyAsync());

        foreach (var (name, break_) in Breakages())
        {
            var broken = $"{file}.{name}.zip";
            File.Copy(file, broken);
            break_(broken);
            await Assert.ThrowsAsync<ArchiveRefusedException>(() => ImportAsync(empty, broken, null));
            await Assert.ThrowsAsync<ArchiveRefusedException>(() => ReadArchive.CheckAsync(broken, null, CancellationToken.None));
            Assert.Equal(0, await AreasAsync(empty));
        }

        // In words of whoever brings the file, without the library's.
        var notes = file + ".txt";
        await File.WriteAllTextAsync(notes, "notes");
        foreach (var (path, word) in new[] { (Path.GetDirectoryName(file)!, "文件夹"), (notes, "ZIP") })
        {
            var refused = await Assert.ThrowsAsync<ArchiveRefusedException>(() => ReadArchive.CheckAsync(path, null, CancellationToken.None));
            Assert.Contains(word, refused.Key, StringComparison.Ordinal);
            Assert.Equal([path], refused.Values);
        }

        await ReadArchive.CheckAsync(file, null, CancellationToken.None);
        await ImportAsync(empty, file, null);
        Assert.Equal(await AreasAsync(town), await AreasAsync(empty));
    }

    [Fact]
    public async Task A_later_format_and_a_later_schema_are_refused_by_name()
    {
        await using var town = await Town.EmptyAsync();
        var file = town.Store.Data.Path + ".zip";
        await ExportAsync(town, file);
        await using var empty = Town.On(await TestStores.EmptyAsync());

        foreach (var (old, later, said) in new[] { ("\"version\": 1", "\"version\": 2", "2"), ("\"Initial\"", "\"FromTomorrow\"", "FromTomorrow") })
        {
            var newer = $"{file}.{said}.zip";
            File.Copy(file, newer);
            Edit(newer, ArchiveManifest.FileName, text => text.Replace(old, later, StringComparison.Ordinal));
            var refused = await Assert.ThrowsAsync<ArchiveRefusedException>(() => ImportAsync(empty, newer, null));
            Assert.Contains(said, refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_archive_of_an_older_version_is_imported_as_it_was_and_upgraded()
    {
        await using var today = await BusyTownAsync();
        var file = today.Store.Data.Path + ".zip";
        var made = await ExportAsync(today, file, null);
        await using var later = Town.On(await TestStores.EmptyAsync(), LaterVersion.Options);

        await ImportAsync(later, file, null);

        Assert.True((await later.InScopeAsync((Schema schema) => schema.LookAsync(CancellationToken.None))).IsCurrent);
        Assert.Equal(made.Tables.Single(t => t.Name == "kernel_area").Rows, await AreasAsync(later));
    }

    [Fact]
    public async Task Keys_travel_only_sealed_and_open_with_their_passphrase_alone()
    {
        await using var town = await BusyTownAsync();
        var (with, without) = (town.Store.Data.Path + ".with.zip", town.Store.Data.Path + ".without.zip");
        await ExportAsync(town, with);
        await ExportAsync(town, without, null);
        await using var empty = Town.On(await TestStores.EmptyAsync());

        var key = await File.ReadAllTextAsync(Path.Combine(town.Store.Data.Keys, "audit", "key.pem"));
        foreach (var archive in new[] { with, without })
        {
            await using var zip = await ZipFile.OpenReadAsync(archive);
            Assert.DoesNotContain(zip.Entries, e => e.Name.EndsWith(".pem", StringComparison.Ordinal) || new StreamReader(e.Open()).ReadToEnd().Contains(key[40..90], StringComparison.Ordinal));
        }

        await Assert.ThrowsAsync<ArchiveRefusedException>(() => ImportAsync(empty, with, "wrong horse battery"));
        await Assert.ThrowsAsync<ArchiveRefusedException>(() => ImportAsync(empty, without, Passphrase));
        Assert.Equal(0, await AreasAsync(empty));
        await Assert.ThrowsAsync<ArchiveRefusedException>(() => ExportAsync(town, with + "2", "short"));
        await Assert.ThrowsAsync<ArchiveRefusedException>(() => ExportAsync(town, with));
    }

    private static IEnumerable<(string Name, Action<string> Break)> Breakages()
    {
        yield return ("cell", f => Edit(f, "tables/kernel_area.ndjson", text => text.Replace("壶关县", "壶关市", StringComparison.Ordinal)));
        yield return ("row", f => Edit(f, "tables/requests_event.ndjson", text => text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..]));
        yield return ("shape", f => Edit(f, "tables/requests_event.ndjson", text => "[]\n" + text));
        yield return ("table", f => Remove(f, e => e.FullName == "tables/requests_event.ndjson"));
        yield return ("photo", f => Remove(f, e => e.FullName.StartsWith("evidence/", StringComparison.Ordinal)));
        yield return ("manifest", f => Remove(f, e => e.FullName == ArchiveManifest.FileName));
        yield return ("cut", f =>
        {
            using var file = File.OpenWrite(f);
            file.SetLength(file.Length * 2 / 3);
        });
        yield return ("empty", f => File.WriteAllText(f, ""));
    }

    private static void Edit(string archive, string name, Func<string, string> change)
    {
        using var zip = ZipFile.Open(archive, ZipArchiveMode.Update);
        using var content = zip.GetEntry(name)!.Open();
        var text = change(new StreamReader(content).ReadToEnd());
        content.SetLength(0);
        content.Write(Encoding.UTF8.GetBytes(text));
    }

    private static void Remove(string archive, Func<ZipArchiveEntry, bool> which)
    {
        using var zip = ZipFile.Open(archive, ZipArchiveMode.Update);
        zip.Entries.First(which).Delete();
    }

    /// <summary>Requests with photos and contacts, a step, a sealed log, and a row in every table.</summary>
    private static async Task<Town> BusyTownAsync()
    {
        var town = await Town.FoundAsync();
        using var resident = await town.HttpAsync();
        foreach (var type in (string[])["road-damage", "street-lamp", "rubbish-pile"])
        {
            town.Clock.Advance(TimeSpan.FromMinutes(7.7));
            await resident.ReportAsync(type, await resident.SendAsync(Pictures.Png(3 + type.Length, 2)));
        }

        await town.DeliverAsync();
        await town.InScopeAsync(async (MakeCheckpoint make) => await make.HandleAsync(TimeSpan.Zero, CancellationToken.None));
        await StoreRows.FillEmptyTablesAsync(town);
        await town.InScopeAsync((AuditSealer sealer) => sealer.SealAllAsync(CancellationToken.None));
        return town;
    }

    private static async Task MoveAsync(Town from, Town to)
    {
        var file = from.Store.Data.Path + ".zip";
        await from.InScopeAsync((WriteArchive write) => write.RunAsync(file, from.Services.GetRequiredService<EvidenceVaults>().InUse, Passphrase, null, CancellationToken.None));
        await ImportAsync(to, file);
    }

    private static Task<ArchiveManifest> ExportAsync(Town town, string file, string? passphrase = Passphrase) =>
        town.InScopeAsync((WriteArchive write) => write.RunAsync(file, town.Services.GetRequiredService<EvidenceVaults>().InUse, passphrase, null, CancellationToken.None));

    private static Task<ArchiveManifest> ImportAsync(Town town, string file, string? passphrase = Passphrase) =>
        town.InScopeAsync((ReadArchive read) => read.RunAsync(file, town.Services.GetRequiredService<EvidenceVaults>().InUse, passphrase, null, CancellationToken.None));

    private static Task<AuditReport> CheckAsync(Town town) => town.InScopeAsync((CheckAudit check) => check.HandleAsync(new AuditQuestion(), CancellationToken.None));

    /// <summary>0 as well where there are no tables yet.</summary>
    private static async Task<long> AreasAsync(Town town) =>
        (await town.InScopeAsync((Schema schema) => schema.LookAsync(CancellationToken.None))).IsEmpty ? 0 : await town.ReadAsync(db => db.Set<Area>().LongCountAsync());

    /// <summary>Every export leaves a line in the log of where it was made: those are taken away on both sides, and nothing else.</summary>
    private static void Same(Dictionary<string, List<string>> one, Dictionary<string, List<string>> other, ArchiveManifest manifest)
    {
        Assert.Equal(manifest.Tables.Select(t => t.Name).Order(StringComparer.Ordinal), one.Keys.Order(StringComparer.Ordinal));
        foreach (var (table, rows) in one)
        {
            Assert.Equal(rows.Where(IsNoExport), other[table].Where(IsNoExport));
        }

        static bool IsNoExport(string row) => !row.Contains("archive.export", StringComparison.Ordinal);
    }
}
