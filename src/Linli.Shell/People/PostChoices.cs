using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Clocks;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Shell.Pages;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.People;

/// <summary>What the lists of a form offer: roles, organisations in use, areas, calendars.</summary>
public sealed class PostChoices(LinliDb db, CalendarsInForce calendars, IEnumerable<IPostScopes> scopes)
{
    public static IReadOnlyList<Option> Roles => [.. Enum.GetValues<Role>().Select(r => new Option(r.ToString(), RoleName.Show(r)))];

    public async Task<IReadOnlyList<Option>> OrganisationsAsync(CancellationToken cancellation)
    {
        var all = await db.Set<Organisation>().AsNoTracking().Where(o => o.IsActive).OrderBy(o => o.Code)
            .Select(o => new { o.Id, o.Kind, o.Name, o.NameEn }).ToListAsync(cancellation);
        return [.. all.OrderBy(o => o.Kind).Select(o => new Option(o.Id.ToString(), Texts.Pick(o.Name, o.NameEn), Organisations.KindName.Show(o.Kind)))];
    }

    /// <summary>By their codes, as programs name them.</summary>
    public async Task<IReadOnlyList<Option>> OrganisationCodesAsync(CancellationToken cancellation)
    {
        var all = await db.Set<Organisation>().AsNoTracking().Where(o => o.IsActive).OrderBy(o => o.Code)
            .Select(o => new { o.Code, o.Kind, o.Name, o.NameEn }).ToListAsync(cancellation);
        return [.. all.OrderBy(o => o.Kind).Select(o => new Option(o.Code, Texts.Pick(o.Name, o.NameEn), Organisations.KindName.Show(o.Kind)))];
    }

    public async Task<IReadOnlyList<Option>> CalendarsAsync(CancellationToken cancellation)
    {
        var installed = await calendars.GetAsync(cancellation);
        return [.. installed.All.Codes.Select(c => new Option(c, Texts.Pick(installed.Get(c).Name.Zh, installed.Get(c).Name.En)))];
    }

    /// <summary>Service groups that a post can be limited to.</summary>
    public async Task<IReadOnlyList<Option>> GroupsAsync(CancellationToken cancellation) =>
        [.. (await scopes.AllAsync(cancellation)).Select(g => new Option(g.Code, Texts.Pick(g.NameZh, g.NameEn)))];

    /// <summary>County and towns first, then villages and grids under their town.</summary>
    public async Task<IReadOnlyList<Option>> AreasAsync(CancellationToken cancellation)
    {
        var all = await db.Set<Area>().AsNoTracking().Where(a => a.EndedOn == null).OrderBy(a => a.Code)
            .Select(a => new { a.Code, a.Level, a.Name, a.NameEn }).ToListAsync(cancellation);
        var towns = all.Where(a => a.Level == AreaLevel.Town).ToDictionary(a => a.Code, a => Texts.Pick(a.Name, a.NameEn));
        return
        [
            .. all.Where(a => a.Level <= AreaLevel.Town).Select(a => new Option(a.Code, Texts.Pick(a.Name, a.NameEn))),
            .. all.Where(a => a.Level > AreaLevel.Town).Select(a => new Option(a.Code, Texts.Pick(a.Name, a.NameEn), towns.GetValueOrDefault(a.Code[..Math.Min(9, a.Code.Length)]))),
        ];
    }
}
