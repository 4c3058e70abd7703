using Linli.Kernel;

namespace Linli.Requests.Import.Assistant;

/// <summary>One thing that a column can be.</summary>
/// <param name="Key">Field of the input that it becomes; problems name it.</param>
/// <param name="Text">Chinese, key of its English.</param>
/// <param name="Headings">What it is called in files, Chinese and English, lower case and without spaces.</param>
public sealed record ImportField(string Key, string Text, bool IsNeeded, params string[] Headings);

/// <summary>What the columns of a file can be, by kind, and a guess from its headings.</summary>
internal static class ImportFields
{
    private static readonly Dictionary<ImportKind, ImportField[]> All = new()
    {
        [ImportKind.Requests] =
        [
            new("text", "正文", true, Headings("text")), new("title", "标题", false, Headings("title")), new("id", "编号", false, Headings("id")),
            new("reportedAt", "提交时间", false, Headings("reportedAt")), new("serviceType", "事项", false, Headings("serviceType")), new("area", "区域", false, Headings("area")),
            new("address", "地址", false, Headings("address")), new("name", "联系人", false, Headings("contact")), new("phone", "联系电话", false, Headings("phone")),
        ],
        [ImportKind.Organisations] =
        [
            new("code", "单位代码", true, Headings("code")), new("name", "单位名称", true, Headings("organisationName")), new("kind", "单位类型", true, Headings("kind")),
            new("shortName", "简称", false, Headings("shortName")), new("nameEn", "英文名称", false, Headings("nameEn")), new("parentId", "上级单位", false, Headings("parent")),
            new("areaCode", "区域", false, Headings("area")), new("creditCode", "统一社会信用代码", false, Headings("creditCode")), new("address", "地址", false, Headings("address")), new("phone", "联系电话", false, Headings("phone")),
        ],
        [ImportKind.Areas] =
        [
            new("code", "区划代码", true, Headings("areaCode")), new("name", "名称", true, Headings("areaName")), new("nameEn", "英文名称", false, Headings("nameEn")),
            new("longitude", "经度（WGS 84）", false, Headings("longitude")), new("latitude", "纬度（WGS 84）", false, Headings("latitude")),
        ],
        [ImportKind.Types] =
        [
            new("code", "事项代码", true, Headings("typeCode")), new("nameZh", "事项名称", true, Headings("typeName")), new("group", "分组", true, Headings("group")),
            new("descriptionZh", "事项说明", false, Headings("description")), new("keywords", "关键词（用顿号隔开）", false, Headings("keywords")), new("resolveTime", "办结时限", false, Headings("resolveTime")),
            new("dispatchTime", "派单时限", false, Headings("dispatchTime")), new("signTime", "签收时限", false, Headings("signTime")), new("contactTime", "联系时限", false, Headings("contactTime")),
            new("urgency", "紧急程度", false, Headings("urgency")), new("visibility", "公开方式", false, Headings("visibility")), new("anonymous", "可以匿名", false, Headings("anonymous")),
            new("contactRule", "必须留联系方式", false, Headings("contactRule")), new("sensitive", "敏感", false, Headings("sensitive")), new("retentionMonths", "保存几个月", false, Headings("retention")),
            new("nameEn", "英文名称", false, Headings("nameEn")), new("descriptionEn", "英文说明", false, Headings("descriptionEn")), new("keywordsEn", "英文关键词", false, Headings("keywordsEn")),
        ],
        [ImportKind.Staff] =
        [
            new("login", "登录名", true, Headings("login")), new("name", "姓名", true, Headings("personName")), new("role", "岗位", true, Headings("role")),
            new("organisationId", "单位", false, Headings("organisation")), new("areaCode", "区域", false, Headings("area")), new("phone", "手机号码", false, Headings("phone")), new("email", "邮箱", false, Headings("email")),
        ],
    };

    public static IReadOnlyList<ImportField> Of(ImportKind kind) => All[kind];

    public static IEnumerable<ImportKind> Kinds => All.Keys;

    /// <summary>Field to column, where a heading says it plainly; each column once.</summary>
    public static Dictionary<string, string> Propose(ImportKind kind, IReadOnlyList<string> header)
    {
        var (found, left) = (new Dictionary<string, string>(), header.Where(h => h.Length > 0).Distinct().ToList());
        foreach (var isExact in (bool[])[true, false])
        {
            foreach (var field in Of(kind).Where(f => !found.ContainsKey(f.Key)))
            {
                var best = left.FirstOrDefault(h => field.Headings.Any(a => isExact ? Plain(h) == a : a.Length > 1 && Plain(h).Contains(a, StringComparison.Ordinal)));
                if (best is not null)
                {
                    found[field.Key] = best;
                    left.Remove(best);
                }
            }
        }

        return found;
    }

    /// <summary>A row looks like headings when two of its cells are known ones.</summary>
    public static bool IsHeading(ImportKind kind, IReadOnlyList<string> cells) => cells.Count(c => Of(kind).Any(f => f.Headings.Contains(Plain(c)))) >= 2;

    private static string Plain(string heading) => string.Concat(heading.Compatible().Where(c => !char.IsWhiteSpace(c) && c is not ('*' or '_' or '-' or ':'))).ToLowerInvariant();

    /// <summary>From data/mappings/headings.json, so that a county adds its own words without a build.</summary>
    private static string[] Headings(string name) => HeadingWords.All.TryGetValue(name, out var words) ? [.. words.Select(Plain)] : [];
}

/// <summary>data/mappings/headings/headings.json.</summary>
internal static class HeadingWords
{
    public static IReadOnlyDictionary<string, string[]> All { get; } = System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string[]>>(
        File.ReadAllText(Path.Combine(ShippedData.Folder("mappings"), "headings", "headings.json")))!;
}
