using Linli.Kernel.Privacy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Linli.Shell.Webhooks;

/// <summary>Of which requests a webhook hears.</summary>
public enum WebhookReach
{
    /// <summary>What everybody may see at that moment.</summary>
    Public,

    /// <summary>Also what is not on the public pages; never sensitive matters and complaints about somebody. docs/decisions/0034-webhooks.md</summary>
    Internal,
}

/// <summary>事件推送: an address of another system that is called when something happens.</summary>
public sealed class Webhook
{
    public const int MaxName = 60;
    public const int MaxUrl = 500;

    /// <summary>How long what is signed with the old secret may still be believed after a change of secrets.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Name { get; set; }
    public required string Url { get; set; }

    /// <summary>Names of the chosen event types, separated by spaces; null for all.</summary>
    public string? Types { get; set; }

    /// <summary>Only requests in this area; null for the whole jurisdiction.</summary>
    public string? AreaCode { get; set; }

    /// <summary>Codes of service types, separated by spaces; null for all.</summary>
    public string? ServiceTypes { get; set; }
    public required WebhookReach Reach { get; set; }
    public SealedText? Secret { get; set; }

    /// <summary>Signs beside the new one until <see cref="PreviousUntil"/>.</summary>
    public SealedText? PreviousSecret { get; set; }
    public DateTimeOffset? PreviousUntil { get; set; }
    public required Guid CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when it is chosen as it is, and on; nothing older is sent.</summary>
    public required DateTimeOffset Since { get; set; }
    public bool IsOn { get; set; } = true;

    /// <summary>It was switched off because nobody had answered for days, or it said that it is gone.</summary>
    public bool IsGivenUp { get; set; }

    /// <summary>Since when every try fails; null while it answers.</summary>
    public DateTimeOffset? FailingSince { get; set; }
    public DateTimeOffset? LastDeliveredAt { get; set; }

    /// <summary>Counts what administrators change; the second of two at once is told.</summary>
    public int Version { get; set; }

    public bool Wants(string type) => Types is null || type == WebhookTypes.Hidden || Types.Split(' ').Contains(type);

    public bool Covers(string? area, string? serviceType) =>
        (AreaCode is null || area?.StartsWith(AreaCode, StringComparison.Ordinal) == true)
        && (ServiceTypes is null || (serviceType is not null && ServiceTypes.Split(' ').Contains(serviceType)));

    internal static void Map(EntityTypeBuilder<Webhook> webhook)
    {
        webhook.ToTable("shell_webhook");
        webhook.Property(w => w.Name).HasMaxLength(MaxName);
        webhook.Property(w => w.Url).HasMaxLength(MaxUrl);
        webhook.Property(w => w.Types).HasMaxLength(4_000);
        webhook.Property(w => w.ServiceTypes).HasMaxLength(10_000);
        webhook.Property(w => w.Secret).HasMaxLength(400);
        webhook.Property(w => w.PreviousSecret).HasMaxLength(400);
        webhook.Property(w => w.Version).IsConcurrencyToken();
    }
}
