using Linli.Kernel;
using Linli.Kernel.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Linli.Shell.Clients;

/// <summary>接口客户端: another organisation's program, known by its key. Never a person and never an account; what it may do and see is in its scopes.</summary>
public sealed class ApiClient : IRemembered
{
    public const int MaxName = 60;
    public const int MostTypes = 200;

    /// <summary>Requests a minute, when nothing else is agreed.</summary>
    public const int UsualRate = 60;
    public const int MostRate = 60_000;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>As the histories of the requests show it: the organisation, or its app.</summary>
    public required string Name { get; init; }

    /// <summary>Whom to call about it; among administrators only.</summary>
    public string? Contact { get; init; }

    /// <summary>SHA-256 of the key; the key itself is told once.</summary>
    public required string KeyHash { get; init; }

    /// <summary>Its last four characters, to tell keys apart on screen.</summary>
    public required string KeyEnd { get; init; }

    /// <summary>Codes of what it may do (<see cref="ClientScope"/>), separated by spaces.</summary>
    public required string Scopes { get; init; }

    /// <summary>It acts for matters of this area alone; null for the whole jurisdiction.</summary>
    public string? AreaCode { get; init; }

    /// <summary>Codes of the service types that it may send, separated by spaces; null for all.</summary>
    public string? ServiceTypes { get; init; }

    /// <summary>Calls with the key in a minute.</summary>
    public required int Rate { get; init; }
    public required Guid IssuedBy { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }
    public DateTimeOffset? EndsAt { get; init; }
    public DateTimeOffset? WithdrawnAt { get; set; }

    /// <summary>Last call; written at most once a minute.</summary>
    public DateTimeOffset? UsedAt { get; set; }

    string IRemembered.Stamp => ChangeStamp.Clients;

    public bool IsValidAt(DateTimeOffset now) => WithdrawnAt is null && !(EndsAt <= now);

    public bool May(string scope) => Scopes.Split(' ').Contains(scope);

    public bool Takes(string serviceType) => ServiceTypes is null || ServiceTypes.Split(' ').Contains(serviceType);

    /// <summary>As whoever sends requests in: for residents, under its own name.</summary>
    public Actor AsReporter() => new(ActorKind.Resident, Guid.Empty, Name, []) { Program = Id };

    internal static void Map(EntityTypeBuilder<ApiClient> client)
    {
        client.ToTable("shell_api_client");
        client.Property(c => c.Name).HasMaxLength(MaxName);
        client.Property(c => c.Contact).HasMaxLength(200);
        client.Property(c => c.KeyHash).HasMaxLength(64);
        client.HasIndex(c => c.KeyHash).IsUnique();
        client.Property(c => c.KeyEnd).HasMaxLength(4);
        client.Property(c => c.Scopes).HasMaxLength(400);
        client.Property(c => c.AreaCode).HasMaxLength(20);
        client.Property(c => c.ServiceTypes).HasMaxLength(10_000);
        client.Property(c => c.WithdrawnAt).IsConcurrencyToken();
        client.HasIndex(c => c.IssuedAt);
    }
}
