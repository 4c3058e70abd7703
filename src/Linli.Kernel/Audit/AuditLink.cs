using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Kernel.Audit;

/// <summary>One link of the chain: which entry has which number, and the hash over it and everything before it. Append-only.</summary>
public sealed class AuditLink
{
    public const int MacLength = 16;
    public static readonly byte[] Origin = new byte[32];

    /// <summary>1, 2, 3 … without a gap.</summary>
    public required long Sequence { get; init; }

    public required long EntryId { get; init; }

    /// <summary>SHA-256 of the previous hash and this entry (<see cref="AuditBytes"/>).</summary>
    public required byte[] Hash { get; init; }

    /// <summary>Says that Linli made this link, not somebody who recomputed the chain.</summary>
    public required byte[] Mac { get; init; }
}

/// <summary>How far the chain reaches. One row from the migration on; the sealer holds it while it works.</summary>
public sealed record AuditHead
{
    public const int Only = 1;
    public int Id { get; init; } = Only;
    public long Sequence { get; init; }
    public byte[] Hash { get; init; } = AuditLink.Origin;
    public DateTimeOffset At { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Empty: nothing was ever sealed.</summary>
    public string KeyId { get; init; } = "";

    /// <summary>Entries after this number carry a check value; those before were written before there was a key.</summary>
    public long EntriesFrom { get; init; }

    /// <summary>Links after this number carry a check value of this key.</summary>
    public long LinksFrom { get; init; }

    /// <summary>Of <see cref="AuditSeal"/>.</summary>
    public byte[] Mac { get; init; } = [];

    /// <summary>The highest entry that was sealed.</summary>
    public long TopEntryId { get; init; }

    /// <summary>Nothing can be committed any more with an id up to this one; where the search for unsealed entries begins.</summary>
    public long SettledId { get; init; }

    /// <summary>Becomes settled as soon as those who wrote at <see cref="AwaitedAt"/> have ended (<see cref="WriterTide"/>).</summary>
    public long AwaitedId { get; init; }

    public long AwaitedWriter { get; init; }
    public DateTimeOffset AwaitedAt { get; init; } = DateTimeOffset.UnixEpoch;

    internal bool IsNew => KeyId.Length == 0;

    internal AuditSeal Seal => new(KeyId, Sequence, Convert.ToHexStringLower(Hash), EntriesFrom, LinksFrom, At);

    internal AuditHead VouchedFor(AuditKey key) => this with { Mac = key.MacOf(Seal) };
}

/// <summary>The part of the head that the key vouches for, in the database and in a file outside it.</summary>
/// <param name="Hash">Hexadecimal.</param>
internal sealed record AuditSeal(string KeyId, long Sequence, string Hash, long EntriesFrom, long LinksFrom, DateTimeOffset At)
{
    public byte[] Bytes() => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"linli-audit-head-1\n{KeyId}\n{Sequence}\n{Hash}\n{EntriesFrom}\n{LinksFrom}\n{At.UtcTicks}\n"));
}

/// <summary>The tables of the audit log.</summary>
internal static class AuditModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<AuditEntry>(audit =>
        {
            audit.ToTable("kernel_audit_entry");
            audit.Property(e => e.Changes).HasMaxLength(20_000);
            audit.Property(e => e.Reason).HasMaxLength(4_000);
            audit.HasIndex(e => e.At);
            audit.HasIndex(e => new { e.ActorId, e.Id });
            audit.HasIndex(e => new { e.Subject, e.Id });
            audit.HasIndex(e => new { e.Verb, e.Id });
        });
        model.Entity<AuditLink>(link =>
        {
            link.ToTable("kernel_audit_link");
            link.HasKey(l => l.Sequence);
            link.Property(l => l.Sequence).ValueGeneratedNever();
            link.HasIndex(l => l.EntryId).IsUnique();
        });
        model.Entity<AuditHead>(head =>
        {
            head.ToTable("kernel_audit_head");
            head.Property(h => h.Id).ValueGeneratedNever();
            head.HasData(new AuditHead());
        });
        model.Entity<AuditCheckpoint>(checkpoint =>
        {
            checkpoint.ToTable("kernel_audit_checkpoint");
            checkpoint.HasKey(c => c.Sequence);
            checkpoint.Property(c => c.Sequence).ValueGeneratedNever();
        });
    }
}
