using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Requests.Catalogue;
using Linli.Shell.Site;
using Linli.Shell.Text;
using Microsoft.Extensions.Options;

namespace Linli.Requests.Open311;

/// <summary>What can be asked for, in the words of GeoReport: discovery, the list of services, one definition.</summary>
internal sealed class GeoServices(CatalogueReader catalogue, IOptions<SiteOptions> site, Texts texts)
{
    private const string Specification = "http://wiki.open311.org/GeoReport_v2";

    /// <summary>Day on which the interface changed last.</summary>
    private static readonly DateTimeOffset Changed = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    public GeoAnswer Discovery(string host)
    {
        var here = $"{host}{Open311Endpoints.Address}";
        var endpoint = new GeoRecord().With("specification", Specification).With("url", here).With("changeset", Changed)
            .With("type", site.Value.Demo ? "test" : "production").With("formats", new GeoList("format", ["text/xml", "application/json"]));
        return new GeoAnswer("discovery", new GeoRecord().With("changeset", Changed)
            .With("contact", string.IsNullOrEmpty(site.Value.Hotline) ? "" : $"{Texts.Pick(site.Value.County, site.Value.CountyEn)} {site.Value.Hotline}")
            .With("key_service", $"{host}/open311").With("endpoints", new GeoList("endpoint", [endpoint])));
    }

    public async Task<GeoAnswer> ListAsync(CancellationToken cancellation)
    {
        var known = await catalogue.NowAsync(cancellation);
        return GeoAnswer.Of("services", "service", known.Types.Select(t => new GeoRecord()
            .With("service_code", t.Code).With("service_name", Texts.Pick(t.NameZh, t.NameEn)).With("description", Texts.Pick(t.DescriptionZh, t.DescriptionEn))
            .With("metadata", t.Fields.Count > 0 || NeedsContact(t)).With("type", TypeOf(t)).With("keywords", string.Join(',', Texts.IsEnglish && t.KeywordsEn.Count > 0 ? t.KeywordsEn : t.Keywords))
            .With("group", known.Group(t.GroupCode) is { } group ? Texts.Pick(group.NameZh, group.NameEn) : "")));
    }

    /// <summary>At once, after somebody has looked at it, or never by number.</summary>
    public static string TypeOf(ServiceType type) => type.Visibility switch
    {
        Visibility.Public => "realtime",
        Visibility.AfterCheck => "batch",
        _ => "blackbox",
    };

    public async Task<Outcome<GeoAnswer>> DefinitionAsync(string code, CancellationToken cancellation)
    {
        if (await catalogue.FindTypeAsync(code, cancellation) is not { IsActive: true } type)
        {
            return new Failure.NotFound("没有代码为“{0}”的事项，或者它已停用。请从列表中选择。", Steps.Check.Short(code));
        }

        return new GeoAnswer("service_definition", new GeoRecord().With("service_code", type.Code)
            .With("attributes", new GeoList("attribute", [.. type.Fields.Select((field, index) => AttributeOf(field, index + 1)), .. NeedsContact(type) ? [Contact(type.Fields.Count + 1)] : Array.Empty<GeoRecord>()])));
    }

    private static bool NeedsContact(ServiceType type) => type.IsContactRequired || !type.AllowsAnonymous;

    /// <summary>GeoReport has no way to ask for its own parameters; what is no variable is shown to whoever reports.</summary>
    private GeoRecord Contact(int order) => new GeoRecord().With("variable", false).With("code", "contact").With("datatype", "string").With("required", false).With("datatype_description", "")
        .With("order", order).With("description", texts["办理这类事项需要和报的人联系：请带上 phone 或 email，只有经办人能看到。"]);

    private static GeoRecord AttributeOf(FormField field, int order)
    {
        var record = new GeoRecord().With("variable", true).With("code", field.Code)
            .With("datatype", field.Type switch
            {
                FieldType.LongText => "text",
                FieldType.Number => "number",
                FieldType.Date => "datetime",
                FieldType.Choice or FieldType.YesNo => "singlevaluelist",
                FieldType.Choices => "multivaluelist",
                _ => "string",
            })
            .With("required", field.Required).With("datatype_description", Texts.Pick(field.HintZh ?? "", field.HintEn)).With("order", order)
            .With("description", Texts.Pick(field.LabelZh, field.LabelEn));
        return OptionsOf(field) is { Count: > 0 } options ? record.With("values", new GeoList("value", options)) : record;
    }

    private static List<object> OptionsOf(FormField field) => field.Type == FieldType.YesNo
        ? [Value("yes", Texts.Pick("是", "Yes")), Value("no", Texts.Pick("否", "No"))]
        : [.. (field.Options ?? []).Select(o => (object)Value(o.Code, Texts.Pick(o.Zh, o.En)))];

    private static GeoRecord Value(string key, string name) => new GeoRecord().With("key", key).With("name", name);
}
