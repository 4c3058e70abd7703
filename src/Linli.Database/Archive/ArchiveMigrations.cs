using System.Text.Json;
using System.Text.Json.Serialization;
using Linli.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Linli.Database.Archive;

/// <summary>Both engines have the same migrations under the same names, made at different times.</summary>
internal static class ArchiveMigrations
{
    public static JsonSerializerOptions Indented { get; } = new(Json.Plain) { WriteIndented = true, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static string NameOf(string migration) => migration[(migration.IndexOf('_', StringComparison.Ordinal) + 1)..];

    /// <summary>Makes the tables as they were when the archive was made.</summary>
    /// <exception cref="ArchiveRefusedException">A newer Linli made the archive, or none did.</exception>
    public static async Task PrepareAsync(LinliDb db, Schema schema, ArchiveManifest manifest, CancellationToken cancellation)
    {
        var known = db.Database.GetMigrations().ToList();
        if (manifest.Migrations.FirstOrDefault(m => known.TrueForAll(k => NameOf(k) != m)) is { } unknown)
        {
            throw new ArchiveRefusedException("存档由更新版本的邻里写成（含本程序不认识的升级 {0}）。请安装更新的版本；没有写任何东西。", unknown);
        }

        if (manifest.Migrations.Count == 0 || !known.Take(manifest.Migrations.Count).Select(NameOf).SequenceEqual(manifest.Migrations))
        {
            throw new ArchiveRefusedException("存档不完整或被改动：{0}。", ArchiveManifest.FileName);
        }

        var state = await schema.LookAsync(cancellation);
        if (state.IsEmpty && manifest.Migrations.Count < known.Count)
        {
            await schema.MakeSchemaAsync(cancellation);
            await db.GetService<IMigrator>().MigrateAsync(known[manifest.Migrations.Count - 1], cancellation);
        }
        else if (state.Unknown.Count > 0 || known.Count - state.Missing.Count > manifest.Migrations.Count)
        {
            throw state.Unknown.Count > 0
                ? new ArchiveRefusedException("数据库由更新版本的邻里写成（含本程序不认识的升级 {0}）。请安装更新的版本，或恢复升级前的备份；未作任何改动。", state.Unknown[^1])
                : new ArchiveRefusedException("数据库里已有比存档更新的表。存档来自较早的版本：请导入一个还没有表的数据库，它会随后升级。");
        }
        else if (manifest.Migrations.Count == known.Count)
        {
            await schema.MigrateAsync(cancellation);
        }
    }
}
