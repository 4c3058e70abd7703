using Linli.Kernel;

namespace Linli.Contracts.Shell;

/// <summary>A resident deleted their account: what carried its key belongs to nobody now.</summary>
public sealed record ResidentDeleted(Guid ResidentId) : IEvent;
