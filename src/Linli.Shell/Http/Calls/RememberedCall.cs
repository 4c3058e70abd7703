using Linli.Kernel.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Linli.Shell.Http.Calls;

/// <summary>A call with an Idempotency-Key, and what it was answered: sent again within a day, it is answered the same and done once.</summary>
public sealed class RememberedCall
{
    /// <summary>SHA-256 of account, address and key; none of them is kept.</summary>
    public required string Id { get; init; }

    /// <summary>SHA-256 of the body: the same key with something else in it is a mistake.</summary>
    public required string BodyHash { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Null while the first one is still being done.</summary>
    public int? Status { get; set; }
    public string? ContentType { get; set; }

    /// <summary>The headers that say where to go on, an empty line, the body. Sealed, because keys and codes are shown once. Null when it was too long to keep.</summary>
    public SealedText? Answer { get; set; }

    internal static void Map(EntityTypeBuilder<RememberedCall> call)
    {
        call.ToTable("shell_remembered_call");
        call.Property(c => c.Id).HasMaxLength(64);
        call.Property(c => c.BodyHash).HasMaxLength(64);
        call.Property(c => c.ContentType).HasMaxLength(100);
        call.Property(c => c.Answer).HasMaxLength(200_000);
        call.HasIndex(c => c.At);
    }
}
