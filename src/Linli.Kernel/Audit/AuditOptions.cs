using System.ComponentModel.DataAnnotations;

namespace Linli.Kernel.Audit;

/// <summary>Configuration section <c>Audit</c>.</summary>
public sealed class AuditOptions
{
    /// <summary>How often a checkpoint is signed, if anything was written since the last.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "31.00:00:00")]
    public TimeSpan CheckpointEvery { get; set; } = TimeSpan.FromHours(1);

    /// <summary>An entry that waits longer than this to be sealed makes <c>/health/audit</c> complain.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "1.00:00:00")]
    public TimeSpan MostLag { get; set; } = TimeSpan.FromMinutes(1);
}
