using System.Globalization;
using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Requests.Catalogue;
using Linli.Requests.Clocks;
using Linli.Requests.Life;
using Linli.Requests.Privacy;
using Linli.Shell.Ledgers;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Ledgers;

/// <summary>A column of requests: what is offered, what has to be read for it, and its value.</summary>
internal sealed record RequestColumn(LedgerColumn Offer, Needs Needs, Func<RequestFact, object?> Value);

/// <summary>Every column that requests have for a reader: their own, their form's, their clocks', their history's.</summary>
internal sealed class RequestColumns(LinliDb db, CatalogueShelf shelf, Timekeeping timekeeping, Texts texts)
{
    private static readonly (string, string) Course = ("办理经过", "Course"), People = ("提交人", "Reporter"), Times = ("时限", "Clocks");
    private static readonly ClockKind[] Measured = [ClockKind.Dispatch, ClockKind.Sign, ClockKind.Contact, ClockKind.Resolve, ClockKind.Verify, ClockKind.Rectify];

    private Dictionary<string, string> _areas = [];
    private Dictionary<Guid, string> _organisations = [];

    /// <summary>Whose posts may ask to read how reporters can be reached; administrators keep accounts and do not.</summary>
    public static bool MayReach(Actor reader) =>
        (reader.Is(Role.Dispatcher) || reader.Is(Role.Handler) || reader.Is(Role.GridWorker) || reader.Is(Role.Supervisor) || reader.Is(Role.Verifier)) && !reader.Is(Role.Administrator);

    /// <param name="reader">For whom.</param>
    /// <param name="now">What is overdue is so at this moment.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<IReadOnlyList<RequestColumn>> ForAsync(Actor reader, DateTimeOffset now, CancellationToken cancellation)
    {
        var catalogue = await shelf.TakeAsync(db, cancellation);
        var keeper = await timekeeping.GetAsync(cancellation);
        _areas = await db.Set<Area>().AsNoTracking().Select(a => new { a.Code, a.Name, a.NameEn }).ToDictionaryAsync(a => a.Code, a => Texts.Pick(a.Name, a.NameEn), cancellation);
        _organisations = await db.Set<Organisation>().AsNoTracking().Select(o => new { o.Id, o.Name, o.NameEn }).ToDictionaryAsync(o => o.Id, o => Texts.Pick(o.Name, o.NameEn), cancellation);
        var towns = (await RequestFilters.TownsAsync(db, cancellation)).Where(t => reader.Posts.Any(p => p.IsOver(t.Code) || p.AreaCode.StartsWith(t.Code, StringComparison.Ordinal)));
        return
        [
            .. Own(catalogue, [.. towns.Select(t => Texts.Pick(t.Name, t.NameEn))], now),
            .. History(catalogue),
            .. Measured.SelectMany(kind => OfClock(kind, keeper, now)),
            .. MayReach(reader) ? OfReporter() : [],
            .. catalogue.Types.SelectMany(OfForm),
        ];
    }

    private string? Organisation(Guid? id) => id is { } known ? _organisations.GetValueOrDefault(known) : null;

    private string? Area(string? code, int length) => code?.Length >= length ? _areas.GetValueOrDefault(code[..length]) : null;

