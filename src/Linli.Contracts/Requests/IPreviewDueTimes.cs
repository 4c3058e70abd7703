using Linli.Kernel.Clocks;

namespace Linli.Contracts.Requests;

/// <summary>Tells which open due times a change of calendars would move. Asked by those who change calendars, answered by every module that keeps clocks.</summary>
public interface IPreviewDueTimes
{
    /// <param name="draft">The change.</param>
    /// <param name="most">How many are listed at most; all are counted.</param>
    /// <param name="cancellation">Ends the reading.</param>
    Task<DueMoves> PreviewAsync(CalendarDraft draft, int most, CancellationToken cancellation);
}

/// <param name="Total">All that would move.</param>
/// <param name="Requests">How many requests they belong to.</param>
/// <param name="Open">Open clocks that were looked at.</param>
/// <param name="Listed">The earliest by their old due time.</param>
public sealed record DueMoves(int Total, int Requests, int Open, IReadOnlyList<DueMove> Listed);

/// <summary>An open clock whose due time would move.</summary>
/// <param name="Number">The request.</param>
/// <param name="ClockZh">The clock's name.</param>
public sealed record DueMove(string Number, string ClockZh, string ClockEn, DateTimeOffset Before, DateTimeOffset After);
