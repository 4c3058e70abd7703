using System.Text.Json;
using Linli.Kernel;

namespace Linli.Shell.Ledgers.Keeping;

/// <summary>The ledgers that come with Linli, from data/ledgers: used as they are, or copied and changed.</summary>
internal sealed class ReadyLedgers
{
    private readonly Lazy<IReadOnlyList<(string Code, LedgerDefinition Definition)>> _all = new(Read);

    public IReadOnlyList<(string Code, LedgerDefinition Definition)> All => _all.Value;

    public LedgerDefinition? Find(string code) => All.FirstOrDefault(l => l.Code == code).Definition;

    /// <summary>Wrong files throw: they are shipped.</summary>
    private static List<(string, LedgerDefinition)> Read() =>
    [
        .. Directory.EnumerateFiles(ShippedData.Folder("ledgers"), "*.json").Order(StringComparer.Ordinal)
            .Select(file => (Path.GetFileNameWithoutExtension(file), JsonSerializer.Deserialize<LedgerDefinition>(File.ReadAllText(file), Strict)!)),
    ];

    private static readonly JsonSerializerOptions Strict = new(Json.Plain) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };
}
