using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Linli.Shell.Accounts.Sessions;
using Linli.Shell.Organisations;
using Linli.Shell.People;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Import.Assistant;

/// <param name="Mark">What it is like now, for telling later whether somebody touched it.</param>
/// <param name="Before">What it was like before; null where it is new.</param>
/// <param name="IsKnown">It was there and is so already.</param>
internal sealed record TakenRow(string Subject, string Mark, string? Before, bool IsKnown = false)
{
    /// <summary>What of one that was there is otherwise now: the field, "what → what".</summary>
    public IReadOnlyList<FieldProblem> Changes { get; init; } = [];

    /// <summary>What the change does beyond the row; null for nothing that somebody would want to know before.</summary>
    public FieldProblem? Warning { get; init; }
}

/// <summary>Rows that are taken one by one, through the same use cases as on their own pages.</summary>
internal interface IRowTarget
{
    ImportKind Kind { get; }

    /// <summary>What a row may be called by other rows of the file.</summary>
    IEnumerable<string> NamesOf(ImportSheet sheet, ImportRow row) => [];

    /// <summary>What of the file a row builds on; such rows above it are tried before it.</summary>
    IEnumerable<string> ReachesOf(ImportSheet sheet, ImportRow row) => [];

    /// <summary>What no two rows of a file may share; null where the use case itself refuses the second.</summary>
    string? KeyOf(ImportSheet sheet, ImportRow row) => null;

    /// <summary>Why each row that names what a row before it named is wrong: the second would change the first without a word.</summary>
    IReadOnlyDictionary<ImportRow, FieldProblem> TwiceIn(ImportSheet sheet)
    {
        var (first, twice) = (new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase), new Dictionary<ImportRow, FieldProblem>(ReferenceEqualityComparer.Instance));
        foreach (var row in sheet.Table.Rows)
        {
            if (KeyOf(sheet, row) is { } key && !first.TryAdd(key, row.Line))
            {
                twice[row] = new FieldProblem("code", "第 {0} 行已经有代码“{1}”。同一个代码只能有一行。", first[key], key);
            }
        }

        return twice;
    }

    Task<Outcome<TakenRow>> TakeAsync(Actor by, ImportSheet sheet, ImportRow row, CancellationToken cancellation);

    /// <summary>Puts back what a row did; only tracked, the caller commits.</summary>
    /// <returns>Why it cannot be; null when it is done.</returns>
    Task<FieldProblem?> UndoAsync(Actor by, ImportItem item, string? before, CancellationToken cancellation);

    /// <summary>An import or its undoing is through.</summary>
    Task EndedAsync(CancellationToken cancellation) => Task.CompletedTask;
}

/// <summary>What files call areas and organisations: by code, or by a name that only one has.</summary>
internal sealed class NameLookups(LinliDb db)
{
    public async Task<(string? Code, FieldProblem? Problem)> AreaAsync(string? said, CancellationToken cancellation)
    {
        if (said is null)
        {
            return (null, null);
        }

        var found = await db.Set<Area>().AsNoTracking().Where(a => a.EndedOn == null && (a.Code == said || a.Name == said || a.FullName == said)).OrderBy(a => a.Code).Select(a => a.Code).Take(2).ToListAsync(cancellation);
        return found is [var only] ? (only, null) : (null, new FieldProblem("areaCode", found.Count == 0 ? "没有叫“{0}”的区域。请写区域代码或全称。" : "叫“{0}”的区域不止一个。请写区域代码或全称。", said));
    }

    public async Task<(Guid? Id, FieldProblem? Problem)> OrganisationAsync(string field, string? said, CancellationToken cancellation)
    {
        if (said is null)
        {
            return (null, null);
        }

        var found = await db.Set<Organisation>().AsNoTracking().Where(o => o.Code == said || o.Name == said || o.ShortName == said).OrderBy(o => o.Code).Select(o => o.Id).Take(2).ToListAsync(cancellation);
        return found is [var only] ? (only, null) : (null, new FieldProblem(field, found.Count == 0 ? "没有叫“{0}”的单位。请写单位代码，或先把它放在前面的行。" : "叫“{0}”的单位不止一个。请写单位代码。", said));
    }

    public static string MarkOf(object what) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(what, Json.Plain))));
}

internal sealed class OrganisationRows(LinliDb db, KeepOrganisations keep, NameLookups lookups) : IRowTarget
{
    private static readonly string[] Called = ["code", "name", "shortName"];

