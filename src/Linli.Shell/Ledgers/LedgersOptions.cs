using System.ComponentModel.DataAnnotations;

namespace Linli.Shell.Ledgers;

/// <summary>Configuration section <c>Ledgers</c>.</summary>
public sealed class LedgersOptions
{
    /// <summary>Days after which an export is deleted.</summary>
    [Range(1, 90)]
    public int KeptDays { get; set; } = 7;

    /// <summary>Exports of one person that may wait at a time.</summary>
    [Range(1, 100)]
    public int MostWaiting { get; set; } = 10;

    /// <summary>Up to so many records an export is made while one waits for it; more are made in the background.</summary>
    [Range(0, 20_000)]
    public int AtOnce { get; set; } = 2_000;
}
