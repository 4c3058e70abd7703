using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Linli.Shell.Webhooks;

public enum DeliveryState
{
    /// <summary>Not accepted yet; tried again at <see cref="WebhookDelivery.NextAt"/>.</summary>
    Waiting,
    Delivered,

    /// <summary>死信: given up after a day; kept until somebody repeats it.</summary>
    Dead,
}

/// <summary>One event on its way to one webhook.</summary>
public sealed class WebhookDelivery
{
    public long Id { get; init; }
    public required Guid WebhookId { get; init; }

    /// <summary>The same however often it is sent; receivers know a repetition by it.</summary>
    public required string EventId { get; init; }
    public required string Type { get; init; }

    /// <summary>What it is about: events of one subject arrive in order.</summary>
    public required string Subject { get; init; }

    /// <summary>Place among the events of its subject.</summary>
    public required long Order { get; init; }

    /// <summary>The event as it is sent, byte for byte.</summary>
    public required string Body { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DeliveryState State { get; set; }

    /// <summary>Not before this time; doubles as the lease of the instance that sends it.</summary>
    public required DateTimeOffset NextAt { get; set; }

    /// <summary>Who sends it now.</summary>
    public Guid? SentBy { get; set; }
    public int Attempts { get; set; }

    /// <summary>When it was accepted or given up.</summary>
    public DateTimeOffset? DoneAt { get; set; }

    internal static void Map(EntityTypeBuilder<WebhookDelivery> delivery)
    {
        delivery.ToTable("shell_webhook_delivery");
        delivery.HasOne<Webhook>().WithMany().HasForeignKey(d => d.WebhookId).OnDelete(DeleteBehavior.Cascade);
        delivery.Property(d => d.EventId).HasMaxLength(100);
        delivery.Property(d => d.Type).HasMaxLength(80);
        delivery.Property(d => d.Subject).HasMaxLength(60);
        delivery.Property(d => d.Body).HasMaxLength(8_000);
        delivery.HasIndex(d => new { d.WebhookId, d.EventId }).IsUnique();
        delivery.HasIndex(d => new { d.WebhookId, d.State, d.NextAt });
        delivery.HasIndex(d => new { d.WebhookId, d.Subject, d.Order });
        delivery.HasIndex(d => d.SentBy);
    }
}

/// <summary>What came of one try.</summary>
public enum TryResult
{
    /// <summary>2xx.</summary>
    Accepted,

    /// <summary>Any other answer.</summary>
    Refused,

    /// <summary>3xx: an address is never followed to another.</summary>
    Redirected,

    /// <summary>No connection, no answer in time, or an address that may not be called.</summary>
    Unreachable,
}

/// <summary>One try to deliver: what came back and how long it took.</summary>
public sealed class WebhookTry
{
    public const int MaxAnswer = 300;

    public long Id { get; init; }
    public required long DeliveryId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required TryResult Result { get; init; }

    /// <summary>HTTP status; null when nobody answered.</summary>
    public int? Status { get; init; }
    public required int Milliseconds { get; init; }

    /// <summary>The beginning of what came back, or why nothing did.</summary>
    public string? Answer { get; init; }

    internal static void Map(EntityTypeBuilder<WebhookTry> one)
    {
        one.ToTable("shell_webhook_try");
        one.HasOne<WebhookDelivery>().WithMany().HasForeignKey(t => t.DeliveryId).OnDelete(DeleteBehavior.Cascade);
        one.Property(t => t.Answer).HasMaxLength(MaxAnswer);
        one.HasIndex(t => new { t.DeliveryId, t.At });
    }
}
