using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Requests.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Steps;

/// <summary>Finds what inputs name by code, or says which code is unknown.</summary>
internal sealed class StepLookups(LinliDb db, CatalogueReader catalogue)
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

        return await IsAboutAsync(organisation, request, cancellation)
            ? new Failure.Conflict("organisation_is_concerned", "这件诉求反映的就是{0}，按回避规定不能交给它办理。请选择其他单位。", organisation.Name)
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

    /// <summary>Whether the organisation, or one above it, is the one that the request is about.</summary>
    private async Task<bool> IsAboutAsync(Organisation organisation, ServiceRequest request, CancellationToken cancellation)
    {
        for (var current = organisation; request.AboutOrganisationId is { } about && current is not null;)
        {
            if (current.Id == about)
            {
                return true;
            }

            current = current.ParentId is { } parent ? await db.Set<Organisation>().AsNoTracking().SingleOrDefaultAsync(o => o.Id == parent, cancellation) : null;
        }

        return false;
    }
}
