using System.Text.Json;
using System.Text.Json.Serialization;
using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Requests.Life;

namespace Linli.Requests.Import;

/// <summary>
/// How the columns of another system's file become a request. A JSON file, see data/mappings/README.md.
/// Values are <see cref="RowTemplate"/>s: text with columns in braces.
/// </summary>
internal sealed record ImportMapping
{
    public required string NameZh { get; init; }
    public required string NameEn { get; init; }

    /// <summary>Why places, units and states are mapped as they are; for the reader of the file.</summary>
    public IReadOnlyList<string> Why { get; init; } = [];

    /// <summary>The other system's name; with the external id it says whether a row is here already. Never changes.</summary>
    public required string Source { get; init; }

    /// <summary>Cell values that stand for nothing.</summary>
    public IReadOnlyList<string> Empty { get; init; } = [];

    /// <summary>Sheet of a workbook; the first one when absent.</summary>
    public string? Sheet { get; init; }

    public required RowTemplate Id { get; init; }

    /// <summary>Absent: the beginning of the text.</summary>
    public RowTemplate? Title { get; init; }

    /// <summary>The first one that is not empty.</summary>
    public required IReadOnlyList<RowTemplate> Text { get; init; }

    public required TimeMapping ReportedAt { get; init; }
    public TimeMapping? ClosedAt { get; init; }
    public AreaMapping Area { get; init; } = new();
    public RowTemplate? Address { get; init; }
    public required ServiceTypeMapping ServiceType { get; init; }
    public OrganisationMapping? Organisation { get; init; }
    public StateMapping State { get; init; } = new();

    /// <summary>How many others joined in: likes, co-signers.</summary>
    public RowTemplate? Joined { get; init; }

    public ContactMapping? Contact { get; init; }

    /// <summary>Columns that are kept in the history as they were. Everything that is not named here or above is left behind.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];

    private static readonly JsonSerializerOptions Strict = new(Json.Plain)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true,
    };

    /// <param name="nameOrPath">A file, or the name of a mapping that Linli ships.</param>
    public static async Task<Outcome<ImportMapping>> LoadAsync(string nameOrPath, CancellationToken cancellation)
    {
        if (Find(nameOrPath) is not { } path)
        {
            return new Failure.Invalid("mapping", "没有映射文件 {0}。请写文件路径，或随产品提供的映射名：{1}。", nameOrPath, string.Join(" / ", ShippedNames()));
        }

        try
        {
            await using var file = File.OpenRead(path);
            var mapping = await JsonSerializer.DeserializeAsync<ImportMapping>(file, Strict, cancellation) ?? throw new JsonException("null");
            return string.IsNullOrWhiteSpace(mapping.Source) || mapping.Source.Length > 40 || mapping.Text.Count == 0
                ? new Failure.Invalid("mapping", "映射文件 {0} 缺少来源名（source，最多 40 个字符）或正文（text）。", path)
                : mapping;
        }
        catch (JsonException wrong)
        {
            return MappingFault.Of(path, wrong);
        }
    }

    /// <summary>Columns that a file must have.</summary>
    public IEnumerable<string> Columns() => ((IEnumerable<RowTemplate?>)
        [
            Id, Title, .. Text, ReportedAt.Value, ClosedAt?.Value, Address, Joined, Contact?.Name, Contact?.Phone, Organisation?.Name,
            .. Area.Look, .. Area.Find, .. ServiceType.Look, ServiceType.SuggestFrom, .. State.Rules.Select(r => r.History),
        ])
        .Where(t => t is not null).SelectMany(t => t!.Columns).Concat(State.Rules.SelectMany(r => r.When.Keys)).Concat(Keep).Distinct();

    private static string? Find(string nameOrPath) =>
        File.Exists(nameOrPath) ? nameOrPath
        : nameOrPath.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && Path.Combine(ShippedFolder(), nameOrPath + ".json") is var shipped && File.Exists(shipped) ? shipped
        : null;

    public static IEnumerable<string> ShippedNames() => Directory.Exists(ShippedFolder())
        ? Directory.EnumerateFiles(ShippedFolder(), "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)
        : [];

    private static string ShippedFolder() => Path.Combine(AppContext.BaseDirectory, "data", "mappings");
}

/// <param name="Formats">As in .NET, tried in order.</param>
/// <param name="Zone">IANA name of the zone that the file's clock shows; the jurisdiction's when absent.</param>
internal sealed record TimeMapping(RowTemplate Value, IReadOnlyList<string> Formats, string? Zone = null);

/// <summary>The first of some values that a table (or the names in the database) knows, else the default.</summary>
internal record LookMapping
{
    public IReadOnlyList<RowTemplate> Look { get; init; } = [];
    public IReadOnlyDictionary<string, string> Table { get; init; } = new Dictionary<string, string>();
    public string? Default { get; init; }
}

/// <summary>As <see cref="LookMapping"/>; what the table does not know is looked for in the address, then in these texts, and taken where it is plain.</summary>
internal sealed record AreaMapping : LookMapping
{
    public IReadOnlyList<RowTemplate> Find { get; init; } = [];
}

/// <summary>As <see cref="LookMapping"/>; what the table does not know is suggested from words by the catalogue's keywords.</summary>
internal sealed record ServiceTypeMapping : LookMapping
{
    public RowTemplate? SuggestFrom { get; init; }
}

/// <param name="Name">Matched with names and short names in the database.</param>
/// <param name="Create">What to do with a name that is not there; absent: the row is refused.</param>
internal sealed record OrganisationMapping(RowTemplate Name, OrganisationCreation? Create = null);

/// <param name="Kinds">The first entry whose word the name contains says which kind it is.</param>
/// <param name="Area">Where it works: an area code.</param>
/// <param name="Active">False: it stands in histories and is given no new work until somebody activates it.</param>
internal sealed record OrganisationCreation(IReadOnlyList<KindRule> Kinds, OrganisationKind Kind, string Area, bool Active = false);

internal sealed record KindRule(string Contains, OrganisationKind Kind);

/// <summary>The first rule whose columns all have their values decides; nothing fits: newly reported.</summary>
internal sealed record StateMapping
{
    public IReadOnlyList<StateRule> Rules { get; init; } = [];
}

/// <param name="When">Column to value; "" stands for nothing.</param>
/// <param name="State">reported, dispatched, inHand, resolved, closed or declined.</param>
/// <param name="History">What is known of how it was handled before; for staff.</param>
internal sealed record StateRule(IReadOnlyDictionary<string, string> When, RequestState State, RowTemplate? History = null);

internal sealed record ContactMapping(RowTemplate? Name = null, RowTemplate? Phone = null);