    private IEnumerable<RequestColumn> Own(CatalogueSnapshot catalogue, IReadOnlyList<string> towns, DateTimeOffset now)
    {
        RequestColumn Of(string key, string zh, string en, CellKind kind, Func<RequestFact, object?> value, Needs needs = Needs.None, IReadOnlyList<string>? choices = null, bool period = false, TotalUse? inTotals = null) =>
            new(new LedgerColumn(key, zh, en, kind) { Choices = choices, HasPeriod = period, InTotals = inTotals ?? LedgerColumn.UsualInTotals(kind) }, needs, value);
        string TypeName(string code) => catalogue.Type(code) is { } type ? Texts.Pick(type.NameZh, type.NameEn) : code;
        string GroupName(string code) => catalogue.Type(code) is { } type && catalogue.Group(type.GroupCode) is { } group ? Texts.Pick(group.NameZh, group.NameEn) : "";
        string[] Words<T>(Func<T, Word> of) where T : struct, Enum => [.. Enum.GetValues<T>().Select(v => texts[of(v).Key])];

        yield return Of("number", "编号", "Number", CellKind.Text, r => r.Number, inTotals: TotalUse.Counted);
        yield return Of("title", "标题", "Title", CellKind.Text, r => r.IsAnonymised ? TypeName(r.TypeCode) : r.Title);
        yield return Of("text", "内容", "Text", CellKind.Text, r => r.IsAnonymised ? AnonymiseRequests.Tombstone : r.Text, Needs.Text);
        yield return Of("type", "事项", "Type", CellKind.Choice, r => TypeName(r.TypeCode), choices: [.. catalogue.Types.Select(t => Texts.Pick(t.NameZh, t.NameEn))]);
        yield return Of("group", "类别", "Group", CellKind.Choice, r => GroupName(r.TypeCode), choices: [.. catalogue.Groups.Select(g => Texts.Pick(g.NameZh, g.NameEn))]);
        yield return Of("town", "乡镇", "Township", CellKind.Choice, r => Area(r.AreaCode, 9), choices: towns);
        yield return Of("village", "村（社区）", "Village", CellKind.Choice, r => Area(r.AreaCode, 12), inTotals: TotalUse.None);   // a village and a type may be one household
        yield return Of("address", "地址", "Address", CellKind.Text, r => r.Address);
        yield return Of("state", "状态", "State", CellKind.Choice, r => texts[LifeTexts.Of(r.State).Key], choices: Words<RequestState>(LifeTexts.Of));
        yield return Of("isOpen", "未结", "Open", CellKind.YesNo, r => r.State.IsOpen());
        yield return Of("channel", "来源", "Channel", CellKind.Choice, r => texts[LifeTexts.Of(r.Channel).Key], choices: Words<Channel>(LifeTexts.Of));
        yield return Of("lead", "主办单位", "Lead organisation", CellKind.Choice, r => Organisation(r.Lead));
        yield return Of("coHandlers", "协办单位", "Co-handlers", CellKind.Text, r => r.CoHandlers.Count == 0 ? null : string.Join(Texts.IsEnglish ? ", " : "、", r.CoHandlers.Select(o => Organisation(o))), Needs.CoHandlers);
        yield return Of("reportedAt", "提交时间", "Reported", CellKind.Time, r => r.ReportedAt, period: true);
        yield return Of("reportedMonth", "提交月份", "Month reported", CellKind.Choice, r => LocalTime.Of(r.ReportedAt).ToString("yyyy-MM", CultureInfo.InvariantCulture));
        yield return Of("dispatchedAt", "派单时间", "Dispatched", CellKind.Time, r => r.DispatchedAt, period: true);
        yield return Of("contactedAt", "联系时间", "Contacted", CellKind.Time, r => r.ContactedAt, period: true);
        yield return Of("resolvedAt", "办结时间", "Resolved", CellKind.Time, r => r.ResolvedAt, period: true);
        yield return Of("ratedAt", "评价时间", "Rated", CellKind.Time, r => r.RatedAt, period: true);
        yield return Of("closedAt", "结案时间", "Closed", CellKind.Time, r => r.ClosedAt, period: true);
        yield return Of("updatedAt", "最近变动", "Last change", CellKind.Time, r => r.UpdatedAt, period: true);
        yield return Of("nextDueAt", "下一个期限", "Next due", CellKind.Time, r => r.NextDueAt, period: true);
        yield return Of("isLate", "已超时", "Overdue now", CellKind.YesNo, r => r.NextDueAt <= now);
        yield return Of("isContacted", "已联系", "Contacted (yes or no)", CellKind.YesNo, r => r.DispatchedAt is null ? null : r.ContactedAt is not null);
        yield return Of("isResolved", "已办结", "Resolved (yes or no)", CellKind.YesNo, r => r.ResolvedAt is not null);
        yield return Of("result", "办理结果", "Result", CellKind.Choice, r => r.ResultCode is { } code && catalogue.Reasons("result").FirstOrDefault(x => x.Code == code) is { } reason ? Texts.Pick(reason.NameZh, reason.NameEn) : null);
        yield return Of("grade", "评价", "Grade", CellKind.Choice, r => r.Grade is { } grade ? texts[LifeTexts.Of(grade).Key] : null, choices: Words<Grade>(LifeTexts.Of));
        yield return Of("isSatisfied", "满意", "Satisfied", CellKind.YesNo, r => r.Grade is { } grade ? grade is Grade.VerySatisfied or Grade.Satisfied or Grade.BasicallySatisfied : null);
        yield return Of("supporters", "反映人数", "People who asked", CellKind.Number, r => (decimal)r.Supporters);
        yield return Of("isRepeated", "重复反映", "Asked more than once", CellKind.YesNo, r => r.Supporters > 1 || r.MergedIntoId is not null);
        yield return Of("mergedInto", "并入的诉求", "Merged into", CellKind.Text, r => r.MergedInto, Needs.MergedInto);
        yield return Of("returnCount", "退单次数", "Returns", CellKind.Number, r => (decimal)r.ReturnCount);
        yield return Of("reopenCount", "重办次数", "Reopened", CellKind.Number, r => (decimal)r.ReopenCount);
        yield return Of("isPublished", "已公开", "Published", CellKind.YesNo, r => r.IsPublished, inTotals: TotalUse.None);   // what is not public is not set apart
        yield return Of("longitude", "经度", "Longitude", CellKind.Number, r => r.Longitude is { } d ? Math.Round((decimal)d, 6) : null, inTotals: TotalUse.None);
        yield return Of("latitude", "纬度", "Latitude", CellKind.Number, r => r.Latitude is { } d ? Math.Round((decimal)d, 6) : null, inTotals: TotalUse.None);
    }

