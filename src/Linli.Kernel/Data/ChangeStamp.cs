namespace Linli.Kernel;

/// <summary>
/// Changes with every commit that touches a table of the named kind, so that a process knows whether what it remembers is still true.
/// <see cref="LinliDb.CommitAsync"/> keeps it; nobody else writes it.
/// </summary>
public sealed class ChangeStamp
{
    /// <summary>Organisations and areas, which every call needs and which hardly ever change.</summary>
    public const string Map = "map";

    public required string Name { get; init; }
    public required Guid Value { get; set; }
}
