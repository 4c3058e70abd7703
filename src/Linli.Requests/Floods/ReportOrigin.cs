namespace Linli.Requests.Floods;

/// <summary>
/// Which neighbourhood and which device a report without an account came from, so that a flood can be told apart from people. For two days,
/// and without an address: the neighbourhood is a keyed hash.
/// </summary>
public sealed class ReportOrigin
{
    public required Guid RequestId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>See <see cref="Kernel.Privacy.BlindIndex.OfNeighbourhood"/>.</summary>
    public required string Neighbourhood { get; init; }

    /// <summary>The first request that the device reported: all that a device is known by.</summary>
    public required Guid Device { get; init; }
}