    public ImportKind Kind => ImportKind.Organisations;

    public string? KeyOf(ImportSheet sheet, ImportRow row) => sheet.Cell(row, "code");

    public IEnumerable<string> NamesOf(ImportSheet sheet, ImportRow row) => Called.Select(f => sheet.Cell(row, f)).OfType<string>();

    public IEnumerable<string> ReachesOf(ImportSheet sheet, ImportRow row) => sheet.Cell(row, "parentId") is { } parent ? [parent] : [];

    public async Task<Outcome<TakenRow>> TakeAsync(Actor by, ImportSheet sheet, ImportRow row, CancellationToken cancellation)
    {
        var (area, noArea) = await lookups.AreaAsync(sheet.Cell(row, "areaCode"), cancellation);
        var (parent, noParent) = await lookups.OrganisationAsync("parentId", sheet.Cell(row, "parentId"), cancellation);
        var kind = sheet.Cell(row, "kind");
        var known = Enum.GetValues<OrganisationKind>().Where(k => KindName.Of(k) is var (zh, en) && (k.ToString().Equals(kind, StringComparison.OrdinalIgnoreCase) || zh == kind || en.Equals(kind, StringComparison.OrdinalIgnoreCase))).Select(k => (OrganisationKind?)k).FirstOrDefault();
        var noKind = kind is not null && known is null ? new FieldProblem("kind", "不认识单位类型“{0}”。可以是：{1}。", kind, string.Join(Texts.IsEnglish ? ", " : "、", Enum.GetValues<OrganisationKind>().Select(KindName.Show))) : null;
        if (new[] { noArea, noParent, noKind }.OfType<FieldProblem>().ToList() is { Count: > 0 } wrong)
        {
            return new Failure.Invalid(wrong);
        }

        var code = sheet.Cell(row, "code");
        var there = code is null ? null : await db.Set<Organisation>().AsNoTracking().SingleOrDefaultAsync(o => o.Code == code, cancellation);
        string? Or(string field, string? now) => sheet.Choice.Columns.ContainsKey(field) ? sheet.Cell(row, field) : now;
        var input = new OrganisationInput(
            code, Or("name", there?.Name), Or("nameEn", there?.NameEn), Or("shortName", there?.ShortName), known ?? there?.Kind, sheet.Choice.Columns.ContainsKey("parentId") ? parent : there?.ParentId,
            area ?? there?.AreaCode, Or("creditCode", there?.CreditCode), there?.IsAllianceMember ?? false, there?.Offers, Or("address", there?.Address), Or("phone", there?.Phone), there?.CalendarCode);
        var before = there is null ? null : Of(there);
        var done = there is null ? await keep.AddAsync(by, input, cancellation) : await keep.ChangeAsync(by, there.Id, input, cancellation);
        return done.Succeeded
            ? new TakenRow(done.Value.Id.ToString("N"), NameLookups.MarkOf(Of(done.Value)), before is null ? null : JsonSerializer.Serialize(before, Json.Plain), before == Of(done.Value))
            {
                Changes = before is null || before.Name == done.Value.Name ? [] : [new FieldProblem("name", "{0} → {1}", before.Name!, done.Value.Name)],
            }
            : done.Failure;
    }

    public async Task<FieldProblem?> UndoAsync(Actor by, ImportItem item, string? before, CancellationToken cancellation)
    {
        var id = Guid.Parse(item.Subject);
        if (await db.Set<Organisation>().SingleOrDefaultAsync(o => o.Id == id, cancellation) is not { } organisation)
        {
            return null;
        }

        if (NameLookups.MarkOf(Of(organisation)) != item.Mark)
        {
            return new FieldProblem("row", "单位 {0} 导入以后又改过。", organisation.Name);
        }

        if (before is not null)
        {
            var undone = await keep.ChangeAsync(by, id, JsonSerializer.Deserialize<OrganisationInput>(before, Json.Plain)!, cancellation);
            return undone.Succeeded ? null : new FieldProblem("row", "单位 {0} 不能改回原样。", organisation.Name);
        }

        if (await db.Set<Appointment>().AnyAsync(a => a.OrganisationId == id, cancellation) || await db.Set<ServiceRequest>().AnyAsync(r => r.LeadOrganisationId == id || r.AboutOrganisationId == id, cancellation)
            || await db.Set<Organisation>().AnyAsync(o => o.ParentId == id, cancellation) || await db.Set<RequestEvent>().AnyAsync(e => e.OrganisationId == id, cancellation))
        {
            return new FieldProblem("row", "单位 {0} 已经有人任职、有诉求或有下级单位。", organisation.Name);
        }

        db.Remove(organisation);
        return null;
    }

