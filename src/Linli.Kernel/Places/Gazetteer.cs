using Linli.Kernel.Areas;
using Linli.Kernel.Clocks;
using Linli.Kernel.Organisations;

namespace Linli.Kernel.Places;

/// <summary>
/// From Chinese address text to places: 龙泉镇城南社区卫生站对面 is the community, levels may be left out, old names and many a wrong
/// character are understood. Immutable; <see cref="Gazetteers"/> hands out the current one.
/// </summary>
public sealed class Gazetteer
{
    /// <summary>From here on a place is taken without asking; below it is proposed.</summary>
    public const double Confident = 0.9;

    private const int MostInput = 500;
    private readonly AreaMap _map;
    private readonly PlaceIndex _index;

    private Gazetteer(AreaMap map, IEnumerable<Alias> more) => (_map, _index) = (map, new PlaceIndex(map.All.SelectMany(PlaceNames.Of).Concat(more)));

    internal static Gazetteer Of(AreaMap map) => new(map, []);

    /// <param name="organisations">Active ones.</param>
    /// <param name="ended">Areas that have ended: their names are old names.</param>
    public static Gazetteer Build(AreaMap map, IReadOnlyCollection<Organisation> organisations, IReadOnlyCollection<NamedPlace> places, IReadOnlyCollection<Area> ended)
    {
        var areas = Of(map);
        return new Gazetteer(map, organisations.SelectMany(areas.AliasesOf).Concat(places.SelectMany(areas.AliasesOf)).Concat(ended.SelectMany(areas.AliasesOf)));
    }

    /// <summary>Best first; equal ones by code. Text that names nothing gives nothing.</summary>
    /// <param name="text">An address, or a text that may contain one.</param>
    /// <param name="isStory">A whole text, in which names are dropped by the way and characters are not guessed.</param>
    public IReadOnlyList<PlaceCandidate> Find(string text, int limit = 5, bool isStory = false)
    {
        var plain = PlaceNames.Plain(text.Length > MostInput ? text[..MostInput] : text);
        var mentions = _index.In(plain, forgives: !isStory).Select(m => Weigh(m, plain, isStory)).ToList();
        return [.. mentions.GroupBy(m => m.Alias.Known.Area).Where(g => !IsOnTheWay(g.Key, [.. g], mentions)).Select(g => Judge(g.Key, [.. g], mentions, plain))
            .OrderByDescending(c => c.Confidence).ThenBy(c => c.Area.Code, StringComparer.Ordinal).Take(limit)];
    }

    /// <summary>The best one, if it can be taken without asking: at least a town, and nothing else it might be.</summary>
    public PlaceCandidate? FindSure(string text, bool isStory = false) =>
        Find(text, 2, isStory) is [var best, ..] and var found && best.Confidence >= Confident && best.Area.Level >= AreaLevel.Town
            && (found.Count == 1 || found[1].Confidence < Confident) ? best : null;

    private IEnumerable<Alias> AliasesOf(Organisation organisation)
    {
        var area = _map.Find(organisation.AreaCode);

        // The county's own offices stand somewhere in it: where their address says.
        if (area is { Level: < AreaLevel.Town } && organisation.Address is { } address)
        {
            area = FindSure(address)?.Area ?? area;
        }

        var isBuilding = organisation.Kind is not (OrganisationKind.RiderStation or OrganisationKind.VolunteerTeam or OrganisationKind.SocialOrganisation or OrganisationKind.VillageCommittee);
        return area is not { EndedOn: null } ? [] : PlaceNames.Of(organisation.Name, isBuilding ? organisation.ShortName : null, area,
            organisation is { Longitude: { } x, Latitude: { } y } ? new GeoPoint(x, y) : null);
    }

    private IEnumerable<Alias> AliasesOf(NamedPlace place) => _map.Find(place.AreaCode) is { EndedOn: null } area ? PlaceNames.Of(place, area) : [];

    /// <summary>What stands at its point now, or what is left of the way down to it.</summary>
    private IEnumerable<Alias> AliasesOf(Area ended)
    {
        var now = ended is { Longitude: { } x, Latitude: { } y } ? _map.Locate(x, y) : null;
        while (now is not null && now.Level > ended.Level && now.ParentCode is { } parent)
        {
            now = _map.Find(parent);
        }

        now ??= _map.PathTo(ended.Code).LastOrDefault(a => a.EndedOn is null);
        return now is null || now.Name == ended.Name ? [] : PlaceNames.Of(new NamedPlace { Name = ended.Name, Kind = PlaceKind.OldName, AreaCode = now.Code }, now);
    }

