using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Linli.Kernel;
using Linli.Shell.Site;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linli.Requests.OpenData;

/// <summary>Makes the bundle of a night and keeps those of some nights. Every instance may try: the day is the key, and the second is told so by the database.</summary>
public sealed class MakeBundle(LinliDb db, TimeProvider clock, IOptions<OpenDataOptions> options, IOptions<SiteOptions> site)
{
    private static readonly JsonSerializerOptions Readable = new(Json.Plain) { WriteIndented = true };

    /// <summary>At night, once: of everything until the midnight before.</summary>
    public async Task HandleAsync(CancellationToken cancellation)
    {
        var midnight = Midnight();
        var day = DateOnly.FromDateTime(midnight.DateTime).AddDays(-1);
        if (!options.Value.Enabled || await db.Set<OpenDataNight>().AnyAsync(n => n.Day == day, cancellation))
        {
            return;
        }

        var night = await MakeAsync(cancellation);
        db.Add(night);
        try
        {
            await db.CommitAsync(Act.BySystem("requests.open-data", clock.GetUtcNow(), day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), cancellation);
        }
        catch (DbUpdateException) when (!cancellation.IsCancellationRequested)
        {
            return; // Another instance was faster; should it be something else, the next round tries again.
        }

        var oldest = day.AddDays(-Math.Max(1, options.Value.Kept) + 1);
        await db.Set<OpenDataNight>().Where(n => n.Day < oldest).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>The bundle as it would be made now, kept nowhere.</summary>
    public async Task<OpenDataNight> MakeAsync(CancellationToken cancellation)
    {
        var midnight = Midnight();
        var day = DateOnly.FromDateTime(midnight.DateTime).AddDays(-1);
        var tables = await new BundleTables(db).ReadAsync(midnight, cancellation);
        var zip = Pack(Files(tables, day), midnight);
        return new OpenDataNight
        {
            Day = day, MadeAt = clock.GetUtcNow(), Rows = tables.Sum(t => t.Rows.Count), Size = zip.Length, Sha256 = Convert.ToHexStringLower(SHA256.HashData(zip)), Zip = zip,
        };
    }

    private DateTimeOffset Midnight()
    {
        var local = LocalTime.Of(clock.GetUtcNow());
        var date = local.Date;
        return new DateTimeOffset(date, LocalTime.Zone.GetUtcOffset(date));
    }

    private List<(string Name, byte[] Bytes)> Files(IReadOnlyList<BundleTable> tables, DateOnly day)
    {
        var files = tables.Select(t => (Name: t.Path, Bytes: t.Csv())).ToList();
        var title = $"{site.Value.County}{site.Value.Name}开放数据";
        files.Add(("datapackage.json", JsonSerializer.SerializeToUtf8Bytes(new
        {
            profile = "tabular-data-package", name = "linli-open-data", title = $"{title} {site.Value.CountyEn} {site.Value.NameEn} open data", version = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            licenses = new[] { new { name = "CC-BY-4.0", path = "https://creativecommons.org/licenses/by/4.0/", title = "Creative Commons Attribution 4.0" } },
            resources = tables.Zip(files, (t, f) => t.Resource(f.Bytes)),
        }, Readable)));
        files.Add(("README.md", Encoding.UTF8.GetBytes(Readme(tables, title, day))));
        files.Add(("LICENSE.txt", Encoding.UTF8.GetBytes(BundleWords.Licence(title, site.Value.CountyEn))));
        files.Add(("SHA256SUMS", Encoding.ASCII.GetBytes(string.Concat(files.Select(f => $"{Convert.ToHexStringLower(SHA256.HashData(f.Bytes))}  {f.Name}\n")))));
        return files;
    }

    private static string Readme(IReadOnlyList<BundleTable> tables, string title, DateOnly day)
    {
        var text = new StringBuilder(BundleWords.Head(title, day));
        foreach (var table in tables)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {table.Path}: {table.TitleZh} {table.TitleEn}\n\n| column | type | 说明 | meaning |\n|---|---|---|---|\n");
            foreach (var column in table.Columns)
            {
                text.Append(CultureInfo.InvariantCulture, $"| `{column.Name}` | {column.Type} | {column.Zh} | {column.En} |\n");
            }
        }

        return text.ToString();
    }

    /// <summary>The same content is the same file: entries carry the midnight, not the clock.</summary>
    private static byte[] Pack(List<(string Name, byte[] Bytes)> files, DateTimeOffset midnight)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
                entry.LastWriteTime = midnight;
                using var content = entry.Open();
                content.Write(bytes);
            }
        }

        return stream.ToArray();
    }
}
