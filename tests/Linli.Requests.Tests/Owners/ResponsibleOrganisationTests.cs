using System.Globalization;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Requests.Catalogue;
using Linli.Requests.Owners;
using Linli.Requests.Tests.Catalogue;
using Linli.Shell.Text;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Tests.Owners;

public sealed class ResponsibleOrganisationTests
{
    private const string BaichiVillage = "140427101200";
    private const string Chengnan = "140427100001";
    private const string Nanguan = "140427100200";
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.FromHours(8));
    private static readonly DateTimeOffset Midnight = new(2026, 3, 2, 23, 30, 0, TimeSpan.FromHours(8));

    [Fact]
    public async Task Every_type_has_an_answer_in_every_town_and_every_village_by_day_and_by_night_and_without_a_place()
    {
        await using var town = await County.FoundAsync();
        var types = (await town.InScopeAsync((CatalogueReader reader) => reader.NowAsync(default))).Types;
        var areas = await town.InScopeAsync((LinliDb db) => db.Set<Area>().Where(a => a.Level == AreaLevel.Town || a.Code.StartsWith("140427100")).Select(a => a.Code).ToListAsync());

        await town.InScopeAsync(async (ResponsibleOrganisation responsible) =>
        {
            foreach (var type in types)
            {
                foreach (var area in areas.Where(a => a.Length <= 9 || a.EndsWith("001", StringComparison.Ordinal) || a.EndsWith("200", StringComparison.Ordinal)).Append(null))
                {
                    var proposal = await responsible.FindAsync(new OwnerQuestion(type.Code, area, area?.Length == 9 ? Midnight : Noon), default);
                    Assert.True(proposal.Organisation is not null, $"Nobody answers for {type.Code} in {area}.");
                }
            }
        });
    }

    [Theory]
    [InlineData("road-damage", Chengnan, "dept-municipal")]
    [InlineData("road-damage", BaichiVillage, "town-baichi")]
    [InlineData("village-road", Nanguan, "town-longquan")]
    [InlineData("village-road", Chengnan, "dept-municipal")]
    [InlineData("street-lamp", Chengnan, "dept-municipal")]
    [InlineData("taxi-service", BaichiVillage, "dept-transport")]
    [InlineData("taxi-service", null, "dept-transport")]
    [InlineData("street-lamp", null, "dept-municipal")]
    [InlineData("conduct-complaint", BaichiVillage, "gov-discipline")]
    [InlineData("gas-leak", "14042710000101", "util-gas")]
    public async Task The_most_specific_line_wins(string type, string? area, string expected)
    {
        await using var town = await County.FoundAsync();

        var proposal = await FindAsync(town, type, area, Noon);

        Assert.Equal(expected, proposal.Organisation?.Code);
        Assert.Equal(Verdict.Chosen, proposal.Candidates[0].Verdict);
        Assert.All(proposal.Candidates.Skip(1), c => Assert.Equal(Verdict.LessSpecific, c.Verdict));
    }

    [Fact]
    public async Task At_night_the_night_line_goes_before_the_township()
    {
        await using var town = await County.FoundAsync();

        Assert.Equal("town-baichi", (await FindAsync(town, "child-protection", BaichiVillage, Noon)).Organisation?.Code);
        Assert.Equal("dept-police", (await FindAsync(town, "child-protection", BaichiVillage, Midnight)).Organisation?.Code);
    }

    [Fact]
    public async Task Never_the_organisation_that_the_request_is_about_nor_one_below_it()
    {
        await using var town = await County.FoundAsync();
        var organisations = await town.InScopeAsync((LinliDb db) => db.Set<Organisation>().ToDictionaryAsync(o => o.Code, o => o.Id));

        var aboutTown = await FindAsync(town, "road-damage", BaichiVillage, Noon, organisations["town-baichi"]);
        Assert.Equal("dept-municipal", aboutTown.Organisation?.Code);
        Assert.Equal(Verdict.Concerned, aboutTown.Candidates[0].Verdict);

        // The municipal works belong to the housing administration: both step aside, the next line takes it.
        Assert.Equal("dept-transport", (await FindAsync(town, "road-damage", Chengnan, Noon, organisations["dept-housing"])).Organisation?.Code);

        // Nobody else is in the table: the organisation above decides.
        var aboutMarket = await FindAsync(town, "food-safety", Chengnan, Noon, organisations["dept-market"]);
        Assert.Equal(("gov-county", Verdict.Superior), (aboutMarket.Organisation?.Code, aboutMarket.Candidates[^1].Verdict));
    }

    [Fact]
    public async Task It_says_why_in_both_languages()
    {
        await using var town = await County.FoundAsync();
        var catalogue = await town.InScopeAsync((CatalogueReader reader) => reader.NowAsync(default));
        var proposal = await FindAsync(town, "road-damage", BaichiVillage, Noon);

        Assert.Equal("建议派给百尺镇政府：“道路破损”在百尺镇的责任单位。", Say("zh-CN", proposal.Candidates[0]));
        Assert.Equal("县市政中心也是“道路破损”在壶关县的责任单位，但有更具体的分工。", Say("zh-CN", proposal.Candidates[1]));
        Assert.Equal("Proposed: People’s Government of Baichi Town, responsible for \"Damaged road\" in Baichi Town.", Say("en", proposal.Candidates[0]));

        string Say(string language, Candidate candidate)
        {
            var before = CultureInfo.CurrentUICulture;
            try
            {
                CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
                return ResponsibilityTexts.Of(town.Services.GetRequiredService<Texts>(), catalogue.Type("road-damage")!, catalogue.Group("roads")!, candidate, null);
            }
            finally
            {
                CultureInfo.CurrentUICulture = before;
            }
        }
    }

    [Fact]
    public async Task A_line_that_is_replaced_still_answers_for_the_days_before()
    {
        await using var town = await County.FoundAsync();
        town.Clock.Advance(TimeSpan.FromDays(30));
        using var files = await County.ChangedAsync(responsibility: text => text.Replace("\nmanhole,,140427,dept-municipal,,", "\nmanhole,,140427,dept-housing,,", StringComparison.Ordinal));

        var result = County.Clean(await town.InScopeAsync((ImportCatalogue import) => import.ImportAsync(files, Actor.System)));

        Assert.Equal((1, 0, 1), (result.Added, result.Changed, result.Retired));
        Assert.Equal("dept-municipal", (await FindAsync(town, "manhole", Chengnan, Noon)).Organisation?.Code);
        Assert.Equal("dept-housing", (await FindAsync(town, "manhole", Chengnan, Noon.AddDays(30))).Organisation?.Code);
        using var again = await County.ChangedAsync(responsibility: text => text.Replace("\nmanhole,,140427,dept-municipal,,", "\nmanhole,,140427,dept-housing,,", StringComparison.Ordinal));
        Assert.Equal(0, County.Clean(await town.InScopeAsync((ImportCatalogue import) => import.ImportAsync(again, Actor.System))).Added);
    }

    private static Task<ResponsibilityProposal> FindAsync(Town town, string type, string? area, DateTimeOffset at, Guid? about = null) =>
        town.InScopeAsync((ResponsibleOrganisation responsible) => responsible.FindAsync(new OwnerQuestion(type, area, at, about), default));
}
