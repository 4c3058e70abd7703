using System.Data.Common;

namespace Linli.Kernel.Audit;

internal static class LinkedEntries
{
    /// <summary>The entries that links name, in their order, null where one is gone. They were sealed about in the order of their ids, so a piece of the chain is a short stretch of the log.</summary>
    public static async Task<AuditRow?[]> EntriesOfAsync(this IAuditTables tables, DbTransaction raw, List<AuditLink> links, CancellationToken cancellation)
    {
        var entries = new AuditRow?[links.Count];
        var places = new Dictionary<long, int>(links.Count);
        for (var n = 0; n < links.Count; n++)
        {
            places.TryAdd(links[n].EntryId, n);
        }

        await foreach (var entry in tables.EntriesAsync(raw, places.Keys.Min(), places.Keys.Max(), cancellation))
        {
            if (places.TryGetValue(entry.Id, out var place))
            {
                entries[place] = entry;
            }
        }

        return entries;
    }
}
