namespace Linli.Kernel.People;

/// <summary>What a record is about, as far as a post's reach is concerned.</summary>
/// <param name="AreaCode">Where; what has no area belongs to the whole jurisdiction.</param>
/// <param name="Group">Code of its service group; null when it is of none.</param>
/// <param name="IsSensitive">Only for posts that are cleared for sensitive matters.</param>
public readonly record struct Matter(string? AreaCode, string? Group = null, bool IsSensitive = false);