    private static OrganisationInput Of(Organisation o) => new(
        o.Code, o.Name, o.NameEn, o.ShortName, o.Kind, o.ParentId, o.AreaCode, o.CreditCode, o.IsAllianceMember, o.Offers, o.Address, o.Phone, o.CalendarCode);
}

/// <summary>Accounts with one post each; they choose a password with a one-time code that an administrator gives them.</summary>
internal sealed class StaffRows(LinliDb db, AddPerson add, NameLookups lookups) : IRowTarget
{
    public ImportKind Kind => ImportKind.Staff;

    public IEnumerable<string> NamesOf(ImportSheet sheet, ImportRow row) => sheet.Cell(row, "login") is { } login ? [login.ToUpperInvariant()] : [];

    /// <summary>The same login twice is wrong the second time.</summary>
    public IEnumerable<string> ReachesOf(ImportSheet sheet, ImportRow row) => NamesOf(sheet, row);

    public async Task<Outcome<TakenRow>> TakeAsync(Actor by, ImportSheet sheet, ImportRow row, CancellationToken cancellation)
    {
        var (area, noArea) = await lookups.AreaAsync(sheet.Cell(row, "areaCode"), cancellation);
        var (organisation, noOrganisation) = await lookups.OrganisationAsync("organisationId", sheet.Cell(row, "organisationId"), cancellation);
        var said = sheet.Cell(row, "role");
        var role = Enum.GetValues<Role>().Where(r => RoleName.Of(r) is { } name && (r.ToString().Equals(said, StringComparison.OrdinalIgnoreCase) || name.Zh == said || string.Equals(name.En, said, StringComparison.OrdinalIgnoreCase))).Select(r => (Role?)r).FirstOrDefault();
        var noRole = said is not null && role is null ? new FieldProblem("role", "不认识岗位“{0}”。可以是：{1}。", said, string.Join(Texts.IsEnglish ? ", " : "、", Enum.GetValues<Role>().Select(RoleName.Show))) : null;
        if (new[] { noArea, noOrganisation, noRole }.OfType<FieldProblem>().ToList() is { Count: > 0 } wrong)
        {
            return new Failure.Invalid(wrong);
        }

        var person = new PersonInput(sheet.Cell(row, "login"), sheet.Cell(row, "name"), null, sheet.Cell(row, "email"), null, sheet.Cell(row, "phone"));
        var added = await add.HandleAsync(by, person, [new PostInput(role, organisation, area)], null, cancellation);
        return added.Succeeded ? new TakenRow(added.Value.Id.ToString("N"), await StampAsync(added.Value.Id, cancellation) ?? "", null) : added.Failure;
    }

    public async Task<FieldProblem?> UndoAsync(Actor by, ImportItem item, string? before, CancellationToken cancellation)
    {
        var id = Guid.Parse(item.Subject);
        if (await db.Set<Account>().SingleOrDefaultAsync(a => a.Id == id, cancellation) is not { } account)
        {
            return null;
        }

        if (await StampAsync(id, cancellation) != item.Mark || await db.Set<AccountSession>().AnyAsync(s => s.AccountId == id, cancellation))
        {
            return new FieldProblem("row", "{0} 的账号已经用过，或改过。要停用请到人员页面。", account.Name);
        }

        db.RemoveRange(await db.Set<Appointment>().Where(a => a.AccountId == id).ToListAsync(cancellation));
        db.Remove(account);
        return null;
    }

    private async Task<string?> StampAsync(Guid id, CancellationToken cancellation)
    {
        var account = await db.Set<Account>().AsNoTracking().Where(a => a.Id == id).Select(a => new { a.SecurityStamp, a.Name, a.IsActive, a.UserName }).SingleOrDefaultAsync(cancellation);
        var posts = await db.Set<Appointment>().Where(a => a.AccountId == id).OrderBy(a => a.Id).Select(a => new { a.Id, a.Until }).ToListAsync(cancellation);
        return account is null ? null : NameLookups.MarkOf(new { account, posts });
    }
}
