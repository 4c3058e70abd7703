namespace Linli.Shell.Pages;

/// <summary>What a <see cref="Field"/> tells the control inside it.</summary>
public sealed record FieldContext(string Name, string Id, bool Required, string? DescribedBy, bool IsWrong);
