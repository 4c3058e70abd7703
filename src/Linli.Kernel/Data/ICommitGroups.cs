using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Linli.Kernel;

/// <summary>
/// Writes what several callers commit at the same instant in one transaction: on a busy day they wait for the disk once and not each for itself.
/// Whoever is refused does not take the others along.
/// </summary>
public interface ICommitGroups
{
    /// <summary>Null when these changes cannot be written so: something is changed or removed, or is of a kind whose values the database makes.</summary>
    /// <returns>Ends when it is durable on disk.</returns>
    Task? TryWrite(LinliDb db, IReadOnlyList<EntityEntry> entries);
}
