using System.Text;
using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Tests.Catalogue;

public sealed class ImportOrganisationsTests
{
    [Fact]
    public async Task A_file_may_say_by_which_calendar_an_organisation_goes_and_keeps_quiet_about_it_otherwise()
    {
        await using var town = await Town.FoundAsync();

        County.Clean(await ImportAsync(town, "code,name,kind,area,calendar\nhosp-night,夜间诊所,hospital,140427,cn"));
        Assert.Equal("cn", await CalendarAsync(town));

        var again = County.Clean(await ImportAsync(town, "code,name,kind,area\nhosp-night,夜间诊所,hospital,140427"));
        Assert.Equal((1, "cn"), (again.Unchanged, await CalendarAsync(town)));

        County.Clean(await ImportAsync(town, "code,name,kind,area,calendar\nhosp-night,夜间诊所,hospital,140427,"));
        Assert.Null(await CalendarAsync(town));
    }

    [Fact]
    public async Task A_calendar_that_does_not_exist_is_named_with_those_that_do()
    {
        await using var town = await Town.FoundAsync();

        var refused = await ImportAsync(town, "code,name,kind,area,calendar\nhosp-night,夜间诊所,hospital,140427,moon");

        var problem = Assert.Single(Assert.IsType<Failure.Invalid>(refused.Failure).Problems);
        Assert.Equal("some.csv:2 › calendar", problem.Field);
        Assert.Equal("moon", problem.Values[0]);
        Assert.Contains("huguan", (string)problem.Values[1]!, StringComparison.Ordinal);
    }

    private static Task<Outcome<ImportedOrganisations>> ImportAsync(Town town, string csv) =>
        town.InScopeAsync((ImportOrganisations import) => import.ImportAsync(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "some.csv", Actor.System));

    private static Task<string?> CalendarAsync(Town town) => town.ReadAsync(db => db.Set<Organisation>().Where(o => o.Code == "hosp-night").Select(o => o.CalendarCode).SingleAsync());
}
