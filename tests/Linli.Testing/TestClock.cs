namespace Linli.Testing;

/// <summary>A clock that stands still until told otherwise.</summary>
public sealed class TestClock(DateTimeOffset start) : TimeProvider
{
    private long _ticks = start.UtcTicks;

    /// <summary>Monday 2 March 2026, 09:00 in Shanxi: the middle of a working morning.</summary>
    public static DateTimeOffset MondayMorning { get; } = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Now => GetUtcNow();

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    public void Set(DateTimeOffset now) => Interlocked.Exchange(ref _ticks, now.UtcTicks);
}
