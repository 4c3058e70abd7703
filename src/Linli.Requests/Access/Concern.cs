using Linli.Kernel.People;

namespace Linli.Requests.Access;

/// <summary>回避: whom a request is about, and who else is out of it. They neither see it nor hear of it.</summary>
/// <param name="Organisation">Whoever belongs to it or to one below it.</param>
/// <param name="Person">Blind index of a name: whoever is or was called so.</param>
/// <param name="Recused">Ids of accounts, separated by spaces.</param>
internal readonly record struct Concern(Guid? Organisation, string? Person, string? Recused)
{
    public bool IsNobody => this == default;

    public IReadOnlyList<Guid> Accounts => Recused is { } ids ? [.. ids.Split(' ').Select(Guid.Parse)] : [];

    public bool Includes(Actor actor) =>
        (Organisation is { } about && actor.OwnOrganisations.Contains(about))
        || (Person is not null && actor.NameIndexes.Contains(Person))
        || Recused?.Contains($"{actor.Id}", StringComparison.Ordinal) == true;
}
