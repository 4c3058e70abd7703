using Linli.Kernel.Evidence;
using Linli.Shell.Accounts;
using Linli.Shell.Ledgers.Keeping;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Linli.Shell.Ledgers.Exports;

public enum LedgerFormat
{
    Xlsx,
    Csv,
}

public enum ExportState
{
    Waiting,
    Running,
    Done,
    Failed,
}

/// <summary>A ledger that somebody takes along: made in the background, fetched later by the one who asked, deleted after some days.</summary>
public sealed class LedgerExport
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid AccountId { get; init; }

    /// <summary>The saved ledger; null for a ready-made one.</summary>
    public Guid? LedgerId { get; init; }
    public required string Name { get; init; }

    /// <summary>As it was when it was asked for.</summary>
    public required string Definition { get; init; }
    public required LedgerFormat Format { get; init; }

    /// <summary>zh-CN or en.</summary>
    public required string Language { get; init; }

    /// <summary>The day that periods are counted from.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>By a timetable, and for this time; unique for a ledger, so that two instances make one.</summary>
    public DateTimeOffset? ScheduledFor { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    public ExportState State { get; set; }

    /// <summary>Until when the instance that makes it has the say; another takes over after that.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }
    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>Rows of the source, and how many of them are read.</summary>
    public int Total { get; set; }
    public int Read { get; set; }

    /// <summary>Lines that were written.</summary>
    public int Lines { get; set; }
    public bool IsPersonal { get; set; }

    /// <summary>Why it failed, in the language of whoever asked.</summary>
    public string? Problem { get; set; }
    public Guid? FileId { get; set; }
    public long Length { get; set; }

    internal static void Map(EntityTypeBuilder<LedgerExport> export)
    {
        export.ToTable("shell_ledger_export");
        export.Property(e => e.Id).ValueGeneratedNever();
        export.Property(e => e.Definition).HasMaxLength(60_000);
        export.Property(e => e.Problem).HasMaxLength(2_000);
        export.HasIndex(e => new { e.AccountId, e.AskedAt });
        export.HasIndex(e => new { e.State, e.AskedAt });
        export.HasIndex(e => e.ExpiresAt);
        export.HasIndex(e => new { e.LedgerId, e.ScheduledFor }).IsUnique();
        export.HasOne<Account>().WithMany().HasForeignKey(e => e.AccountId).OnDelete(DeleteBehavior.Cascade);
        export.HasOne<Ledger>().WithMany().HasForeignKey(e => e.LedgerId).OnDelete(DeleteBehavior.SetNull);
        export.HasOne<EvidenceFile>().WithMany().HasForeignKey(e => e.FileId).OnDelete(DeleteBehavior.Restrict);
    }
}
