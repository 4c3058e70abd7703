using Linli.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Clocks;

/// <summary>
/// What is due. Each question is one range of one index, so that it costs what it finds, however many clocks there are;
/// tests look at the plans, and <c>dev.cs bench due</c> at the time.
/// </summary>
internal static class DueClocks
{
    private static readonly ClockKind[] ActByThemselves = [.. ClockRules.RunsOutInto.Keys];
    private static readonly ClockKind[] Duties = [.. Enum.GetValues<ClockKind>().Except(ActByThemselves)];

    /// <summary>Clocks at whose end time takes a step, the longest over first. Nobody is ever told of them; to say so leads into the same index.</summary>
    public static IQueryable<RequestClock> RunOut(this LinliDb db, DateTimeOffset now) =>
        db.Set<RequestClock>().Where(c => c.State == ClockState.Running && c.BreachedAt == null && ActByThemselves.Contains(c.Kind) && c.DueAt <= now)
            .OrderBy(c => c.DueAt).ThenBy(c => c.Id);

    /// <summary>Past their end, and nobody has been told.</summary>
    public static IQueryable<RequestClock> Breached(this LinliDb db, DateTimeOffset now) =>
        db.Set<RequestClock>().Where(c => c.State == ClockState.Running && c.BreachedAt == null && Duties.Contains(c.Kind) && c.DueAt <= now)
            .OrderBy(c => c.DueAt).ThenBy(c => c.Id);

    /// <summary>Three quarters used, and nobody has been told. What is past its end is told as that alone.</summary>
    public static IQueryable<RequestClock> Approaching(this LinliDb db, DateTimeOffset now) =>
        db.Set<RequestClock>().Where(c => c.State == ClockState.Running && c.WarnedAt == null && Duties.Contains(c.Kind) && c.WarnAt <= now && c.DueAt > now)
            .OrderBy(c => c.WarnAt).ThenBy(c => c.Id);
}
