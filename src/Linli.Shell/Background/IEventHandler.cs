using Linli.Kernel;

namespace Linli.Shell.Background;

/// <summary>
/// Does something after an event was committed, at least once. Register with <c>services.AddEventHandler&lt;TEvent, THandler&gt;()</c>.
/// It need not commit: what it leaves in its <see cref="LinliDb"/> is committed together with the mark that it is done.
/// It throws to be called again later.
/// </summary>
public interface IEventHandler<in TEvent> where TEvent : IEvent
{
    /// <summary>Talks to something other than the database: no transaction is held while it works, and it must bear being called twice.</summary>
    static virtual bool ActsOutside => false;

    Task HandleAsync(TEvent happened, Delivery delivery, CancellationToken cancellation);
}

/// <summary>One message on its way to one handler.</summary>
/// <param name="MessageId">The outbox message.</param>
/// <param name="Handler">The handler's class name; with the message it identifies what came of it.</param>
/// <param name="At">When the event was committed.</param>
public sealed record Delivery(long MessageId, string Handler, DateTimeOffset At);
