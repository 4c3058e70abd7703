namespace Linli.Kernel.Clocks;

/// <summary>The calendars that hold for this scope: asked for once, so that one call goes by the same hours from its start to its end.</summary>
public sealed class CalendarsInForce(LinliDb db, CalendarShelf shelf)
{
    private InstalledCalendars? _taken;

    public async ValueTask<InstalledCalendars> GetAsync(CancellationToken cancellation) => _taken ??= await shelf.TakeAsync(db, cancellation);
}
