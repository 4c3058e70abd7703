using Linli.Kernel;

namespace Linli.Contracts.Shell;

/// <summary>A letter waits to be sent.</summary>
public sealed record MailQueued(Guid MailId) : IEvent;
