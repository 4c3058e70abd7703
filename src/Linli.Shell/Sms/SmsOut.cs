using Linli.Kernel.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Linli.Shell.Sms;

/// <summary>A text message on its way. Number and text are sealed while it waits, and gone once it is sent or given up.</summary>
public sealed class SmsOut
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public SealedText? To { get; set; }
    public SealedText? Text { get; set; }

    /// <summary>Key of what it is about, as acts name it.</summary>
    public string? About { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was sent, or refused for good.</summary>
    public DateTimeOffset? DoneAt { get; set; }

    internal static void Map(EntityTypeBuilder<SmsOut> sms)
    {
        sms.ToTable("shell_sms_out");
        sms.Property(s => s.Text).HasMaxLength(4_000);
        sms.HasIndex(s => s.CreatedAt);
    }
}