    private IEnumerable<RequestColumn> History(CatalogueSnapshot catalogue)
    {
        RequestColumn Of(string key, string zh, string en, CellKind kind, Func<RequestFact, object?> value) => new(new LedgerColumn(key, zh, en, kind) { Group = Course, InTotals = LedgerColumn.UsualInTotals(kind) }, Needs.Events, value);
        string? ReasonName(string kind, string? code) => catalogue.Reasons(kind).FirstOrDefault(x => x.Code == code) is { } reason ? Texts.Pick(reason.NameZh, reason.NameEn) : code;

        yield return Of("firstDispatchedAt", "首次派单时间", "First dispatched", CellKind.Time, r => r.First(Step.Dispatch, Step.Claim)?.At);
        yield return Of("firstDispatchedBy", "首次派单人", "First dispatched by", CellKind.Text, r => r.First(Step.Dispatch)?.ActorName);
        yield return Of("firstDispatchedTo", "首次派给", "First dispatched to", CellKind.Choice, r => Organisation(r.First(Step.Dispatch, Step.Claim)?.Organisation));
        yield return Of("dispatchCount", "派单次数", "Times dispatched", CellKind.Number, r => (decimal)r.Events.Count(e => e.Step is Step.Dispatch or Step.Decide));
        yield return Of("signedAt", "签收时间", "Signed", CellKind.Time, r => r.Last(Step.Sign, Step.Claim)?.At);
        yield return Of("returnReason", "最近退单原因", "Last reason for a return", CellKind.Text, r => ReasonName("return", r.Last(Step.Return)?.Reason));
        yield return Of("contactText", "联系情况", "What was said at the contact", CellKind.Text, r => r.Last(Step.Contact)?.Text);
        yield return Of("resolvedBy", "办结人", "Resolved by", CellKind.Text, r => r.Last(Step.Resolve)?.ActorName);
        yield return Of("resultText", "办理情况", "What was done", CellKind.Text, r => r.Last(Step.Resolve)?.Text);
        yield return Of("verifiedAt", "核实时间", "Verified", CellKind.Time, r => r.Last(Step.VerifyPass, Step.VerifyFail)?.At);
        yield return Of("verifiedBy", "核实人", "Verified by", CellKind.Text, r => r.Last(Step.VerifyPass, Step.VerifyFail)?.ActorName);
        yield return Of("isVerified", "核实通过", "Verification passed", CellKind.YesNo, r => r.Last(Step.VerifyPass, Step.VerifyFail) is { } check ? check.Step == Step.VerifyPass : null);
        yield return Of("extensionCount", "延期次数", "Extensions", CellKind.Number, r => (decimal)r.Events.Count(e => e.Step == Step.GrantExtension));
        yield return Of("pauseCount", "挂起次数", "Pauses", CellKind.Number, r => (decimal)r.Events.Count(e => e.Step is Step.Pause or Step.GrantPause));
    }

