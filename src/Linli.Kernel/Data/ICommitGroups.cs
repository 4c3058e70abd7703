namespace Linli.Kernel;

/// <summary>
/// Writes what several callers commit at the same instant in one transaction: on a busy day they wait for the disk once and not each for itself.
/// Whoever is refused does not take the others along.
/// </summary>
public interface ICommitGroups
{
    /// <summary>Null when these rows cannot be written so: they are of a kind whose values the database makes.</summary>
    /// <param name="db">The session of the caller.</param>
    /// <param name="added">New rows; what hangs on them is written with them.</param>
    /// <param name="beside">Asked once for what is to be written beside all of these; null for what cannot be written so after all.</param>
    /// <returns>Ends when it is durable on disk.</returns>
    Task? TryWrite(LinliDb db, IReadOnlyList<NewRow> added, Func<IReadOnlyList<(object Row, string Table)>, IEnumerable<object>?> beside);
}

/// <summary>A row that there must not be beside a new one: under another name it would be the same.</summary>
/// <param name="Property">Of the new row's kind, with an index.</param>
/// <param name="Value">What the other one has there.</param>
public sealed record Rival(string Property, string Value);

/// <param name="Row">What is to be written.</param>
/// <param name="Rival">What keeps it from being written.</param>
/// <param name="HasRival">Asks whether there is one.</param>
public sealed record NewRow(object Row, Rival? Rival, Func<CancellationToken, Task<bool>>? HasRival);
