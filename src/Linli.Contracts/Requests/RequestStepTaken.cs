using Linli.Kernel;

namespace Linli.Contracts.Requests;

/// <summary>A service request moved on. Steps and states by their names in the life cycle; no personal data.</summary>
/// <param name="Sequence">Number of the event in the request's history.</param>
public sealed record RequestStepTaken(Guid RequestId, string Number, string Step, string From, string To, int Sequence, DateTimeOffset At) : IEvent;

/// <summary>Clocks are at three quarters of their time, or past it: all that one look found, so that whoever holds many is told once.</summary>
public sealed record ClocksRanDown(bool IsBreached, IReadOnlyList<ClockRunDown> Clocks) : IEvent;

/// <param name="Kind">The clock's kind.</param>
public sealed record ClockRunDown(Guid RequestId, Guid ClockId, string Kind, DateTimeOffset DueAt);

/// <summary>Requests came in from another system's file, all at once; nobody is told about each.</summary>
public sealed record RequestsImported(string Source, int Count, DateTimeOffset At) : IEvent;