    private IEnumerable<RequestColumn> OfClock(ClockKind kind, Timekeeper keeper, DateTimeOffset now)
    {
        var (zh, en, key) = (LifeTexts.Of(kind).Key, texts.In(CultureInfo.GetCultureInfo("en"), LifeTexts.Of(kind).Key), JsonNamingPolicy.CamelCase.ConvertName($"{kind}"));
        RequestColumn Of(string suffix, string zhSuffix, string enSuffix, CellKind cell, Func<RequestClock, object?> value) =>
            new(new LedgerColumn($"{key}{suffix}", $"{zh}{zhSuffix}", $"{en}{enSuffix}", cell) { Group = Times, InTotals = LedgerColumn.UsualInTotals(cell) }, Needs.Clocks, r => r.Clock(kind) is { } clock ? value(clock) : null);

        yield return Of("DueAt", "到期", ": due", CellKind.Time, c => c.DueAt);
        yield return Of("Spent", "用时（小时）", ": hours spent", CellKind.Hours, c => ClockSpent.Hours(c, keeper.CalendarOf(c), now));
        yield return Of("IsLate", "超时", ": late", CellKind.YesNo, c => ClockSpent.IsLate(c, now));
        yield return Of("IsInTime", "按期", ": in time", CellKind.YesNo, c => c.State == ClockState.Stopped ? !c.IsLate : ClockSpent.IsLate(c, now) ? false : null);
    }

    private static IEnumerable<RequestColumn> OfReporter()
    {
        static RequestColumn Of(string key, string zh, string en, Func<OpenContact, object?> value) =>
            new(new LedgerColumn(key, zh, en, CellKind.Text) { Group = People, IsPersonal = true }, Needs.Contact, r => r.Contact is { } contact ? value(contact) : null);

        yield return Of("reporterName", "姓名", "Name", c => c.Name);
        yield return Of("reporterPhone", "电话", "Telephone", c => c.Phone);
        yield return Of("reporterEmail", "邮箱", "E-mail", c => c.Email);
        yield return Of("reporterHome", "住址", "Home address", c => c.Home);
    }

    private IEnumerable<RequestColumn> OfForm(ServiceType type) => type.Fields.Select(field => new RequestColumn(
        new LedgerColumn($"answers.{type.Code}.{field.Code}", field.LabelZh, field.LabelEn, field.Type switch
        {
            FieldType.Number => CellKind.Number,
            FieldType.Date => CellKind.Date,
            FieldType.YesNo => CellKind.YesNo,
            FieldType.Choice => CellKind.Choice,
            _ => CellKind.Text,
        })
        {
            Group = ($"表单：{type.NameZh}", $"Form: {type.NameEn}"),
            Choices = field.Type == FieldType.Choice && field.Options is { } options ? [.. options.Select(o => Texts.Pick(o.Zh, o.En))] : null,
        },
        Needs.Answers, r => r.TypeCode == type.Code && r.Answers is { } json ? AnswerOf(field, json) : null));

    private static object? AnswerOf(FormField field, string json)
    {
        if (JsonSerializer.Deserialize<Dictionary<string, string>>(json, Json.Plain)?.GetValueOrDefault(field.Code) is not { Length: > 0 } written)
        {
            return null;
        }

        return field.Type switch
        {
            FieldType.Number => decimal.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
            FieldType.Date => DateOnly.TryParseExact(written, "yyyy-MM-dd", out var day) ? day : null,
            FieldType.YesNo => written == "yes",
            _ => string.Join(Texts.IsEnglish ? ", " : "、", written.Split(FieldCheck.Separator).Select(v => field.Options?.FirstOrDefault(o => o.Code == v) is { } option ? Texts.Pick(option.Zh, option.En) : v)),
        };
    }
}
