using Linli.Kernel;
using Linli.Kernel.Clocks;

namespace Linli.Requests.Catalogue;

/// <summary>The catalogue as the files have it, read and checked but not yet in the database.</summary>
internal sealed record CatalogueDraft(
    IReadOnlyList<ServiceGroup> Groups, IReadOnlyList<ServiceType> Types, IReadOnlyList<ReasonCode> Reasons, IReadOnlyList<ResponsibilityRow> Responsibilities)
{
    /// <summary>Words that stand in the place of a code in the addresses of the API.</summary>
    private static readonly string[] Reserved = ["suggest"];

    public static async Task<CatalogueDraft> ReadAsync(CatalogueFiles files, WorkCalendars calendars, ImportProblems problems, CancellationToken cancellation)
    {
        var groups = await CatalogueFiles.ReadJsonAsync(files.Groups, CatalogueFiles.GroupsName, System.Text.Json.JsonValueKind.Array, problems, cancellation);
        var types = await CatalogueFiles.ReadJsonAsync(files.ServiceTypes, CatalogueFiles.ServiceTypesName, System.Text.Json.JsonValueKind.Array, problems, cancellation);
        var reasons = await CatalogueFiles.ReadJsonAsync(files.Reasons, CatalogueFiles.ReasonsName, System.Text.Json.JsonValueKind.Object, problems, cancellation);
        return new CatalogueDraft(
            groups is { } g ? ReadEntries.Groups(g, problems) : [],
            types is { } t ? ReadEntries.Types(t, calendars, problems) : [],
            reasons is { } r ? ReadEntries.Reasons(r, problems) : [],
            ResponsibilityCsv.Read(files.Responsibility, problems));
    }

    /// <summary>What the entries say of each other, of areas and of organisations.</summary>
    public void Check(IReadOnlySet<string> areas, IReadOnlyDictionary<string, Guid> organisations, ImportProblems problems)
    {
        CheckTwice(CatalogueFiles.GroupsName, Groups.Select(g => g.Code), problems);
        CheckTwice(CatalogueFiles.ServiceTypesName, Types.Select(t => t.Code), problems);
        CheckTwice(CatalogueFiles.ReasonsName, Reasons.Select(r => $"{r.Kind} › {r.Code}"), problems);
        CheckTwice(CatalogueFiles.ResponsibilityName, Responsibilities.Select(r => string.Join('/', r.Type, r.Group, r.Area, r.IsNight ? "night" : "", r.From, r.Site, r.HoursFrom)), problems);
        var groups = Groups.Select(g => g.Code).ToHashSet();
        var types = Types.Select(t => t.Code).ToHashSet();
        foreach (var type in Types)
        {
            Need(groups.Contains(type.GroupCode), $"{CatalogueFiles.ServiceTypesName} › {type.Code} › group", "没有代码为“{0}”的分组。", type.GroupCode, problems);
            if (Reserved.Contains(type.Code))
            {
                problems.Add($"{CatalogueFiles.ServiceTypesName} › {type.Code} › code", "代码“{0}”另有用途，请换一个。", type.Code);
            }
        }

        foreach (var row in Responsibilities)
        {
            Need(row.Type is null || types.Contains(row.Type), $"{row.Place} › service_type", "没有代码为“{0}”的事项。", row.Type, problems);
            Need(row.Group is null || groups.Contains(row.Group), $"{row.Place} › service_group", "没有代码为“{0}”的分组。", row.Group, problems);
            Need(areas.Contains(row.Area), $"{row.Place} › area", "没有代码为“{0}”的区域。请先导入区域。", row.Area, problems);
            Need(organisations.ContainsKey(row.Organisation), $"{row.Place} › organisation", "没有代码为“{0}”的单位，或者它已停用。请先导入单位。", row.Organisation, problems);
        }
    }

    private static void Need(bool isRight, string place, string message, string? value, ImportProblems problems)
    {
        if (!isRight)
        {
            problems.Add(place, message, value ?? "");
        }
    }

    private static void CheckTwice(string file, IEnumerable<string> codes, ImportProblems problems)
    {
        foreach (var twice in codes.Where(c => c.Length > 0).CountBy(c => c).Where(c => c.Value > 1))
        {
            problems.Add($"{file} › {twice.Key}", "出现了 {0} 次。", twice.Value);
        }
    }
}
