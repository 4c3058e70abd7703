namespace Linli.Kernel.Audit;

/// <summary>Records that somebody read personal data, or took data out of the product: an entry without a change.</summary>
public sealed class AuditReads(LinliDb db)
{
    /// <summary>Before the data is shown: what cannot be recorded is not read.</summary>
    /// <param name="act">Its verb is one of <see cref="AuditKind.Read"/>; its subject is a key, never the data.</param>
    /// <param name="cancellation">Of the reader.</param>
    /// <exception cref="InvalidOperationException">Changes wait in the same session; they would be written with it.</exception>
    public Task RecordAsync(Act act, CancellationToken cancellation) =>
        db.HasChanges ? throw new InvalidOperationException("A read is recorded by itself; commit the changes first.") : db.CommitAsync(act, cancellation);
}
