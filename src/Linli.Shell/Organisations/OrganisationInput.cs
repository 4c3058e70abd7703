using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Clocks;
using Linli.Kernel.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Organisations;

/// <summary>What is said about an organisation.</summary>
/// <param name="Code">The jurisdiction's own, for life.</param>
/// <param name="AreaCode">Where it works; empty is the whole jurisdiction.</param>
/// <param name="Offers">Codes of service groups it can help with, separated by spaces.</param>
/// <param name="CalendarCode">Work calendar of its clocks; empty: that of the organisation above, in the end the county's.</param>
public sealed record OrganisationInput(
    string? Code, string? Name, string? NameEn, string? ShortName, OrganisationKind? Kind, Guid? ParentId, string? AreaCode, string? CreditCode,
    bool IsAllianceMember, string? Offers, string? Address, string? Phone, string? CalendarCode = null)
{
    internal OrganisationInput Tidy() => new(
        Trim(Code), Trim(Name), Trim(NameEn), Trim(ShortName), Kind, ParentId, Trim(AreaCode), Trim(CreditCode)?.ToUpperInvariant(),
        IsAllianceMember, string.Join(' ', (Offers ?? "").Split([' ', ',', '，', '、'], StringSplitOptions.RemoveEmptyEntries)), Trim(Address), Trim(Phone), Trim(CalendarCode));

    internal static OrganisationInput Of(Organisation o) => new(
        o.Code, o.Name, o.NameEn, o.ShortName, o.Kind, o.ParentId, o.AreaCode, o.CreditCode, o.IsAllianceMember, o.Offers, o.Address, o.Phone, o.CalendarCode);

    /// <summary>Checks against the rules and the store.</summary>
    /// <param name="db">The store.</param>
    /// <param name="calendars">The calendars of the installation.</param>
    /// <param name="self">The organisation that is changed; null for a new one.</param>
    /// <param name="cancellation">Ends the reading.</param>
    internal async Task<List<FieldProblem>> ProblemsAsync(LinliDb db, CalendarsInForce calendars, Guid? self, CancellationToken cancellation)
    {
        var problems = new List<FieldProblem>();
        var installed = (await calendars.GetAsync(cancellation)).All;
        if (CalendarCode is { } calendar && installed.Find(calendar) is null)
        {
            problems.Add(new FieldProblem("calendarCode", "没有工作日历“{0}”。现有：{1}。", calendar, string.Join(", ", installed.Codes)));
        }

        if (Name is null)
        {
            problems.Add(new FieldProblem("name", "请填写单位名称。"));
        }

        foreach (var (field, text, most) in new[] { ("name", Name, 100), ("nameEn", NameEn, 200), ("shortName", ShortName, 40), ("offers", Offers, 400), ("address", Address, 200), ("phone", Phone, 40) })
        {
            if (text?.Length > most)
            {
                problems.Add(new FieldProblem(field, "最多 {0} 个字。", most));
            }
            else if (PlainLine.ProblemWith(field, text) is { } unseen)
            {
                problems.Add(unseen);
            }
        }

        if (Kind is not { } kind || !Enum.IsDefined(kind))
        {
            problems.Add(new FieldProblem("kind", "请选择单位类型。"));
        }

        if (CreditCode is { } credit)
        {
            if (!Kernel.Organisations.CreditCode.IsValid(credit))
            {
                problems.Add(new FieldProblem("creditCode", "{0} 不是有效的统一社会信用代码：应为 18 位，最后一位是校验码。", credit));
            }
            else if (await db.Set<Organisation>().AnyAsync(o => o.CreditCode == credit && o.Id != self, cancellation))
            {
                problems.Add(new FieldProblem("creditCode", "已有单位使用统一社会信用代码 {0}。", credit));
            }
        }

        if (AreaCode is { } area && !await db.Set<Area>().AnyAsync(a => a.Code == area, cancellation))
        {
            problems.Add(new FieldProblem("areaCode", "没有代码为 {0} 的区域。", area));
        }

        if (ParentId is { } parent && await ProblemWithParentAsync(db, self, parent, cancellation) is { } wrong)
        {
            problems.Add(wrong);
        }

        return problems;
    }

    private static async Task<FieldProblem?> ProblemWithParentAsync(LinliDb db, Guid? self, Guid parent, CancellationToken cancellation)
    {
        var parents = await db.Set<Organisation>().Select(o => new { o.Id, o.ParentId }).ToDictionaryAsync(o => o.Id, o => o.ParentId, cancellation);
        if (!parents.ContainsKey(parent))
        {
            return new FieldProblem("parentId", "没有这个上级单位。");
        }

        for (Guid? above = parent; above is { } one; above = parents.GetValueOrDefault(one))
        {
            if (one == self)
            {
                return new FieldProblem("parentId", "上级单位不能是它自己，也不能是它的下级。");
            }
        }

        return null;
    }

    private static string? Trim(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
