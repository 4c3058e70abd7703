using System.Globalization;
using System.Text;
using System.Xml;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Requests.Life;
using Linli.Requests.Public;
using Linli.Requests.Read;
using Linli.Shell.Feeds;
using Linli.Shell.Http;
using Linli.Shell.Limits;
using Linli.Shell.Site;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Linli.Requests.Feeds;

/// <summary>Public requests as an Atom feed (RFC 4287), newest change first; narrowed like the public list.</summary>
internal static class PublicFeeds
{
    public const string Atom = "/feeds/requests.atom";
    private const int Most = 50;
    private const string Namespace = "http://www.w3.org/2005/Atom";
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    public static void AddFeeds(this IServiceCollection services) => services.AddScoped<ICalendarSource, OwnDueTimes>();

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(Atom, ReadAsync).Public().Costs(Cost.Searching).ExcludeFromDescription();

    private static async Task<IResult> ReadAsync([AsParameters] PublicFilter asked, LinliDb db, AreaNames areas, Texts texts, SiteAddress site, IOptions<SiteOptions> named, HttpContext http, CancellationToken cancellation)
    {
        if (await asked.ProblemsAsync(db, cancellation) is { Count: > 0 } wrong)
        {
            return new Problem(new Failure.Invalid(wrong));
        }

        // Readers keep the file, so its links say where they lead. A name that only the caller says is for the caller alone: nobody keeps it.
        var here = site.Of(http);
        var rows = await (from r in PublicPages.Narrow(db, asked).OrderByDescending(r => r.UpdatedAt).ThenBy(r => r.Id).Take(Most)
                          join t in db.Set<ServiceType>() on r.ServiceTypeCode equals t.Code
                          select new { r.Number, r.Title, r.State, r.AreaCode, r.ReportedAt, r.UpdatedAt, t.Code, t.NameZh, t.NameEn }).ToListAsync(cancellation);
        var names = await areas.OfAsync(rows.Select(r => r.AreaCode), cancellation);
        var (county, list) = (Texts.Pick(named.Value.County, named.Value.CountyEn), texts["大家的诉求"]);
        var title = $"{county}{(Texts.IsEnglish ? " " : "")}{Texts.Pick(named.Value.Name, named.Value.NameEn)} · {list}";
        var lastChange = rows.Count == 0 ? DateTimeOffset.UnixEpoch : rows.Max(r => r.UpdatedAt);
        using var stream = new MemoryStream();
        await using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Async = true, Indent = true }))
        {
            xml.WriteStartElement("feed", Namespace);
            xml.WriteAttributeString("xml", "lang", null, Texts.IsEnglish ? "en" : "zh-CN");
            xml.WriteElementString("id", $"urn:linli:requests{asked.Query()}");
            xml.WriteElementString("title", title);
            xml.WriteElementString("updated", Time(lastChange));
            Link(xml, "self", here + Atom + asked.Query(), "application/atom+xml");
            Link(xml, "alternate", $"{here}/requests{asked.Query()}", "text/html");
            xml.WriteStartElement("author");
            xml.WriteElementString("name", Texts.Pick(named.Value.County, named.Value.CountyEn));
            xml.WriteEndElement();
            foreach (var row in rows)
            {
                var area = row.AreaCode is { } code ? names.GetValueOrDefault(code) : null;
                xml.WriteStartElement("entry");
                xml.WriteElementString("id", $"urn:linli:request:{row.Number}");
                xml.WriteElementString("title", Clean(PersonalNumbers.Mask(row.Title)));
                xml.WriteElementString("published", Time(row.ReportedAt));
                xml.WriteElementString("updated", Time(row.UpdatedAt));
                Link(xml, "alternate", $"{here}/requests/{row.Number}", "text/html");
                Category(xml, "service-type", row.Code, Texts.Pick(row.NameZh, row.NameEn));
                Category(xml, "state", System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName($"{row.State}"), texts[LifeTexts.Of(row.State).Key]);
                if (row.AreaCode is not null && area is not null)
                {
                    Category(xml, "area", row.AreaCode, area);
                }

                xml.WriteElementString("summary", string.Join(" · ", new[] { Texts.Pick(row.NameZh, row.NameEn), area, texts[LifeTexts.Of(row.State).Key] }.OfType<string>()));
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        return new Cacheable(stream.ToArray(), "application/atom+xml; charset=utf-8", site.Configured.Length == 0 ? TimeSpan.Zero : MaxAge);
    }

    private static void Link(XmlWriter xml, string rel, string href, string type)
    {
        xml.WriteStartElement("link");
        xml.WriteAttributeString("rel", rel);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", href);
        xml.WriteEndElement();
    }

    private static void Category(XmlWriter xml, string scheme, string term, string label)
    {
        xml.WriteStartElement("category");
        xml.WriteAttributeString("scheme", $"urn:linli:{scheme}");
        xml.WriteAttributeString("term", term);
        xml.WriteAttributeString("label", label);
        xml.WriteEndElement();
    }

    private static string Time(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>XML knows no control characters, in no spelling; a telephone's keyboard does.</summary>
    private static string Clean(string text) => string.Concat(text.EnumerateRunes().Select(r => r.IsBmp && !XmlConvert.IsXmlChar((char)r.Value) ? "\uFFFD" : r.ToString()));
}
