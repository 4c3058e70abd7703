using Linli.Kernel;

namespace Linli.Contracts.Shell;

/// <summary>A code waits to be sent to a telephone.</summary>
public sealed record SmsQueued(Guid SentCodeId, bool IsEnglish) : IEvent;
