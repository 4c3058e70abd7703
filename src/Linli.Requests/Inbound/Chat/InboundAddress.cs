using Linli.Kernel.Privacy;
using Linli.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Inbound.Chat;

/// <summary>接入地址: an address of this installation that one program outside may send messages to.</summary>
internal sealed class InboundAddress
{
    public const int LongestMapping = 40_000;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Name { get; set; }

    /// <summary>Hash of the long word in the path that only the program knows.</summary>
    public required string WordHash { get; set; }

    /// <summary>How a message is read, as JSON (data/mappings/chat).</summary>
    public required string Mapping { get; set; }

    /// <summary>What proves that a message comes from the program: a signing secret, and for some a key of their encryption. JSON.</summary>
    public SealedText? Secrets { get; set; }

    public required string ServiceType { get; set; }

    /// <summary>Messages in an hour.</summary>
    public int Most { get; set; }

    public bool IsActive { get; set; } = true;
    public required DateTimeOffset CreatedAt { get; init; }
    public required Guid CreatedBy { get; init; }
    public DateTimeOffset? LastAt { get; set; }

    public static void Configure(ModelBuilder model) => model.Entity<InboundAddress>(address =>
    {
        address.ToTable("requests_inbound_address");
        address.Property(a => a.Name).HasMaxLength(60);
        address.Property(a => a.WordHash).HasMaxLength(64);
        address.Property(a => a.Mapping).HasMaxLength(LongestMapping);
        address.Property(a => a.ServiceType).HasMaxLength(60);
        address.HasIndex(a => a.WordHash).IsUnique();
    });
}
