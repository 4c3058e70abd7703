using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.People;

/// <summary>A post to be given.</summary>
/// <param name="Role">What the person does.</param>
/// <param name="OrganisationId">For whom; needed by roles that work for an organisation.</param>
/// <param name="AreaCode">Where; empty is the whole jurisdiction.</param>
/// <param name="From">First moment; null is now.</param>
/// <param name="Until">First moment when it is over; null is open.</param>
/// <param name="ServiceGroups">Codes of the service groups that it is limited to; null or empty for all.</param>
/// <param name="SeesSensitive">Cleared for sensitive matters.</param>
public sealed record PostInput(
    Role? Role, Guid? OrganisationId, string? AreaCode, DateTimeOffset? From = null, DateTimeOffset? Until = null,
    IReadOnlyList<string>? ServiceGroups = null, bool SeesSensitive = false);

/// <summary>Checks a post and makes the appointment.</summary>
public sealed class MakeAppointment(LinliDb db, IEnumerable<IPostScopes> scopes, TimeProvider clock)
{
    /// <param name="actor">Who appoints; administrators of a part of the jurisdiction give posts in that part alone.</param>
    /// <param name="account">Whom.</param>
    /// <param name="input">To what.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>The appointment, not yet added to the session.</returns>
    public async Task<Outcome<Appointment>> HandleAsync(Actor actor, Guid account, PostInput input, CancellationToken cancellation)
    {
        var problems = new List<FieldProblem>();
        if (input.Role is not { } role || !Enum.IsDefined(role))
        {
            problems.Add(new FieldProblem("role", "请选择岗位。"));
        }
        else if (actor.Kind != ActorKind.System && actor.Id == account)
        {
            problems.Add(new FieldProblem("role", "不能给自己任职。请由另一位管理员任命。"));
        }
        else if (RoleName.NeedsOrganisation(role) && input.OrganisationId is null)
        {
            problems.Add(new FieldProblem("organisationId", "这个岗位属于某个单位，请选择单位。"));
        }

        if (input.OrganisationId is { } organisation)
        {
            var worksIn = await db.Set<Organisation>().Where(o => o.Id == organisation && o.IsActive).Select(o => o.AreaCode).SingleOrDefaultAsync(cancellation);
            if (worksIn is null)
            {
                problems.Add(new FieldProblem("organisationId", "没有这个单位，或者它已经停用。"));
            }
            else if (!AdministratorReach.Covers(actor, worksIn))
            {
                problems.Add(new FieldProblem("organisationId", "这个单位的工作范围超出了您的管理员岗位。请由负责它的管理员任命。"));
            }
        }

        var area = string.IsNullOrWhiteSpace(input.AreaCode) ? await RootAsync(cancellation) : input.AreaCode.Trim();
        if (area.Length > 0 && !await db.Set<Area>().AnyAsync(a => a.Code == area, cancellation))
        {
            problems.Add(new FieldProblem("areaCode", "没有代码为 {0} 的区域。", area));
        }
        else if (!AdministratorReach.Covers(actor, area))
        {
            problems.Add(new FieldProblem("areaCode", "这个区域超出了您的管理员岗位的范围。请由负责它的管理员任命。"));
        }

        var from = (input.From ?? clock.GetUtcNow()).ToUniversalTime();
        if (input.Until <= from)
        {
            problems.Add(new FieldProblem("until", "结束时间要晚于开始时间。"));
        }

        List<string> groups = [.. (input.ServiceGroups ?? []).Where(g => !string.IsNullOrWhiteSpace(g)).Select(g => g.Trim()).Distinct()];
        if (groups.Count > 0)
        {
            var known = await scopes.AllAsync(cancellation);
            problems.AddRange(groups.Where(g => known.All(k => k.Code != g)).Select(g => new FieldProblem("serviceGroups", "没有代码为 {0} 的事项大类。", g)));
        }

        return problems.Count > 0
            ? new Failure.Invalid(problems)
            : new Appointment
            {
                AccountId = account, Role = input.Role!.Value, OrganisationId = input.OrganisationId, AreaCode = area, From = from, Until = input.Until?.ToUniversalTime(),
                ServiceGroups = groups.Count == 0 ? null : groups, SeesSensitive = input.SeesSensitive,
            };
    }

    /// <summary>Empty before the jurisdiction is founded: everything that will be.</summary>
    private async Task<string> RootAsync(CancellationToken cancellation) =>
        await db.Set<Area>().Where(a => a.ParentCode == null).OrderBy(a => a.Code).Select(a => a.Code).FirstOrDefaultAsync(cancellation) ?? "";
}
