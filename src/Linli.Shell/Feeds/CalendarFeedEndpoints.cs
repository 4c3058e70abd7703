using System.Globalization;
using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Linli.Kernel;
using Linli.Shell.Accounts;
using Linli.Shell.Http;
using Linli.Shell.Limits;
using Linli.Shell.Site;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Feeds;

/// <summary>The calendar itself (RFC 5545), and one's own page about its address.</summary>
internal static class CalendarFeedEndpoints
{
    private const string Address = "/me/calendar";
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(15);

    public static IServiceCollection AddLinliFeeds(this IServiceCollection services) => services.AddScoped<KeepCalendarFeed>().AddScoped<ICalendarSource, Duties>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/feeds/calendar/{token:regex(^[0-9a-f]{{48}}$)}.ics", ReadAsync).Public().Costs(Cost.Searching).ExcludeFromDescription();
        var page = routes.MapGroup(Address).Requires(Permission.OwnAccount).ExcludeFromDescription();
        page.MapGet("", async (KeepCalendarFeed feeds, CurrentActor me, CancellationToken c) => Page(await feeds.StateAsync(me.Value.Id, c), null));
        page.MapPost("/renewal", async (KeepCalendarFeed feeds, CurrentActor me, SiteAddress site, HttpContext http, CancellationToken c) =>
        {
            var path = await feeds.RenewAsync(me.Value, c);
            return Page(await feeds.StateAsync(me.Value.Id, c), site.Of(http) + path);
        });
        page.MapPost("/removal", async (KeepCalendarFeed feeds, CurrentActor me, CancellationToken c) =>
        {
            await feeds.RemoveAsync(me.Value, c);
            return Results.LocalRedirect(Address);
        });

        var api = routes.MapGroup("/api/me/calendar-feed").Requires(Permission.OwnAccount).WithTags("session");
        api.MapGet("", (KeepCalendarFeed feeds, CurrentActor me, CancellationToken c) => feeds.StateAsync(me.Value.Id, c))
            .WithName("ReadCalendarFeed").WithSummary("Whether one's own calendar has a secret address.").Produces<CalendarFeedState>();
        api.MapPut("", async (KeepCalendarFeed feeds, CurrentActor me, SiteAddress site, HttpContext http, CancellationToken c) => Results.Json(new CalendarAddress(site.Of(http) + await feeds.RenewAsync(me.Value, c)), Json.Plain))
            .WithName("RenewCalendarFeed").WithSummary("A new secret address of one's own calendar; the one before answers nobody any more.").Produces<CalendarAddress>();
        api.MapDelete("", (KeepCalendarFeed feeds, CurrentActor me, CancellationToken c) => feeds.RemoveAsync(me.Value, c))
            .WithName("RemoveCalendarFeed").WithSummary("Takes the secret address of one's own calendar away.").Produces<CalendarFeedState>();
    }

    private static RazorComponentResult<CalendarFeedPage> Page(CalendarFeedState state, string? address) => new(new { State = state, Address = address });

    private static async Task<IResult> ReadAsync(string token, KeepCalendarFeed feeds, IEnumerable<ICalendarSource> sources, SiteAddress site, Texts texts, IOptions<SiteOptions> named, HttpContext http, CancellationToken cancellation)
    {
        if (await feeds.OwnerAsync(token, cancellation) is not { } owner)
        {
            return Refusal.Of(new Failure.NotFound("没有这个日历，或者地址已经换了。请在“我的账号”里重新生成。"));
        }

        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(owner.Language == "en" ? "en" : "zh-CN");
        var entries = new List<CalendarEntry>();
        foreach (var source in sources)
        {
            entries.AddRange(await source.OfAsync(owner.Actor, cancellation));
        }

        var mine = texts["我的工作"];
        var written = Write(entries, site.Of(http), $"{mine} · {Texts.Pick(named.Value.Name, named.Value.NameEn)}");
        return new Cacheable(Encoding.UTF8.GetBytes(written), "text/calendar; charset=utf-8", MaxAge, isPersonal: true);
    }

    internal static string Write(IEnumerable<CalendarEntry> entries, string site, string name)
    {
        var calendar = new Ical.Net.Calendar { ProductId = "-//Linli//Linli//ZH", Method = "PUBLISH" };
        calendar.AddProperty("X-WR-CALNAME", name);
        calendar.AddProperty("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
        foreach (var entry in entries)
        {
            var one = new CalendarEvent
            {
                Uid = entry.Id + "@linli", Summary = entry.Title, DtStart = new CalDateTime(entry.From.UtcDateTime, "UTC"), DtStamp = new CalDateTime(entry.ChangedAt.UtcDateTime, "UTC"),
                LastModified = new CalDateTime(entry.ChangedAt.UtcDateTime, "UTC"), Url = new Uri(site + entry.Link, UriKind.RelativeOrAbsolute), Class = "PRIVATE", Transparency = TransparencyType.Transparent,
            };
            if (entry.To is { } to)
            {
                one.DtEnd = new CalDateTime(to.UtcDateTime, "UTC");
            }

            calendar.Events.Add(one);
        }

        return new CalendarSerializer().SerializeToString(calendar)!;
    }
}
