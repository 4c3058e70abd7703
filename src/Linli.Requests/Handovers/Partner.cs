using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Kernel.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Handovers;

/// <summary>协作系统: an organisation that has a system of its own, which takes requests by Open311 GeoReport v2.</summary>
public sealed class Partner
{
    public const int MaxUrl = 500;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>What is dispatched to this organisation is handed over; the system's steps are taken in its name.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>The endpoint, without a slash at its end: https://city.example/open311/v2</summary>
    public required string Url { get; set; }
    public string? Jurisdiction { get; set; }

    /// <summary>Our key there.</summary>
    public SealedText? Key { get; set; }

    /// <summary>Our service types that are handed over, and what they are called there; as JSON.</summary>
    public required string Services { get; set; }

    /// <summary>The reporter's name, telephone number and address go along.</summary>
    public bool SendsContact { get; set; }

    /// <summary>A report that is sent again with the same Idempotency-Key stays one there, for good.</summary>
    public bool KnowsRepeats { get; set; }
    public bool IsActive { get; set; } = true;
    public DateTimeOffset ChangedAt { get; set; }

    internal Dictionary<string, string> ServiceCodes => JsonSerializer.Deserialize<Dictionary<string, string>>(Services, Json.Plain) ?? [];

    internal static Cell KeyOf(Guid id) => Cell.Of<Partner>(nameof(Key), id);

    internal static void Configure(ModelBuilder model) => model.Entity<Partner>(partner =>
    {
        partner.ToTable("requests_partner");
        partner.HasIndex(p => p.OrganisationId).IsUnique();
        partner.HasOne<Organisation>().WithMany().HasForeignKey(p => p.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        partner.Property(p => p.Url).HasMaxLength(MaxUrl);
        partner.Property(p => p.Jurisdiction).HasMaxLength(100);
        partner.Property(p => p.ChangedAt).IsConcurrencyToken();
    });
}
