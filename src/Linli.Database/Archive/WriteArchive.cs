using System.Buffers;
using System.Data.Common;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using Linli.Database.Dialect;
using Linli.Kernel;
using Linli.Kernel.Audit;
using Linli.Kernel.Evidence.Storage;
using Linli.Kernel.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Linli.Database.Archive;

/// <summary>
/// Everything that a store holds in one file: every row of every table as it is at one moment, every file, head and checkpoints of the audit log.
/// Sealed cells stay sealed. Reads while others write; needs as much memory as the largest row.
/// </summary>
public sealed class WriteArchive(LinliDb db, Store store, DataFolder data, KeyRing ring, AuditKeys auditKeys, TimeProvider time)
{
    private const int Piece = 64 * 1024;
    private const int TellEvery = 2_000;

    private static readonly JsonWriterOptions Lines = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <param name="path">Appears when it is whole; another file of that name is left alone.</param>
    /// <param name="passphrase">Seals the keys, which come along then; null leaves them out.</param>
    /// <exception cref="ArchiveRefusedException">The file is there, or the passphrase is too short.</exception>
    public async Task<ArchiveManifest> RunAsync(string path, IEvidenceVault evidence, string? passphrase, IProgress<ArchiveProgress>? progress, CancellationToken cancellation)
    {
        if (File.Exists(path))
        {
            throw new ArchiveRefusedException("文件 {0} 已经有了。请换一个名字，或先移走它。", path);
        }

        if (passphrase is { Length: < KeyEnvelope.ShortestPassphrase })
        {
            throw new ArchiveRefusedException("口令至少要 {0} 个字符：谁有存档和口令，谁就能读出全部个人信息。", KeyEnvelope.ShortestPassphrase);
        }

        await db.CommitAsync(Act.BySystem("archive.export", time.GetUtcNow(), Path.GetFileName(path)) with { Reason = passphrase is null ? null : "+ keys" }, cancellation);
        var draft = path + ".part";
        try
        {
            await using (var file = new FileStream(draft, FileMode.Create, FileAccess.ReadWrite, FileShare.None, Piece, FileOptions.Asynchronous))
            {
                var manifest = await WriteAsync(file, evidence, passphrase, progress, cancellation);
                await file.FlushAsync(cancellation);
                file.Flush(flushToDisk: true);
                File.Move(draft, path);
                return manifest;
            }
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private async Task<ArchiveManifest> WriteAsync(Stream file, IEvidenceVault evidence, string? passphrase, IProgress<ArchiveProgress>? progress, CancellationToken cancellation)
    {
        await using var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, null, cancellation);
        await AddFolderAsync(zip, data.Audit, ArchiveManifest.AuditFolder, cancellation); // first: the head must not be ahead of the tables
        var tables = new List<ArchiveTable>();
        await db.Database.OpenConnectionAsync(cancellation);
        try
        {
            await using var moment = await db.Dialect.Audit.BeginReadingAsync(db.Database.GetDbConnection(), cancellation);
            var rows = ArchiveRows.Of(store);
            foreach (var table in ArchiveModel.Tables(db))
            {
                var columns = ArchiveModel.Columns(table);
                var counter = ArchiveModel.CounterOf(table) is { } column ? new ArchiveCounter(column, await rows.LastAsync(moment, table.Name, column, cancellation)) : null;
                var name = $"tables/{table.Name}.ndjson";
                var (count, hash) = await WriteTableAsync(zip, name, moment, table.Name, columns, progress, cancellation);
                tables.Add(new ArchiveTable(table.Name, name, columns, counter, count, hash));
            }
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }

        // After the tables: a file is there before the row that names it.
        var (files, bytes) = await WriteEvidenceAsync(zip, evidence, progress, cancellation);
        if (passphrase is not null)
        {
            await AddAsync(zip, ArchiveManifest.KeysFile, KeyEnvelope.Seal(new ArchiveKeys(data, ring).Read(), passphrase), cancellation);
        }

        var manifest = new ArchiveManifest(
            ArchiveManifest.FormatName, ArchiveManifest.CurrentVersion, time.GetUtcNow().ToUniversalTime(), store.Provider,
            [.. (await db.Database.GetAppliedMigrationsAsync(cancellation)).Select(ArchiveMigrations.NameOf)], tables, files, bytes,
            [.. await db.Set<KnownKey>().AsNoTracking().Where(k => k.RetiredAt == null).Select(k => k.Id).Order().ToListAsync(cancellation), .. auditKeys.IfThere is { } key ? [key.Id] : Array.Empty<string>()],
            passphrase is not null);
        await AddAsync(zip, ArchiveManifest.FileName, JsonSerializer.SerializeToUtf8Bytes(manifest, ArchiveMigrations.Indented), cancellation);
        return manifest;
    }

    private static async Task<(long Rows, string Hash)> WriteTableAsync(
        ZipArchive zip, string name, DbTransaction moment, string table, IReadOnlyList<ArchiveColumn> columns, IProgress<ArchiveProgress>? progress, CancellationToken cancellation)
    {
        var total = await ArchiveRows.CountAsync(moment, table, cancellation);
        await using var entry = await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancellation);
        await using var hashed = new HashedStream(entry);
        var buffer = new ArrayBufferWriter<byte>(Piece);
        await using var line = new Utf8JsonWriter(buffer, Lines);
        var count = 0L;
        await foreach (var row in ArchiveRows.ReadAsync(moment, table, columns, cancellation))
        {
            line.Reset();
            line.WriteStartArray();
            for (var i = 0; i < columns.Count; i++)
            {
                ArchiveCells.Write(line, row, i, columns[i].Kind);
            }

            line.WriteEndArray();
            await line.FlushAsync(cancellation);
            buffer.Write("\n"u8);
            if (buffer.WrittenCount >= Piece)
            {
                await hashed.WriteAsync(buffer.WrittenMemory, cancellation);
                buffer.ResetWrittenCount();
            }

            if (++count % TellEvery == 0)
            {
                progress?.Report(new ArchiveProgress(table, count, total));
            }
        }

        await hashed.WriteAsync(buffer.WrittenMemory, cancellation);
        progress?.Report(new ArchiveProgress(table, count, total));
        return (count, hashed.TakeHash());
    }

