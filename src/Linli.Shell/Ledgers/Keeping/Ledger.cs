using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Linli.Shell.Ledgers.Exports;
using Linli.Shell.Ledgers.Timetables;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Linli.Shell.Ledgers.Keeping;

/// <summary>台账: a definition that somebody saved, with whom it is shared and when it is made by itself.</summary>
public sealed class Ledger
{
    private const int LongestDefinition = 60_000;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid OwnerId { get; init; }
    public required string Name { get; set; }

    /// <summary>A <see cref="LedgerDefinition"/> as JSON.</summary>
    public required string Definition { get; set; }

    /// <summary>Everybody who may see the source. Whoever it is shared with sees what they may see themselves.</summary>
    public bool IsForAll { get; set; }

    /// <summary><see cref="Role"/>s whose holders have it too.</summary>
    public List<string> SharedRoles { get; set; } = [];

    /// <summary>Ids of organisations whose people have it too, with those below.</summary>
    public List<string> SharedOrganisations { get; set; } = [];

    public TimetableKind Timetable { get; set; }

    /// <summary>1 to 7 from Monday, or 1 to 31; what a month does not have is its last day.</summary>
    public int TimetableDay { get; set; }

    /// <summary>Minutes after midnight by the county's clock.</summary>
    public int TimetableMinutes { get; set; }
    public LedgerFormat TimetableFormat { get; set; }

    /// <summary>When it is made next; null for never.</summary>
    public DateTimeOffset? NextAt { get; set; }

    /// <summary>The day of the timetable that this is for: periods are counted from it, also when a holiday put it off.</summary>
    public DateOnly? NextDay { get; set; }

    /// <summary>The owner's post ended: it is made no more until somebody sets it anew.</summary>
    public bool IsStopped { get; set; }

    public required DateTimeOffset ChangedAt { get; set; }
    public int Version { get; set; } = 1;

    public LedgerDefinition Read() => JsonSerializer.Deserialize<LedgerDefinition>(Definition, Json.Plain)!;

    public bool IsSharedWith(Actor reader) => IsForAll
        || reader.Posts.Any(p => SharedRoles.Contains($"{p.Role}"))
        || reader.OwnOrganisations.Any(o => SharedOrganisations.Contains($"{o}"));

    internal static void Map(EntityTypeBuilder<Ledger> ledger)
    {
        ledger.ToTable("shell_ledger");
        ledger.Property(l => l.Id).ValueGeneratedNever();
        ledger.Property(l => l.Name).HasMaxLength(60);
        ledger.Property(l => l.Definition).HasMaxLength(LongestDefinition);
        ledger.Property(l => l.Version).IsConcurrencyToken();
        ledger.HasIndex(l => l.OwnerId);
        ledger.HasIndex(l => l.NextAt);
        ledger.HasOne<Account>().WithMany().HasForeignKey(l => l.OwnerId).OnDelete(DeleteBehavior.Cascade);
    }
}
