using System.Data.Common;
using System.IO.Compression;
using System.Text.Json;
using Linli.Database.Dialect;
using Linli.Kernel;
using Linli.Kernel.Evidence;
using Linli.Kernel.Evidence.Storage;
using Linli.Kernel.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Linli.Database.Archive;

/// <summary>
/// Fills an empty store with what an archive holds. All rows are one transaction, which ends when every hash, count and file was right; files that were
/// brought before it stand under their own hash and change nothing, so that it may simply be done again.
/// </summary>
public sealed class ReadArchive(LinliDb db, Store store, Schema schema, DataFolder data, KeyRing ring, IncomingFiles incoming)
{
    private const int TellEvery = 2_000;
    private const long LargestSmallFile = 16 * 1024 * 1024;

    /// <param name="passphrase">Opens the keys of the archive; null leaves those that are in the data folder, or that somebody puts there.</param>
    /// <exception cref="ArchiveRefusedException">The archive is broken or newer, or the store is not empty; nothing was changed in it.</exception>
    public async Task<ArchiveManifest> RunAsync(string path, IEvidenceVault evidence, string? passphrase, IProgress<ArchiveProgress>? progress, CancellationToken cancellation)
    {
        try
        {
            await using var zip = await OpenAsync(path, cancellation);
            var manifest = await ManifestAsync(zip, cancellation);
            var keys = await KeysAsync(zip, manifest, passphrase, cancellation);
            await ArchiveMigrations.PrepareAsync(db, schema, manifest, cancellation);
            await FillAsync(zip, manifest, keys, evidence, progress, cancellation);
            db.Database.SetCommandTimeout(0);
            await schema.MigrateAsync(cancellation);
            return manifest;
        }
        catch (Exception wrong) when (wrong is InvalidDataException or JsonException or FormatException or EndOfStreamException)
        {
            throw new ArchiveRefusedException("{0} 里有读不出来的部分：文件损坏，或没有写完。请用完好的存档；没有写任何东西。", path);
        }
        catch (DbException wrong) when (wrong.SqlState is { Length: > 0 } || wrong is Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: 19 })
        {
            throw new ArchiveRefusedException("数据库不接受存档里的内容：{0}。没有写任何东西。", wrong.Message);
        }
    }

    /// <summary>Whether everything in an archive is as it was written; needs no store.</summary>
    /// <exception cref="ArchiveRefusedException">It is not; says where.</exception>
    public static async Task<ArchiveManifest> CheckAsync(string path, IProgress<ArchiveProgress>? progress, CancellationToken cancellation)
    {
        try
        {
            await using var zip = await OpenAsync(path, cancellation);
            var manifest = await ManifestAsync(zip, cancellation);
            foreach (var table in manifest.Tables)
            {
                await using var content = await Entry(zip, table.File).OpenAsync(cancellation);
                await using var hashed = new HashedStream(content);
                var count = await LinesAsync(hashed, table, progress, cancellation).LongCountAsync(cancellation);
                Must(count == table.Rows && hashed.TakeHash() == table.Sha256, table.File);
            }

            var files = zip.Entries.Where(e => e.FullName.StartsWith(ArchiveManifest.EvidenceFolder, StringComparison.Ordinal)).ToList();
            Must(files.Count == manifest.EvidenceFiles, ArchiveManifest.EvidenceFolder);
            foreach (var (i, file) in files.Index())
            {
                await using var content = await file.OpenAsync(cancellation);
                await using var hashed = new HashedStream(content);
                await hashed.CopyToAsync(Stream.Null, cancellation);
                var name = file.FullName[ArchiveManifest.EvidenceFolder.Length..];
                Must(EvidenceNames.HashOf(name) is { } hash && (EvidenceNames.IsThumbnail(name) || hashed.TakeHash() == hash), file.FullName);
                progress?.Report(new ArchiveProgress("evidence", i + 1, files.Count));
            }

            return manifest;
        }
        catch (Exception wrong) when (wrong is InvalidDataException or JsonException or FormatException or EndOfStreamException)
        {
            throw new ArchiveRefusedException("{0} 里有读不出来的部分：文件损坏，或没有写完。请用完好的存档；没有写任何东西。", path);
        }
    }

    private static async Task<ZipArchive> OpenAsync(string path, CancellationToken cancellation)
    {
        if (Directory.Exists(path))
        {
            throw new ArchiveRefusedException("{0} 是文件夹。请写存档文件（.zip）的路径。", path);
        }

        try
        {
            return await ZipFile.OpenReadAsync(path, cancellation);
        }
        catch (InvalidDataException)
        {
            throw new ArchiveRefusedException("{0} 不是存档：它不是 ZIP 文件，或没有写完。请用 linli archive export 写的文件；没有写任何东西。", path);
        }
    }

    /// <summary>Reads the manifest alone.</summary>
    public static async Task<ArchiveManifest> ManifestAsync(ZipArchive zip, CancellationToken cancellation)
    {
        var manifest = JsonSerializer.Deserialize<ArchiveManifest>(await SmallAsync(Entry(zip, ArchiveManifest.FileName), cancellation), ArchiveMigrations.Indented)!;
        if (manifest.Format != ArchiveManifest.FormatName || manifest.Tables is null || manifest.Migrations is null)
        {
            throw Broken(ArchiveManifest.FileName);
        }

        return manifest.Version <= ArchiveManifest.CurrentVersion
            ? manifest
            : throw new ArchiveRefusedException("存档的格式是第 {0} 版，本程序只认识到第 {1} 版。请安装更新的版本；没有写任何东西。", manifest.Version, ArchiveManifest.CurrentVersion);
    }

    private static async Task<IReadOnlyDictionary<string, byte[]>> KeysAsync(ZipArchive zip, ArchiveManifest manifest, string? passphrase, CancellationToken cancellation)
    {
        if (passphrase is null)
        {
            return new Dictionary<string, byte[]>();
        }

        return !manifest.HasKeys
            ? throw new ArchiveRefusedException("存档里没有密钥：请去掉口令，把原来的 keys 目录复制到新的数据目录。")
            : KeyEnvelope.Open(await SmallAsync(Entry(zip, ArchiveManifest.KeysFile), cancellation), passphrase)
                ?? throw new ArchiveRefusedException("口令不对，或存档里的密钥被改动。没有写任何东西。");
    }

    private async Task FillAsync(
        ZipArchive zip, ArchiveManifest manifest, IReadOnlyDictionary<string, byte[]> keys, IEvidenceVault evidence, IProgress<ArchiveProgress>? progress, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var raw = transaction.GetDbTransaction();
        var rows = ArchiveRows.Of(store);
        await ArchiveRows.EmptyAsync(raw, manifest.Tables, cancellation);
        foreach (var table in manifest.Tables)
        {
            var entry = Entry(zip, table.File);
            await using var content = await entry.OpenAsync(cancellation);
            await using var hashed = new HashedStream(content);
            var count = await rows.WriteAsync(raw, table, LinesAsync(hashed, table, progress, cancellation), cancellation);
            Must(count == table.Rows && hashed.TakeHash() == table.Sha256, table.File);

            if (table.Counter is { } counter)
            {
                await rows.CountFromAsync(raw, table.Name, counter, cancellation);
            }
        }

        await ArchiveRows.SettleAsync(raw, manifest.Tables, cancellation);
        new ArchiveKeys(data, ring).Write(keys);
        await EvidenceAsync(zip, manifest, evidence, progress, cancellation);
        await AuditAsync(zip, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async IAsyncEnumerable<object?[]> LinesAsync(
        Stream content, ArchiveTable table, IProgress<ArchiveProgress>? progress, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        using var reader = new StreamReader(content, leaveOpen: true);
        for (var count = 1L; await reader.ReadLineAsync(cancellation) is { } line; count++)
        {
            yield return Cells(line, table);
            if (count % TellEvery == 0 || count == table.Rows)
            {
                progress?.Report(new ArchiveProgress(table.Name, count, table.Rows));
            }
        }
    }

    private static object?[] Cells(string line, ArchiveTable table)
    {
        using var row = JsonDocument.Parse(line);
        if (row.RootElement.ValueKind != JsonValueKind.Array || row.RootElement.GetArrayLength() != table.Columns.Count)
        {
            throw Broken(table.File);
        }

        try
        {
            return [.. table.Columns.Select((column, i) => ArchiveCells.Read(row.RootElement[i], column.Kind))];
        }
        catch (InvalidOperationException)
        {
            throw Broken(table.File);
        }
    }

    private async Task EvidenceAsync(ZipArchive zip, ArchiveManifest manifest, IEvidenceVault evidence, IProgress<ArchiveProgress>? progress, CancellationToken cancellation)
    {
        var files = zip.Entries.Where(e => e.FullName.StartsWith(ArchiveManifest.EvidenceFolder, StringComparison.Ordinal)).ToList();
        if (files.Count != manifest.EvidenceFiles)
        {
            throw Broken(ArchiveManifest.EvidenceFolder);
        }

        var there = await evidence.ListAsync(cancellation).Select(k => (k.Name, k.Length)).ToHashSetAsync(null, cancellation);
        foreach (var (i, file) in files.Index())
        {
            var name = file.FullName[ArchiveManifest.EvidenceFolder.Length..];
            var hash = EvidenceNames.HashOf(name) ?? throw Broken(file.FullName);
            if (!there.Contains((name, file.Length)))
            {
                using var copy = incoming.New();
                await using (var content = await file.OpenAsync(cancellation))
                await using (var target = File.Create(copy.Path))
                {
                    await content.CopyToAsync(target, cancellation);
                }

                if (!EvidenceNames.IsThumbnail(name) && await copy.HashAsync(cancellation) != hash)
                {
                    throw Broken(file.FullName);
                }

                await evidence.PutAsync(name, copy.Path, cancellation);
            }

            progress?.Report(new ArchiveProgress("evidence", i + 1, files.Count));
        }
    }

    /// <summary>Head and checkpoints of the audit log, where the data folder has none of its own: those that are there outrank what somebody brings.</summary>
    private async Task AuditAsync(ZipArchive zip, CancellationToken cancellation)
    {
        foreach (var entry in zip.Entries.Where(e => e.FullName.StartsWith(ArchiveManifest.AuditFolder, StringComparison.Ordinal)))
        {
            var path = Path.GetFullPath(entry.FullName[ArchiveManifest.AuditFolder.Length..], data.Audit);
            if (!path.StartsWith(Path.GetFullPath(data.Audit) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                throw Broken(entry.FullName);
            }

            if (!File.Exists(path))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllBytesAsync(path, await SmallAsync(entry, cancellation), cancellation);
            }
        }
    }

    private static ZipArchiveEntry Entry(ZipArchive zip, string name) => zip.GetEntry(name) ?? throw Broken(name);

    private static async Task<byte[]> SmallAsync(ZipArchiveEntry entry, CancellationToken cancellation)
    {
        if (entry.Length > LargestSmallFile)
        {
            throw Broken(entry.FullName);
        }

        await using var content = await entry.OpenAsync(cancellation);
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellation);
        return bytes.ToArray();
    }

    private static void Must(bool holds, string what)
    {
        if (!holds)
        {
            throw Broken(what);
        }
    }

    private static ArchiveRefusedException Broken(string what) => new("存档不完整或被改动：{0}。", what);
}
