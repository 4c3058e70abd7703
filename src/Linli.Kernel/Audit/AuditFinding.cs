namespace Linli.Kernel.Audit;

/// <summary>What can be wrong with the log.</summary>
public enum AuditFault
{
    /// <summary>A field of an entry is not what was written.</summary>
    Changed,

    /// <summary>The entry was written by Linli, but is not the one that stood here.</summary>
    Moved,

    /// <summary>The chain was computed anew by somebody without the key.</summary>
    Relinked,

    /// <summary>The chain names an entry that is not there.</summary>
    Removed,

    /// <summary>Links are missing.</summary>
    Gap,

    /// <summary>The entry was not written by Linli.</summary>
    Inserted,

    /// <summary>The entry is there twice.</summary>
    Copied,

    /// <summary>The log ends before the place up to which it was sealed.</summary>
    Cut,

    /// <summary>The head in the database or in the data folder was changed.</summary>
    Head,

    /// <summary>The log is not the one that a checkpoint speaks of.</summary>
    Mismatch,

    /// <summary>A checkpoint was changed or not signed here.</summary>
    Checkpoint,

    /// <summary>The triggers that refuse changes are not there.</summary>
    Guard,
}

/// <summary>One thing that is wrong.</summary>
/// <param name="Sequence">Number in the chain; null for what is about no single entry, or not sealed.</param>
/// <param name="EntryId">Null where the entry is gone.</param>
/// <param name="Message">Chinese with places, key of its English text.</param>
public sealed record AuditFinding(AuditFault Fault, long? Sequence, long? EntryId, DateTimeOffset? At, string? Verb, string Message, params object[] Values);

/// <summary>What a check of the whole log found.</summary>
/// <param name="Sealed">Links that were followed.</param>
/// <param name="Unsealed">Entries that are not in the chain yet.</param>
/// <param name="Checkpoints">Checkpoints that the log agreed with.</param>
/// <param name="FaultCount">All of them; <paramref name="Findings"/> holds the first ones, the first bad entry first.</param>
/// <param name="Remarks">What could not be checked, and why.</param>
public sealed record AuditReport(
    long Sealed, long Unsealed, int Checkpoints, DateTimeOffset? LastSealedAt, long FaultCount, IReadOnlyList<AuditFinding> Findings, IReadOnlyList<AuditFinding> Remarks)
{
    public bool IsWhole => FaultCount == 0;
}

/// <summary>What a check may rest on besides the store.</summary>
/// <param name="Given">A checkpoint that somebody outside has kept.</param>
/// <param name="PublicKey">Of the installation, as that somebody has it; otherwise the installation's own.</param>
public sealed record AuditQuestion(AuditCheckpoint? Given = null, PublicAuditKey? PublicKey = null);
