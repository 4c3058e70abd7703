using System.Collections.Concurrent;
using System.Collections.Frozen;
using Linli.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Catalogue;

/// <summary>The whole catalogue at one moment. Shared by all calls of the process: nobody changes what is in it.</summary>
internal sealed class CatalogueSnapshot
{
    private readonly FrozenDictionary<string, ServiceType> _types;
    private readonly ILookup<string, ReasonCode> _reasons;
    private readonly ILookup<string, Responsibility> _byType;
    private readonly ILookup<string, Responsibility> _byGroup;

    private CatalogueSnapshot(List<ServiceGroup> groups, List<ServiceType> types, List<ReasonCode> reasons, List<Responsibility> lines)
    {
        _types = types.ToFrozenDictionary(t => t.Code);
        _reasons = reasons.Where(r => r.IsActive).OrderBy(r => r.Order).ToLookup(r => r.Kind);
        Lines = lines;
        _byType = lines.Where(l => l.ServiceTypeCode is not null).ToLookup(l => l.ServiceTypeCode!);
        _byGroup = lines.Where(l => l.GroupCode is not null).ToLookup(l => l.GroupCode!);
        Groups = [.. groups.Where(g => g.IsActive).OrderBy(g => g.Order)];
        Types = [.. Groups.Join(types.Where(t => t.IsActive), g => g.Code, t => t.GroupCode, (g, t) => (g, t)).OrderBy(p => p.g.Order).ThenBy(p => p.t.Order).Select(p => p.t)];
        Suggestions = new SuggestTypes(Types);
    }

    /// <summary>In use, in their order.</summary>
    public IReadOnlyList<ServiceGroup> Groups { get; }

    /// <summary>In use, in the order of their groups and inside them.</summary>
    public IReadOnlyList<ServiceType> Types { get; }

    public SuggestTypes Suggestions { get; }

    /// <summary>Also those that are no longer in use, because requests still are of them.</summary>
    public ServiceType? Type(string? code) => code is null ? null : _types.GetValueOrDefault(code);

    public ServiceGroup? Group(string code) => Groups.FirstOrDefault(g => g.Code == code);

    public IReadOnlyList<ReasonCode> Reasons(string kind) => [.. _reasons[kind]];

    /// <summary>The whole table of responsibilities.</summary>
    public IReadOnlyList<Responsibility> Lines { get; }

    /// <summary>Every line, whenever it holds, for the type or its group.</summary>
    public IEnumerable<Responsibility> LinesFor(ServiceType type) => _byType[type.Code].Concat(_byGroup[type.GroupCode]);

    public static async Task<CatalogueSnapshot> ReadAsync(LinliDb db, CancellationToken cancellation) => new(
        await db.Set<ServiceGroup>().AsNoTracking().ToListAsync(cancellation),
        await db.Set<ServiceType>().AsNoTracking().ToListAsync(cancellation),
        await db.Set<ReasonCode>().AsNoTracking().ToListAsync(cancellation),
        await db.Set<Responsibility>().AsNoTracking().OrderBy(l => l.Id).ToListAsync(cancellation));
}

/// <summary>Remembers catalogues by their stamp, so that every instance sees a change with its next call, and the stores of several counties keep apart.</summary>
internal sealed class CatalogueShelf
{
    private const int MostKept = 50;
    private readonly ConcurrentDictionary<Guid, CatalogueSnapshot> _kept = new();

    public async Task<CatalogueSnapshot> TakeAsync(LinliDb db, CancellationToken cancellation)
    {
        if (await db.StampAsync(ChangeStamp.Catalogue, cancellation) is not { } state)
        {
            return await CatalogueSnapshot.ReadAsync(db, cancellation);
        }

        if (_kept.TryGetValue(state, out var known))
        {
            return known;
        }

        if (_kept.Count >= MostKept)
        {
            _kept.Clear();
        }

        var read = await CatalogueSnapshot.ReadAsync(db, cancellation);
        _kept[state] = read;
        return read;
    }
}
