using Linli.Kernel.Areas;
using Linli.Kernel.Clocks;
using Linli.Kernel.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Kernel.Organisations;

/// <summary>What an import did.</summary>
/// <param name="Unchanged">In the file and already so.</param>
public sealed record ImportedOrganisations(int Added, int Changed, int Unchanged);

/// <summary>
/// Brings organisations in from a table: all of it in one transaction, or nothing with every wrong line named. A second run changes
/// nothing. What is not in the file stays as it is; the column <c>active</c> retires an organisation.
/// </summary>
public sealed class ImportOrganisations(LinliDb db, CalendarsInForce calendars, TimeProvider time)
{
    /// <param name="csv">UTF-8; columns as in <see cref="OrganisationCsv"/>.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="actor">Who imports.</param>
    /// <param name="cancellation">Before it is written, nothing is written.</param>
    public async Task<Outcome<ImportedOrganisations>> ImportAsync(Stream csv, string file, Actor actor, CancellationToken cancellation = default)
    {
        var problems = new ImportProblems();
        var rows = OrganisationCsv.Read(csv, file, problems);
        var known = await db.Set<Organisation>().ToDictionaryAsync(o => o.Code, cancellation);
        var areas = await db.Set<Area>().Select(a => a.Code).ToHashSetAsync(cancellation);
        Check(rows, known, areas, (await calendars.GetAsync(cancellation)).All, problems);
        if (rows.Count == 0 && problems.Count == 0)
        {
            problems.Add(file, "文件中没有单位。");
        }

        if (problems.Count > 0)
        {
            db.ChangeTracker.Clear(); // what was loaded to be changed must not go with the next commit
            return problems.ToFailure();
        }

        var result = Apply(rows, known);
        if (result.Added + result.Changed > 0)
        {
            await db.CommitAsync(actor.Act("organisations.import", time.GetUtcNow(), file), cancellation);
        }

        return result;
    }

    private static void Check(List<OrganisationRow> rows, Dictionary<string, Organisation> known, HashSet<string> areas, WorkCalendars installed, ImportProblems problems)
    {
        var inFile = rows.CountBy(r => r.Code).ToDictionary();
        var parents = known.Values.ToDictionary(o => o.Code, o => known.Values.FirstOrDefault(p => p.Id == o.ParentId)?.Code);
        foreach (var row in rows)
        {
            parents[row.Code] = row.Parent;
        }

        var owners = known.Values.Where(o => o.CreditCode is not null).Select(o => (o.CreditCode, o.Code))
            .Concat(rows.Where(r => r.CreditCode is not null).Select(r => (r.CreditCode, r.Code))).Distinct().ToLookup(o => o.CreditCode, o => o.Code);
        foreach (var row in rows)
        {
            if (row.CreditCode is not null && owners[row.CreditCode].FirstOrDefault(o => o != row.Code) is { } other)
            {
                problems.Add($"{row.Place} › credit_code", "统一社会信用代码“{0}”已属于单位“{1}”。", row.CreditCode, other);
            }

            if (inFile[row.Code] > 1)
            {
                problems.Add($"{row.Place} › code", "代码“{0}”在文件中出现了 {1} 次。", row.Code, inFile[row.Code]);
            }

            if (!areas.Contains(row.Area))
            {
                problems.Add($"{row.Place} › area", "没有代码为“{0}”的区域。请先导入区域。", row.Area);
            }

            if (row.Calendar is { } calendar && installed.Find(calendar) is null)
            {
                problems.Add($"{row.Place} › calendar", "没有工作日历“{0}”。现有：{1}。", calendar, string.Join(", ", installed.Codes));
            }

            if (row.Parent is { } parent && !parents.ContainsKey(parent))
            {
                problems.Add($"{row.Place} › parent", "没有代码为“{0}”的上级单位。", parent);
            }
            else if (IsItsOwnSuperior(row.Code, parents))
            {
                problems.Add($"{row.Place} › parent", "上级单位“{0}”绕了一圈又回到它自己。", row.Parent!);
            }
        }
    }

    private static bool IsItsOwnSuperior(string code, Dictionary<string, string?> parents)
    {
        var seen = new HashSet<string>();
        for (var above = parents[code]; above is not null && seen.Add(above); above = parents.GetValueOrDefault(above))
        {
            if (above == code)
            {
                return true;
            }
        }

        return false;
    }

    private ImportedOrganisations Apply(List<OrganisationRow> rows, Dictionary<string, Organisation> known)
    {
        var (added, changed) = (0, 0);
        foreach (var row in rows.Where(r => !known.ContainsKey(r.Code)))
        {
            var organisation = new Organisation { Code = row.Code, Name = row.Name, Kind = row.Kind, AreaCode = row.Area };
            known.Add(row.Code, organisation);
            db.Add(organisation);
            added++;
        }

        foreach (var row in rows)
        {
            var organisation = known[row.Code];
            (organisation.Name, organisation.NameEn, organisation.ShortName, organisation.Kind) = (row.Name, row.NameEn, row.ShortName, row.Kind);
            (organisation.AreaCode, organisation.CreditCode, organisation.Address, organisation.Phone) = (row.Area, row.CreditCode, row.Address, row.Phone);
            (organisation.IsAllianceMember, organisation.Offers, organisation.IsActive) = (row.IsAllianceMember, row.Offers, row.IsActive);
            organisation.ParentId = row.Parent is null ? null : known[row.Parent].Id;
            organisation.CalendarCode = row.NamesCalendar ? row.Calendar : organisation.CalendarCode;
            changed += db.Entry(organisation).State == EntityState.Modified ? 1 : 0;
        }

        return new ImportedOrganisations(added, changed, rows.Count - added - changed);
    }
}

public static class OrganisationServices
{
    public static IServiceCollection AddOrganisations(this IServiceCollection services) => services.AddScoped<ImportOrganisations>();
}
