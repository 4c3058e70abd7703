using Linli.Kernel;
using Linli.Kernel.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Import.Assistant;

/// <summary>What the rows of a file are.</summary>
public enum ImportKind
{
    Requests,
    Organisations,
    Areas,
    Types,
    Staff,
}

/// <summary>Where an import stands.</summary>
public enum ImportState
{
    /// <summary>The file is here; nothing was written.</summary>
    Draft,
    Running,
    Done,
    Failed,
    Undone,
}

/// <summary>导入: one file that somebody brought, from its upload until it can no longer be undone.</summary>
internal sealed class ImportBatch
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required ImportKind Kind { get; init; }
    public required string FileName { get; init; }
    public required string Sha256 { get; init; }
    public ImportState State { get; set; }

    /// <summary>Sheet, row of the headings, and which column is what; JSON.</summary>
    public required string Mapping { get; set; }

    public int Total { get; set; }
    public int Done { get; set; }
    public int Imported { get; set; }
    public int Known { get; set; }
    public int Rejected { get; set; }
    public required Guid ById { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
    public DateTimeOffset? UndoneAt { get; set; }

    /// <summary>What kept it from being imported, as a text key with its values in JSON.</summary>
    public string? Trouble { get; set; }

    public static void Configure(ModelBuilder model)
    {
        model.Entity<ImportBatch>(batch =>
        {
            batch.ToTable("requests_import_batch");
            batch.Property(b => b.FileName).HasMaxLength(200);
            batch.Property(b => b.Sha256).HasMaxLength(64);
            batch.Property(b => b.Mapping).HasMaxLength(20_000);
            batch.Property(b => b.Trouble).HasMaxLength(2_000);
            batch.Property(b => b.State).IsConcurrencyToken();
            batch.HasIndex(b => b.Sha256);
            batch.HasIndex(b => b.At);
        });
        model.Entity<ImportItem>(item =>
        {
            item.ToTable("requests_import_item");
            item.Property(i => i.Subject).HasMaxLength(60);
            item.Property(i => i.Mark).HasMaxLength(64);
            item.HasKey(i => new { i.BatchId, i.Row });
            item.HasOne<ImportBatch>().WithMany().HasForeignKey(i => i.BatchId);
        });
        model.Entity<RememberedMapping>(mapping =>
        {
            mapping.ToTable("requests_import_mapping");
            mapping.HasKey(m => new { m.Kind, m.Headings });
            mapping.Property(m => m.Headings).HasMaxLength(64);
            mapping.Property(m => m.Mapping).HasMaxLength(20_000);
        });
    }
}

/// <summary>What one row of a file became, for undoing.</summary>
internal sealed class ImportItem
{
    public required Guid BatchId { get; init; }

    /// <summary>Row of the file, counted from 1.</summary>
    public required int Row { get; init; }

    /// <summary>Id or code of what it became.</summary>
    public required string Subject { get; init; }

    /// <summary>Says what it was like right after the import: whatever is different now was touched since.</summary>
    public required string Mark { get; init; }

    /// <summary>What was there before, as JSON; null where the import made it.</summary>
    public SealedText? Before { get; init; }
}

/// <summary>Which column was what the last time a file with these headings came.</summary>
internal sealed class RememberedMapping
{
    public required ImportKind Kind { get; init; }

    /// <summary>SHA-256 of the headings.</summary>
    public required string Headings { get; init; }

    public required string Mapping { get; set; }
    public required DateTimeOffset At { get; set; }
}
