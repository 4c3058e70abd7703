using Linli.Kernel;

namespace Linli.Contracts.Shell;

/// <summary>A work calendar was changed: whoever keeps due times reckons the open ones anew.</summary>
/// <param name="Code">The calendar; those that extend it count otherwise too.</param>
/// <param name="Version">Its version since the change.</param>
public sealed record CalendarChanged(string Code, int Version, DateTimeOffset At) : IEvent;