    /// <summary>How surely the writer means this, by what stands around it.</summary>
    private static Mention Weigh(Mention mention, string plain, bool isStory)
    {
        var after = plain.AsSpan(mention.End);
        var quality = mention.Quality;
        if (mention.Alias.Known.Kind == PlaceKind.Organisation)
        {
            // An office that is named is more often complained about than stood at.
            quality *= !isStory || StartsWithAny(after, PlaceNames.BesideIt) ? 1 : 0.4;
        }
        else if (mention.Alias is { IsBare: true, Known.Kind: PlaceKind.Area })
        {
            quality *= StartsWithAny(after, PlaceNames.NamedAfter) ? 0.8 : isStory ? 0.6 : 1;
        }

        return mention with { Quality = quality };
    }

    /// <summary>A town named on the way to its village is not itself what is meant.</summary>
    private static bool IsOnTheWay(AreaNode area, List<Mention> own, List<Mention> all) =>
        all.Exists(o => o.Alias.Known.Area != area && AreaCode.IsWithin(o.Alias.Known.Area.Code, area.Code) && !own.Exists(m => m.Start == o.Start));

    private PlaceCandidate Judge(AreaNode area, List<Mention> own, List<Mention> all, string plain)
    {
        var best = own.MaxBy(m => (m.Alias.Known.Kind is PlaceKind.Area or PlaceKind.OldName ? 0 : 1, m.Quality))!;
        var (speaking, against) = (new List<Mention>(), new List<Mention>());
        foreach (var here in all.GroupBy(m => m.Start))
        {
            var speaker = here.Where(m => AreaCode.IsWithin(area.Code, m.Alias.Known.Area.Code)).MaxBy(m => m.Quality);
            (speaker is null ? against : speaking).Add(speaker ?? here.MaxBy(m => m.Quality)!);
        }

        double weightFor = speaking.Sum(Weight), weightAgainst = against.Sum(Weight);
        var above = speaking.Where(m => m.Start != best.Start && m.Alias.Known.Area != area).ToList();
        var namesakes = all.Where(m => m.Start == best.Start && m.Alias.Known.Area.Level == area.Level).Select(m => m.Alias.Known.Area).Distinct().Count();
        var isAmbiguous = namesakes > 1 && above.Count == 0 && speaking.Count(m => m.Alias.Known.Area == area) == 1;

        var confidence = own.Max(m => m.Quality) * weightFor / (weightFor + weightAgainst) * (isAmbiguous ? 0.6 : 1);
        var grid = area.Level == AreaLevel.Village ? GridIn(area, plain[best.End..]) : null;
        return new PlaceCandidate(
            grid ?? area, grid?.Name ?? best.Alias.Known.Name, best.Alias.Known.Kind, grid?.Point ?? best.Alias.Known.Point, Math.Round(Math.Min(1, confidence), 3), best.Written,
            plain[best.End..] is { Length: > 0 } rest ? rest : null, [.. Reasons(area, own, best, above, against, isAmbiguous ? namesakes : 0)]);
    }

    private AreaNode? GridIn(AreaNode village, string after) =>
        _map.ChildrenOf(village.Code).FirstOrDefault(g => after.StartsWith(PlaceNames.Plain(g.Name), StringComparison.Ordinal) || after.StartsWith(PlaceNames.Plain(g.Name).TrimStart('第'), StringComparison.Ordinal));

    private static IEnumerable<PlaceReason> Reasons(AreaNode area, List<Mention> own, Mention best, List<Mention> above, List<Mention> against, int namesakes)
    {
        yield return best.Alias.Known.Kind switch
        {
            PlaceKind.Area => new PlaceReason("写了“{0}”", best.Written),
            PlaceKind.OldName => new PlaceReason("“{0}”是旧称，现在是{1}", best.Alias.Text, NameOf(area)),
            _ => new PlaceReason("“{0}”在{1}", best.Alias.Known.Name, NameOf(area)),
        };
        foreach (var wrong in own.Concat(above).Select(m => m.Wrong).OfType<PlaceReason>().DistinctBy(r => r.Values[0]))
        {
            yield return wrong;
        }

        foreach (var mention in above)
        {
            yield return mention.Alias.Known.Kind == PlaceKind.OldName
                ? new PlaceReason("“{0}”是旧称，现在是{1}", mention.Alias.Text, NameOf(mention.Alias.Known.Area))
                : new PlaceReason("上级“{0}”也对得上", mention.Alias.Known.Area.Name);
        }

        if (namesakes > 0)
        {
            yield return new PlaceReason("有 {0} 处同名，没有写明是哪个乡镇的", namesakes);
        }

        foreach (var mention in against)
        {
            yield return new PlaceReason("还写了“{0}”，不在一处", mention.Written);
        }
    }

    private static Wording NameOf(AreaNode area) => new(area.FullName, area.NameEn ?? area.FullName);

    private static double Weight(Mention mention) => mention.Written.Length * mention.Quality;

    private static bool StartsWithAny(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.StartsWith(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
