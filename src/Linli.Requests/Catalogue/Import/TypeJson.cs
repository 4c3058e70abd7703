using System.Text.Json;
using System.Text.Json.Nodes;
using Linli.Kernel;

namespace Linli.Requests.Catalogue;

/// <summary>A service type as the catalogue's file has it (data/catalogue/README.md): what <see cref="ReadEntries"/> reads.</summary>
internal static class TypeJson
{
    public static JsonObject Of(ServiceType t) => new()
    {
        ["code"] = t.Code, ["group"] = t.GroupCode, ["nameZh"] = t.NameZh, ["nameEn"] = t.NameEn, ["descriptionZh"] = t.DescriptionZh, ["descriptionEn"] = t.DescriptionEn,
        ["keywords"] = List(t.Keywords), ["keywordsEn"] = List(t.KeywordsEn), ["sectors"] = t.Sectors is { } sectors ? List(sectors) : null,
        ["urgency"] = Word(t.Urgency), ["visibility"] = Word(t.Visibility), ["anonymous"] = t.AllowsAnonymous, ["contact"] = t.IsContactRequired ? "required" : "optional",
        ["sensitive"] = t.IsSensitive, ["handling"] = Word(t.Handling), ["evidence"] = Word(t.Evidence), ["calendar"] = t.CalendarCode, ["rule"] = Word(t.Rule),
        ["verification"] = t.VerifiesEvery ? new JsonObject { ["mode"] = "every" } : new JsonObject { ["mode"] = "sample", ["share"] = t.VerificationShare },
        ["clocks"] = new JsonObject(t.Budgets.Select(b => KeyValuePair.Create(b.Key, (JsonNode?)b.Value))),
        ["fields"] = new JsonArray([.. t.Fields.Select(Field)]), ["retentionMonths"] = t.RetentionMonths, ["source"] = t.Source,
    };

    private static JsonObject Field(FormField f)
    {
        var field = new JsonObject
        {
            ["code"] = f.Code, ["labelZh"] = f.LabelZh, ["labelEn"] = f.LabelEn, ["type"] = Word(f.Type), ["required"] = f.Required, ["hintZh"] = f.HintZh, ["hintEn"] = f.HintEn, ["min"] = f.Min, ["max"] = f.Max,
        };
        if (f.Options is { } options)
        {
            field["options"] = new JsonArray([.. options.Select(o => new JsonObject { ["code"] = o.Code, ["zh"] = o.Zh, ["en"] = o.En })]);
        }

        return field;
    }

    private static JsonArray List(IEnumerable<string> words) => new([.. words.Select(w => JsonValue.Create(w))]);

    private static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
