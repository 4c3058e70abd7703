namespace Linli.Kernel;

/// <summary>
/// Changes with every commit that touches a table of the named kind, so that a process knows whether what it remembers is still true.
/// <see cref="LinliDb.CommitAsync"/> keeps it; nobody else writes it.
/// </summary>
public sealed class ChangeStamp
{
    /// <summary>Organisations and areas, which every call needs and which hardly ever change.</summary>
    public const string Map = "map";

    /// <summary>Service groups and types, reasons and responsibilities.</summary>
    public const string Catalogue = "catalogue";

    /// <summary>The installation's own work calendars.</summary>
    public const string Calendars = "calendars";

    /// <summary>The models that were learnt from the county's own history.</summary>
    public const string Routing = "routing";

    /// <summary>Keys of other programs.</summary>
    public const string Clients = "clients";

    /// <summary>Who holds which post: open lines read it anew at once.</summary>
    public const string Posts = "posts";

    public required string Name { get; init; }
    public required Guid Value { get; set; }
}

/// <summary>Rows that processes remember until the stamp changes. Implemented explicitly, so that it is no column.</summary>
public interface IRemembered
{
    string Stamp { get; }
}