    private static async Task<(int Files, long Bytes)> WriteEvidenceAsync(ZipArchive zip, IEvidenceVault evidence, IProgress<ArchiveProgress>? progress, CancellationToken cancellation)
    {
        var (files, bytes) = (0, 0L);
        await foreach (var kept in evidence.ListAsync(cancellation).Where(k => !EvidenceNames.IsAside(k.Name) && EvidenceNames.HashOf(k.Name) is not null))
        {
            if (await evidence.OpenAsync(kept.Name, cancellation) is { } content)
            {
                await using var source = content;
                await using var entry = await zip.CreateEntry(ArchiveManifest.EvidenceFolder + kept.Name, CompressionLevel.NoCompression).OpenAsync(cancellation);
                await source.CopyToAsync(entry, cancellation);
                (files, bytes) = (files + 1, bytes + kept.Length);
                progress?.Report(new ArchiveProgress("evidence", files, 0));
            }
        }

        return (files, bytes);
    }

    private static async Task AddFolderAsync(ZipArchive zip, string folder, string prefix, CancellationToken cancellation)
    {
        foreach (var path in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories) : [])
        {
            await AddAsync(zip, prefix + Path.GetRelativePath(folder, path).Replace('\\', '/'), await File.ReadAllBytesAsync(path, cancellation), cancellation);
        }
    }

    private static async Task AddAsync(ZipArchive zip, string name, byte[] bytes, CancellationToken cancellation)
    {
        await using var entry = await zip.CreateEntry(name).OpenAsync(cancellation);
        await entry.WriteAsync(bytes, cancellation);
    }
}
