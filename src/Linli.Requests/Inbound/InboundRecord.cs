using Linli.Kernel.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Inbound;

/// <summary>What became of a message.</summary>
public enum InboundResult
{
    Filed,

    /// <summary>Words or photos for a request that is there.</summary>
    Added,

    /// <summary>Cannot be a request as it is; the sender was told where that makes sense.</summary>
    Refused,

    /// <summary>Not meant: written by a machine, or without the word that a group agreed on.</summary>
    Ignored,
}

/// <summary>One message from another program that was dealt with, so that it is not dealt with twice. Holds nothing of what it said.</summary>
internal sealed class InboundRecord
{
    public long Id { get; init; }

    /// <summary>Keyed hash of its source and its own id.</summary>
    public required string MessageHash { get; init; }

    /// <summary>mail, or the id of an inbound address.</summary>
    public required string Source { get; init; }

    /// <summary>Keyed hash of who sent it.</summary>
    public string? SenderIndex { get; init; }

    public required DateTimeOffset At { get; init; }
    public required InboundResult Result { get; init; }
    public string? Number { get; init; }

    public static void Configure(ModelBuilder model) => model.Entity<InboundRecord>(record =>
    {
        record.ToTable("requests_inbound_record");
        record.Property(r => r.MessageHash).HasMaxLength(BlindIndex.Length);
        record.Property(r => r.SenderIndex).HasMaxLength(BlindIndex.Length);
        record.Property(r => r.Source).HasMaxLength(40);
        record.Property(r => r.Number).HasMaxLength(20);
        record.HasIndex(r => r.MessageHash).IsUnique();
        record.HasIndex(r => new { r.SenderIndex, r.At });
        record.HasIndex(r => new { r.Source, r.At });
    });
}
