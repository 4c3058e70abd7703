using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Read;

/// <summary>How areas are called on screen, in the reader's language and from the town down: the county goes without saying in its own system.</summary>
internal sealed class AreaNames(LinliDb db)
{
    // Towns and villages by the length of their codes; the longest is the area itself.
    private static readonly int[] Above = [9, 12];

    public async Task<IReadOnlyDictionary<string, string>> OfAsync(IEnumerable<string?> codes, CancellationToken cancellation)
    {
        var wanted = codes.OfType<string>().Distinct().ToList();
        var ways = wanted.ToDictionary(c => c, c => Above.Where(length => length < c.Length).Select(length => c[..length]).Append(c).ToList());
        var needed = ways.Values.SelectMany(w => w).Distinct().ToList();
        var names = await db.Set<Area>().AsNoTracking().Where(a => needed.Contains(a.Code))
            .ToDictionaryAsync(a => a.Code, a => Texts.Pick(a.Name, a.NameEn), cancellation);
        return ways.Where(w => names.ContainsKey(w.Key)).ToDictionary(w => w.Key, w => Join([.. w.Value.Where(names.ContainsKey).Select(c => names[c])]));
    }

    private static string Join(IReadOnlyList<string> names) => Texts.IsEnglish ? string.Join(", ", names.Reverse()) : string.Concat(names);
}
