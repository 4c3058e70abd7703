using Linli.Kernel;
using Linli.Kernel.Areas;
using Microsoft.Extensions.Options;

namespace Linli.Requests.Open311;

/// <summary>How Open311 is offered; configuration section <c>Open311</c>.</summary>
public sealed class Open311Options
{
    /// <summary>Ids of jurisdictions, and the code of the area that each of them is. None: the whole county, by the code of its area.</summary>
    public Dictionary<string, string> Jurisdictions { get; } = new(StringComparer.OrdinalIgnoreCase);
}

/// <summary>Which part of the county a call is about. Where there is one jurisdiction nobody has to name it, where there are several everybody has to.</summary>
internal sealed class GeoJurisdictions(AreaMaps maps, IOptions<Open311Options> options)
{
    private readonly Dictionary<string, string> _known = options.Value.Jurisdictions;

    /// <param name="isAboutAll">The call makes sense without naming one.</param>
    /// <returns>The area's code; empty for everything.</returns>
    public async Task<Outcome<string>> OfAsync(string? given, bool isAboutAll, CancellationToken cancellation)
    {
        if (given is null)
        {
            return _known.Count <= 1 || isAboutAll
                ? _known.Count == 1 ? _known.Values.First() : ""
                : new Failure.Invalid("jurisdiction_id", "这里有几个地区，请带上 jurisdiction_id：{0}。", string.Join(' ', _known.Keys.Order(StringComparer.Ordinal)));
        }

        var area = _known.Count > 0 ? _known.GetValueOrDefault(given) : (await maps.CurrentAsync(cancellation)).Find(given) is { Code.Length: 6 } ? "" : null;
        return area is null ? Unknown(given) : area;
    }

    private static Failure.NotFound Unknown(string given) => new Failure.NotFound("这里没有 jurisdiction_id 为“{0}”的地区。请核对；只有一个地区的地方可以不带这个参数。", Steps.Check.Short(given));
}
