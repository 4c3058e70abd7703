namespace Linli.Shell.Ledgers.Timetables;

/// <summary>How often a ledger is made by itself.</summary>
public enum TimetableKind
{
    Never,

    /// <summary>On every working day.</summary>
    Daily,
    Weekly,
    Monthly,
}
