using Linli.Kernel.Areas;
using Linli.Kernel.Places;
using Linli.Shell.Text;

namespace Linli.Requests.Read;

/// <summary>For the dispatcher: where a request without a position may be, by its address or else by its words, and why.</summary>
internal sealed class PlaceHints(Gazetteers gazetteers, AreaNames areas, Texts texts)
{
    private const int Most = 3;
    private const double Faintest = 0.4;

    public async Task<IReadOnlyList<PlaceHint>> OfAsync(ServiceRequest request, CancellationToken cancellation)
    {
        if (request.Longitude is not null)
        {
            return [];
        }

        var places = await gazetteers.CurrentAsync(cancellation);
        var found = places.Find(request.Address ?? $"{request.Title}。{request.Text}", Most, isStory: request.Address is null)
            .Where(c => c.Confidence >= Faintest && c.Area.Level >= AreaLevel.Town && IsNews(c.Area, request.AreaCode)).ToList();
        var names = await areas.OfAsync([.. found.Select(c => c.Area.Code)], cancellation);
        return [.. found.Select(c => new PlaceHint(
            c.Area.Code, names.GetValueOrDefault(c.Area.Code) ?? c.Area.FullName, c.Name, c.Confidence, c.Area.Code == request.AreaCode, [.. c.Reasons.Select(r => texts[r.Message, r.Values])]))];
    }

    /// <summary>Says why the area is what it is, or says it more exactly than a town or a county.</summary>
    private static bool IsNews(AreaNode area, string? known) =>
        known is null || area.Code == known || (known.Length <= AreaCode.LengthOf(AreaLevel.Town) && AreaCode.IsWithin(area.Code, known));
}
