using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.Clocks;

namespace Linli.Requests.Catalogue;

/// <summary>Reads and checks the entries of the catalogue's JSON files, each by itself; what they say of each other is checked by <see cref="ImportCatalogue"/>.</summary>
internal static class ReadEntries
{
    private const int LongestText = 400;
    private const int MostTimes = 100;
    private static readonly string[] RequiredClocks = ["dispatch", "sign", "contact", "resolve", "verify", "rectify"];
    private static readonly string[] OptionalClocks = ["arbitrate", "claim", "answer", "rate", "pause", "return"];

    public static List<ServiceGroup> Groups(JsonElement file, ImportProblems problems) =>
    [
        .. file.EnumerateArray().Index().Select(e =>
        {
            var entry = EntryReader.Of(CatalogueFiles.GroupsName, e.Index + 1, e.Item, problems);
            var group = new ServiceGroup
            {
                Code = entry.Code("code"), NameZh = entry.Text("nameZh"), NameEn = entry.Text("nameEn"), Icon = entry.OptionalText("icon"), Sectors = entry.OptionalWords("sectors") ?? [], Order = e.Index,
            };
            entry.End();
            return group;
        }),
    ];

    public static List<ReasonCode> Reasons(JsonElement file, ImportProblems problems)
    {
        var whole = new EntryReader(CatalogueFiles.ReasonsName, file, problems);
        var reasons = ReasonCode.Kinds.SelectMany(kind => whole.Entries(kind).Index().Select(e => ReasonOf(kind, e.Index, e.Item))).ToList();
        whole.End();
        return reasons;
    }

    public static List<ServiceType> Types(JsonElement file, WorkCalendars calendars, ImportProblems problems) =>
    [
        .. file.EnumerateArray().Index().Select(e => TypeOf(EntryReader.Of(CatalogueFiles.ServiceTypesName, e.Index + 1, e.Item, problems), e.Index, calendars)),
    ];

    private static ReasonCode ReasonOf(string kind, int order, EntryReader entry)
    {
        var reason = new ReasonCode { Kind = kind, Code = entry.Code("code"), NameZh = entry.Text("nameZh"), NameEn = entry.Text("nameEn"), Order = order };
        switch (kind)
        {
            case "decline":
                (reason.InsteadZh, reason.InsteadEn) = (entry.Text("whereInsteadZh", LongestText), entry.Text("whereInsteadEn", LongestText));
                break;
            case "ask":
                reason.MaxTimes = (int?)entry.Number("maxTimes", 1, MostTimes);
                break;
            case "extend":
                (reason.MaxDays, reason.MaxTimes) = ((int?)entry.Number("maxDays", 1, 366), (int?)entry.Number("maxTimes", 1, MostTimes));
                break;
            case "pause":
                reason.MaxTimes = (int?)entry.Number("maxTimes", 1, MostTimes);
                reason.MaxDays = (int)entry.RequiredNumber("maxDays", 1, 366);
                reason.NeedsApproval = entry.Choice<Approval>("approval") == Approval.Supervisor;
                break;
            case "result":
                reason.IsSolved = entry.Flag("solved");
                break;
            default:
                break;
        }

        entry.End();
        return reason;
    }

    private static ServiceType TypeOf(EntryReader entry, int order, WorkCalendars calendars)
    {
        var type = new ServiceType
        {
            Code = entry.Code("code"), GroupCode = entry.Code("group"), NameZh = entry.Text("nameZh"), NameEn = entry.Text("nameEn"),
            DescriptionZh = entry.Text("descriptionZh", LongestText), DescriptionEn = entry.Text("descriptionEn", LongestText),
            Keywords = entry.Words("keywords", 1), KeywordsEn = entry.Words("keywordsEn", 1), Sectors = entry.OptionalWords("sectors"),
            Urgency = entry.Choice<Urgency>("urgency"), Visibility = entry.Choice<Visibility>("visibility"),
            AllowsAnonymous = entry.Flag("anonymous"), IsContactRequired = entry.Choice<ContactRule>("contact") == ContactRule.Required,
            IsSensitive = entry.Flag("sensitive"), Handling = entry.Choice<Handling>("handling"), Evidence = entry.Choice<EvidenceRule>("evidence"),
            CalendarCode = entry.OptionalText("calendar"), Rule = entry.Choice<DayRule>("rule"),
            Budgets = ClocksOf(entry), Fields = [.. entry.Entries("fields").Select(FieldOf)],
            RetentionMonths = (int)entry.RequiredNumber("retentionMonths", 1, 1_200),
            Source = entry.Text("source", LongestText), Order = order,
        };
        ReadVerification(entry, type);
        if (type is { IsContactRequired: true, AllowsAnonymous: true })
        {
            entry.Wrong("anonymous", "必须留联系方式的事项不能匿名。");
        }

        if (type is { IsSensitive: true, Visibility: not Visibility.Private })
        {
            entry.Wrong("visibility", "敏感事项只能是 private。");
        }

        if (type.CalendarCode is { } calendar && !calendars.Codes.Contains(calendar))
        {
            entry.Wrong("calendar", "没有代码为“{0}”的工作日历，现有 {1}。", calendar, string.Join(", ", calendars.Codes));
        }

        foreach (var twice in type.Fields.CountBy(f => f.Code).Where(c => c.Value > 1))
        {
            entry.Wrong("fields", "代码“{0}”出现了 {1} 次。", twice.Key, twice.Value);
        }

        entry.End();
        return type;
    }

    private static Dictionary<string, string> ClocksOf(EntryReader entry)
    {
        var clocks = entry.Object("clocks");
        var budgets = clocks?.Budgets(RequiredClocks, OptionalClocks);
        clocks?.End();
        return budgets ?? [];
    }

    private static void ReadVerification(EntryReader entry, ServiceType type)
    {
        if (entry.Object("verification") is not { } verification)
        {
            return;
        }

        type.VerifiesEvery = verification.Choice<VerificationMode>("mode") == VerificationMode.Every;
        type.VerificationShare = type.VerifiesEvery ? 1 : verification.RequiredNumber("share", 0, 1);
        verification.End();
    }

    private static FormField FieldOf(EntryReader entry)
    {
        var type = entry.Choice<FieldType>("type");
        var options = entry.Entries("options").Select(o =>
        {
            var option = new FieldOption(o.Code("code"), o.Text("zh"), o.Text("en"));
            o.End();
            return option;
        }).ToList();
        var field = new FormField(
            entry.Code("code"), entry.Text("labelZh"), entry.Text("labelEn"), type, entry.Flag("required"),
            entry.OptionalText("hintZh"), entry.OptionalText("hintEn", 200), options.Count > 0 ? options : null,
            entry.Number("min", -1e12, 1e12), entry.Number("max", -1e12, 1e12));
        if (type is FieldType.Choice or FieldType.Choices && options.Count < 2)
        {
            entry.Wrong("options", "选择题至少要有 2 个选项。");
        }

        if (field.Min > field.Max)
        {
            entry.Wrong("max", "最大值 {0} 小于最小值 {1}。", field.Max!, field.Min!);
        }

        foreach (var twice in options.CountBy(o => o.Code).Where(c => c.Value > 1))
        {
            entry.Wrong("options", "代码“{0}”出现了 {1} 次。", twice.Key, twice.Value);
        }

        entry.End();
        return field;
    }

    private enum Approval
    {
        None,
        Supervisor,
    }

    private enum ContactRule
    {
        Optional,
        Required,
    }

    private enum VerificationMode
    {
        Every,
        Sample,
    }
}
