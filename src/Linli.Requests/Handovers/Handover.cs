using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Handovers;

/// <summary>Where a handover stands.</summary>
public enum HandoverState
{
    /// <summary>Is sent at the next time.</summary>
    Waiting,

    /// <summary>Is being sent at this moment.</summary>
    Sending,

    /// <summary>Perhaps there, perhaps not, and it cannot be found out: somebody has to say.</summary>
    Unclear,

    /// <summary>The other system does not take it as it is.</summary>
    Refused,

    /// <summary>There; its course is followed.</summary>
    Sent,

    /// <summary>Nothing is followed any more: done there, or no longer theirs here.</summary>
    Ended,

    /// <summary>Somebody gave up: it is handled by hand.</summary>
    GivenUp,
}

/// <summary>转交: one dispatched request on its way to another organisation's system and in it. docs/decisions/0032-handovers.md</summary>
public sealed class Handover
{
    public const int MostReason = 500;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid RequestId { get; init; }
    public required Guid PartnerId { get; init; }

    /// <summary>The dispatch that it belongs to, so that one dispatch is handed over once.</summary>
    public required int EventSequence { get; init; }

    /// <summary>What the service is called there.</summary>
    public required string ServiceCode { get; set; }

    /// <summary>Stands in what is sent, so that it can be found there; and makes sending it again harmless where the other system looks at such keys.</summary>
    public required string Mark { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public HandoverState State { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset? FirstAt { get; set; }
    public DateTimeOffset? LastAt { get; set; }

    /// <summary>When it is sent, or looked after, next.</summary>
    public DateTimeOffset NextAt { get; set; }

    /// <summary>Some attempt had no answer that says whether it arrived.</summary>
    public bool MayHaveArrived { get; set; }

    /// <summary>Why it stands where it stands: Chinese, key of its English text; and the other system's own words.</summary>
    public string? Reason { get; set; }
    public string? TheirWords { get; set; }
    public string? ExternalId { get; set; }
    public string? Token { get; set; }
    public string? ExternalStatus { get; set; }
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>Last time that its course could be read there.</summary>
    public DateTimeOffset? SeenAt { get; set; }

    /// <summary>Counts changes; of two who act at once one is refused.</summary>
    public int Version { get; set; }

    /// <summary>Sent five minutes after the first failure, then every half an hour.</summary>
    internal void Again(DateTimeOffset now, string reason, string? theirWords, bool mayHaveArrived, TimeSpan? notBefore = null)
    {
        var pause = Attempts <= 1 ? TimeSpan.FromMinutes(5) : TimeSpan.FromMinutes(30);
        (State, NextAt, Reason, TheirWords) = (HandoverState.Waiting, now + (notBefore > pause ? notBefore.Value : pause), reason, Short(theirWords));
        MayHaveArrived |= mayHaveArrived;
    }

    internal void Stop(HandoverState state, string? reason, string? theirWords = null) => (State, Reason, TheirWords) = (state, reason, Short(theirWords));

    internal void Arrived(string? number, string? token, DateTimeOffset now)
    {
        (State, ExternalId, Token, SentAt, NextAt) = (HandoverState.Sent, number, token, now, now);
        (Reason, TheirWords, MayHaveArrived) = (null, null, false);
    }

    internal static string? Short(string? words) => words is { Length: > MostReason } ? words[..MostReason] : words;

    internal static void Configure(ModelBuilder model) => model.Entity<Handover>(handover =>
    {
        handover.ToTable("requests_handover");
        handover.HasIndex(h => new { h.RequestId, h.EventSequence }).IsUnique();
        handover.HasIndex(h => new { h.State, h.NextAt });
        handover.HasOne<ServiceRequest>().WithMany().HasForeignKey(h => h.RequestId).OnDelete(DeleteBehavior.Cascade);
        handover.HasOne<Partner>().WithMany().HasForeignKey(h => h.PartnerId).OnDelete(DeleteBehavior.Restrict);
        handover.Property(h => h.ServiceCode).HasMaxLength(100);
        handover.Property(h => h.Mark).HasMaxLength(40);
        handover.Property(h => h.Reason).HasMaxLength(200);
        handover.Property(h => h.TheirWords).HasMaxLength(MostReason);
        handover.Property(h => h.ExternalId).HasMaxLength(200);
        handover.Property(h => h.Token).HasMaxLength(200);
        handover.Property(h => h.ExternalStatus).HasMaxLength(40);
        handover.Property(h => h.Version).IsConcurrencyToken();
    });
}
