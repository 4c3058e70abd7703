using Microsoft.Extensions.Options;

namespace Linli.Shell.Site;

/// <summary>Shows moments in the jurisdiction's zone, whatever the server's or the reader's is.</summary>
public sealed class LocalTime(IOptions<SiteOptions> site, TimeProvider clock)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(site.Value.TimeZone);

    public DateTimeOffset Now => Of(clock.GetUtcNow());

    public DateTimeOffset Of(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, _zone);
}
