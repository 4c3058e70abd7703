using Linli.Kernel;

namespace Linli.Contracts.Shell;

/// <summary>A text message waits to be sent.</summary>
public sealed record TextMessageQueued(Guid SmsId) : IEvent;
