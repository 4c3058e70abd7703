using System.Text.RegularExpressions;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Clocks;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Shell.People;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Organisations;

/// <summary>Adds and changes organisations. None is ever deleted: old requests keep pointing at it.</summary>
public sealed class KeepOrganisations(LinliDb db, CalendarsInForce calendars, TimeProvider clock)
{
    private static readonly Regex CodeForm = new("^[A-Za-z0-9][A-Za-z0-9._-]{1,39}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    internal static Failure Unknown { get; } = new Failure.NotFound("没有这个单位，可能地址不完整。");

    public async Task<Outcome<Organisation>> AddAsync(Actor actor, OrganisationInput input, CancellationToken cancellation)
    {
        var tidy = input.Tidy();
        var problems = await tidy.ProblemsAsync(db, calendars, null, cancellation);
        if (tidy.Code is null || !CodeForm.IsMatch(tidy.Code))
        {
            problems.Insert(0, new FieldProblem("code", "单位代码用 2 到 40 个英文字母、数字或 . _ -，以后不能改。"));
        }
        else if (await db.Set<Organisation>().AnyAsync(o => o.Code == tidy.Code, cancellation))
        {
            problems.Insert(0, new FieldProblem("code", "单位代码 {0} 已经有单位使用。", tidy.Code));
        }

        var area = tidy.AreaCode ?? await db.Set<Area>().Where(a => a.ParentCode == null).OrderBy(a => a.Code).Select(a => a.Code).FirstOrDefaultAsync(cancellation);
        if (area is null)
        {
            problems.Add(new FieldProblem("areaCode", "还没有导入区域，请先导入再添加单位。"));
        }
        else if (!AdministratorReach.Covers(actor, area))
        {
            return AdministratorReach.Beyond;
        }

        if (problems.Count > 0)
        {
            return new Failure.Invalid(problems);
        }

        var organisation = new Organisation { Code = tidy.Code!, Name = tidy.Name!, Kind = tidy.Kind!.Value, AreaCode = area! };
        Set(organisation, tidy);
        db.Add(organisation);
        await db.CommitAsync(actor.Act("shell.add-organisation", clock.GetUtcNow(), organisation.Code), cancellation);
        return organisation;
    }

    public async Task<Outcome<Organisation>> ChangeAsync(Actor actor, Guid id, OrganisationInput input, CancellationToken cancellation)
    {
        var tidy = input.Tidy();
        if (await db.Set<Organisation>().SingleOrDefaultAsync(o => o.Id == id, cancellation) is not { } organisation)
        {
            return Unknown;
        }

        if (!AdministratorReach.Covers(actor, organisation.AreaCode) || !AdministratorReach.Covers(actor, tidy.AreaCode ?? organisation.AreaCode))
        {
            return AdministratorReach.Beyond;
        }

        if (await tidy.ProblemsAsync(db, calendars, id, cancellation) is { Count: > 0 } problems)
        {
            return new Failure.Invalid(problems);
        }

        (organisation.Name, organisation.Kind, organisation.AreaCode) = (tidy.Name!, tidy.Kind!.Value, tidy.AreaCode ?? organisation.AreaCode);
        Set(organisation, tidy);
        await db.CommitAsync(actor.Act("shell.change-organisation", clock.GetUtcNow(), organisation.Code), cancellation);
        return organisation;
    }

    /// <summary>An inactive organisation gets nothing new; what it has in hand stays until it is dispatched elsewhere.</summary>
    public async Task<Outcome<Organisation>> SwitchAsync(Actor actor, Guid id, bool isActive, CancellationToken cancellation)
    {
        if (await db.Set<Organisation>().SingleOrDefaultAsync(o => o.Id == id, cancellation) is not { } organisation)
        {
            return Unknown;
        }

        if (!AdministratorReach.Covers(actor, organisation.AreaCode))
        {
            return AdministratorReach.Beyond;
        }

        if (organisation.IsActive != isActive)
        {
            organisation.IsActive = isActive;
            await db.CommitAsync(actor.Act(isActive ? "shell.enable-organisation" : "shell.disable-organisation", clock.GetUtcNow(), organisation.Code), cancellation);
        }

        return organisation;
    }

    private static void Set(Organisation organisation, OrganisationInput input)
    {
        organisation.NameEn = input.NameEn;
        organisation.ShortName = input.ShortName;
        organisation.ParentId = input.ParentId;
        organisation.CreditCode = input.CreditCode;
        organisation.IsAllianceMember = input.IsAllianceMember;
        organisation.Offers = input.Offers ?? "";
        organisation.Address = input.Address;
        organisation.Phone = input.Phone;
        organisation.CalendarCode = input.CalendarCode;
    }
}
