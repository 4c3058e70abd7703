using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Requests.Catalogue;
using Linli.Requests.Notices;
using Linli.Shell.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Steps;

/// <summary>Finds what inputs name by code, or says which code is unknown.</summary>
internal sealed class StepLookups(LinliDb db, CatalogueReader catalogue, FindRecipients find, ConcernedFilter concerned)
{
    /// <summary>The organisation with this code, unless it is the one that the request is about.</summary>
    public async Task<Outcome<Organisation>> OrganisationAsync(string field, string? code, ServiceRequest request, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(code))
        {
            return new Failure.Invalid(field, "请选择单位。");
        }

        var organisation = await db.Set<Organisation>().AsNoTracking().SingleOrDefaultAsync(o => o.Code == code.Trim() && o.IsActive, cancellation);
        if (organisation is null)
        {
            return new Failure.Invalid(field, "没有代码为“{0}”的单位，或者它已停用。请从列表中选择。", Check.Short(code));
        }

        if (request.AboutOrganisationId is { } about && await IsAtOrBelowAsync(organisation.Id, about, cancellation))
        {
            return new Failure.Conflict("organisation_is_concerned", "这件诉求反映的就是{0}，按回避规定不能交给它办理。请选择其他单位。", organisation.Name);
        }

        return await HasNobodyForAsync(organisation, request, cancellation)
            ? new Failure.Conflict("organisation_has_nobody", "{0}没有可以办理这件诉求的人：它是敏感事项，或者那里的人都要回避。请选择其他单位，或请管理员任命。", organisation.Name)
            : organisation;
    }

    /// <summary>The only one of these organisations, or the one with the code; null when that does not decide it.</summary>
    public async Task<Guid?> ChosenAsync(IEnumerable<Guid> organisations, string? code, CancellationToken cancellation)
    {
        var ids = organisations.Distinct().ToList();
        return string.IsNullOrWhiteSpace(code)
            ? ids.Count == 1 ? ids[0] : null
            : await db.Set<Organisation>().Where(o => ids.Contains(o.Id) && o.Code == code.Trim()).Select(o => (Guid?)o.Id).SingleOrDefaultAsync(cancellation);
    }

    /// <summary>The reason with this code in the list of <paramref name="kind"/> (decline, return, pause, reopen, result, withdraw, extend).</summary>
    public async Task<Outcome<ReasonCode>> ReasonAsync(string field, string kind, string? code, CancellationToken cancellation)
    {
        var reasons = await catalogue.ReasonsAsync(kind, cancellation);
        return reasons.FirstOrDefault(r => r.Code == code?.Trim()) is { } reason
            ? reason
            : string.IsNullOrWhiteSpace(code)
                ? kind == "result" ? new Failure.Invalid(field, "请选择办理结果。") : new Failure.Invalid(field, "请选择原因。")
                : new Failure.Invalid(field, "没有代码为“{0}”的原因。请从列表中选择。", Check.Short(code));
    }

    /// <summary>Whether the organisation, or one above it, is this one.</summary>
    public async Task<bool> IsAtOrBelowAsync(Guid organisation, Guid top, CancellationToken cancellation)
    {
        // Bounded, should somebody ever make a circle of parents.
        Guid? current = organisation;
        for (var height = 0; current is { } id && height < 20; height++)
        {
            if (id == top)
            {
                return true;
            }

            current = await db.Set<Organisation>().Where(o => o.Id == id).Select(o => o.ParentId).SingleOrDefaultAsync(cancellation);
        }

        return false;
    }

    /// <summary>Of a sensitive matter, or one that some are out of, only where somebody is left who may see it.</summary>
    private async Task<bool> HasNobodyForAsync(Organisation organisation, ServiceRequest request, CancellationToken cancellation) =>
        (request.IsSensitive || request.Recused is not null || request.AboutPerson is not null)
        && (await find.HandleAsync(await concerned.WithoutAsync([Recipients.HandlersOf(organisation.Id, request.Matter)], request.Concern, cancellation), cancellation)).Count == 0;
}
