using System.Text.Json;
using Linli.Kernel;

namespace Linli.Shell.Ledgers.Keeping;

/// <summary>The ledgers that come with Linli, from data/ledgers: used as they are, or copied and changed.</summary>
internal sealed class ReadyLedgers
{
    private readonly Lazy<IReadOnlyList<(string Code, LedgerDefinition Definition)>> _all = new(Read);

    private readonly Lazy<HashSet<string>> _written;

    public ReadyLedgers() => _written = new(() => [.. All.Select(l => JsonSerializer.Serialize(l.Definition, Json.Plain))]);

    public IReadOnlyList<(string Code, LedgerDefinition Definition)> All => _all.Value;

    /// <summary>It is one of these, word for word; also when it comes back from where it was kept.</summary>
    public bool Has(LedgerDefinition definition) => _written.Value.Contains(JsonSerializer.Serialize(definition, Json.Plain));

    public LedgerDefinition? Find(string code) => All.FirstOrDefault(l => l.Code == code).Definition;

    /// <summary>Wrong files throw: they are shipped.</summary>
    private static List<(string, LedgerDefinition)> Read() =>
    [
        .. Directory.EnumerateFiles(ShippedData.Folder("ledgers"), "*.json").Order(StringComparer.Ordinal)
            .Select(file => (Path.GetFileNameWithoutExtension(file), JsonSerializer.Deserialize<LedgerDefinition>(File.ReadAllText(file), Strict)!)),
    ];

    private static readonly JsonSerializerOptions Strict = new(Json.Plain) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };
}
