namespace Linli.Shell.Security;

/// <summary>How many calls this instance refused lately.</summary>
internal sealed class RefusalCount(TimeProvider clock)
{
    private static readonly TimeSpan Span = TimeSpan.FromMinutes(10);

    /// <summary>A long attack is told once an hour.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private DateTimeOffset _until;
    private DateTimeOffset _quietUntil;
    private int _count;

    public void Add()
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (now >= _until)
            {
                (_until, _count) = (now + Span, 0);
            }

            _count++;
        }
    }

    /// <summary>How many, if they are as many as <paramref name="unusual"/> and nobody was told in the last hour; else null.</summary>
    public int? TakeUnusual(int unusual)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (unusual <= 0 || _count < unusual || now >= _until || now < _quietUntil)
            {
                return null;
            }

            _quietUntil = now + Quiet;
            return _count;
        }
    }
}
