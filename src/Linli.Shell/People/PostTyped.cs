using System.Globalization;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Text;

namespace Linli.Shell.People;

/// <summary>A post as it was typed into a form; times are wall-clock times of the jurisdiction.</summary>
public sealed record PostTyped(string? Role, string? Organisation, string? Area, string? From, string? Until, IReadOnlyList<string>? Groups = null, bool SeesSensitive = false)
{
    public PostInput Read() => new(
        Enum.TryParse<Role>(Role, out var role) ? role : null,
        Guid.TryParse(Organisation, out var organisation) ? organisation : null,
        Area, Time(From), Time(Until), Groups, SeesSensitive);

    /// <summary>2026-03-02T09:00 in the jurisdiction's zone; null for nothing or nonsense.</summary>
    public static DateTimeOffset? Time(string? typed) =>
        DateTime.TryParse(typed, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), LocalTime.Zone.GetUtcOffset(local))
            : null;
}
