using Linli.Kernel.Clocks;

namespace Linli.Requests.Clocks;

/// <summary>Hands out the <see cref="Timekeeper"/> that goes by the calendars in force.</summary>
public sealed class Timekeeping(CalendarsInForce calendars)
{
    public async ValueTask<Timekeeper> GetAsync(CancellationToken cancellation) => new(await calendars.GetAsync(cancellation));
}
