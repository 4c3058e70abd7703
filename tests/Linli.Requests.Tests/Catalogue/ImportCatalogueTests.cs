using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Requests.Catalogue;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Tests.Catalogue;

public sealed class ImportCatalogueTests
{
    [Fact]
    public async Task The_shipped_catalogue_and_organisations_come_in_cleanly_and_a_second_time_change_nothing()
    {
        await using var town = await County.FoundAsync();

        var catalogue = County.Clean(await County.ImportCatalogueAsync(town));
        var organisations = County.Clean(await County.ImportOrganisationsAsync(town));

        Assert.Equal((0, 0, 0), (catalogue.Added, catalogue.Changed, catalogue.Retired));
        Assert.Equal((0, 0), (organisations.Added, organisations.Changed));
        Assert.InRange(catalogue.Groups, 15, 17);
        Assert.InRange(catalogue.Types, 60, 200);
        Assert.Equal(146, await town.InScopeAsync((LinliDb db) => db.Set<Organisation>().CountAsync(o => o.IsAllianceMember)));
    }

    [Fact]
    public async Task What_an_organisation_offers_is_a_group_of_the_catalogue()
    {
        await using var town = await County.FoundAsync();

        var groups = await town.InScopeAsync((LinliDb db) => db.Set<ServiceGroup>().Select(g => g.Code).ToListAsync());
        var offers = await town.InScopeAsync((LinliDb db) => db.Set<Organisation>().Where(o => o.Offers != "").Select(o => o.Offers).ToListAsync());

        Assert.Empty(offers.SelectMany(o => o.Split(' ')).Except(groups));
    }

    [Theory]
    [InlineData("\"urgency\": \"emergency\"", "\"urgency\": \"urgent\"", "service-types.json › manhole › urgency", "urgent")]
    [InlineData("\"group\": \"roads\"", "\"group\": \"streets\"", "service-types.json › road-damage › group", "streets")]
    [InlineData("\"code\": \"manhole\"", "\"code\": \"road-damage\"", "service-types.json › road-damage", "2")]
    [InlineData("\"resolve\": \"5 working days\"", "\"resolve\": \"5 days\"", "service-types.json › road-damage › clocks › resolve", "5 days")]
    [InlineData("\"nameEn\": \"Damaged road\"", "\"nameEnglish\": \"Damaged road\"", "service-types.json › road-damage › nameEnglish", "")]
    [InlineData("\"nameEn\": \"Damaged road\"", "\"nameEnglish\": \"Damaged road\"", "service-types.json › road-damage › nameEn", "")]
    [InlineData("\"group\": \"roads\"", "\"group\": \"roads\", \"calendar\": \"moon\"", "service-types.json › road-damage › calendar", "moon")]
    [InlineData("{ \"mode\": \"sample\", \"share\": 0.2 }", "{ \"mode\": \"sample\", \"share\": 20 }", "service-types.json › road-damage › verification › share", "1")]
    [InlineData("\"type\": \"choice\"", "\"type\": \"dropdown\"", "service-types.json › road-damage › fields › size › type", "dropdown")]
    public async Task A_wrong_service_type_is_named_with_file_entry_and_field(string right, string wrong, string place, string value)
    {
        await using var town = await County.FoundAsync();
        using var files = await County.ChangedAsync(types: text => ReplaceFirst(text, right, wrong));

        var problems = await RefusedAsync(town, files);

        var problem = Assert.Single(problems, p => p.Field == place);
        Assert.Contains(value, string.Format(null, problem.Message, problem.Values), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_lines_of_the_responsibility_table_are_named_with_their_line_and_column()
    {
        await using var town = await County.FoundAsync();
        using var files = await County.ChangedAsync(responsibility: text => text + "no-such-type,,140427,dept-housing,,\nmanhole,roads,140427,dept-housing,,\nmanhole,,990000,no-such-office,perhaps,\n");
        var last = (await File.ReadAllLinesAsync(Path.Combine(County.CatalogueFolder, "responsibility.csv"), TestContext.Current.CancellationToken)).Length;

        var problems = await RefusedAsync(town, files);

        Assert.Equal(
            [$"{last + 1} › service_type", $"{last + 2} › service_type", $"{last + 3} › area", $"{last + 3} › night", $"{last + 3} › organisation"],
            problems.Select(p => p.Field.Replace("responsibility.csv:", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_file_that_is_no_JSON_is_named_with_the_line()
    {
        await using var town = await County.FoundAsync();
        using var files = await County.ChangedAsync(reasons: text => text.Replace("\"return\": [", "\"return\": {", StringComparison.Ordinal));

        var problem = Assert.Single(await RefusedAsync(town, files));

        Assert.Equal("reasons.json", problem.Field);
    }

    [Fact]
    public async Task Nothing_of_a_refused_import_is_written()
    {
        await using var town = await County.FoundAsync();
        using var files = await County.ChangedAsync(
            types: text => ReplaceFirst(text, "道路破损", "道路坏了"), responsibility: text => text + "manhole,,140427,no-such-office,,\n");

        await RefusedAsync(town, files);

        Assert.Equal("道路破损", (await town.InScopeAsync((CatalogueReader reader) => reader.TypeAsync("road-damage", default))).NameZh);
    }

    [Fact]
    public async Task A_type_that_vanishes_is_inactive_but_still_readable_and_comes_back()
    {
        await using var town = await County.FoundAsync();
        using var without = await County.ChangedAsync(
            types: text => Without(text, "lift-trapped"), responsibility: text => string.Join('\n', text.Split('\n').Where(l => !l.StartsWith("lift-trapped,", StringComparison.Ordinal))));

        var result = County.Clean(await ImportAsync(town, without));

        Assert.Equal((0, 2), (result.Added, result.Retired));
        var gone = await town.InScopeAsync((CatalogueReader reader) => reader.FindTypeAsync("lift-trapped", default));
        Assert.False(gone!.IsActive);
        Assert.DoesNotContain(await TypesAsync(town), t => t.Code == "lift-trapped");

        County.Clean(await County.ImportCatalogueAsync(town));
        Assert.Contains(await TypesAsync(town), t => t.Code == "lift-trapped");
    }

    [Fact]
    public async Task A_change_is_seen_by_the_next_reader_of_every_process()
    {
        await using var town = await County.FoundAsync();
        var elsewhere = new CatalogueShelf(); // what another instance remembers
        await town.InScopeAsync((LinliDb db) => elsewhere.TakeAsync(db, default));
        using var files = await County.ChangedAsync(types: text => ReplaceFirst(text, "道路破损", "道路坏了"));

        var result = County.Clean(await ImportAsync(town, files));

        Assert.Equal((0, 1, 0), (result.Added, result.Changed, result.Retired));
        Assert.Equal("道路坏了", (await town.InScopeAsync((LinliDb db) => elsewhere.TakeAsync(db, default))).Type("road-damage")!.NameZh);
        Assert.Equal("道路坏了", (await town.InScopeAsync((CatalogueReader reader) => reader.TypeAsync("road-damage", default))).NameZh);
    }

    private static async Task<IReadOnlyList<ServiceType>> TypesAsync(Town town) => (await town.InScopeAsync((CatalogueReader reader) => reader.NowAsync(default))).Types;

    private static Task<Outcome<ImportedCatalogue>> ImportAsync(Town town, CatalogueFiles files) =>
        town.InScopeAsync((ImportCatalogue import) => import.ImportAsync(files, Actor.System));

    private static async Task<IReadOnlyList<FieldProblem>> RefusedAsync(Town town, CatalogueFiles files) =>
        Assert.IsType<Failure.Invalid>((await ImportAsync(town, files)).Failure).Problems;

    private static string ReplaceFirst(string text, string right, string wrong)
    {
        var at = text.IndexOf(right, StringComparison.Ordinal);
        return string.Concat(text.AsSpan(0, at), wrong, text.AsSpan(at + right.Length));
    }

    private static string Without(string types, string code)
    {
        var list = System.Text.Json.Nodes.JsonNode.Parse(types)!.AsArray();
        list.Remove(list.Single(t => (string)t!["code"]! == code));
        return list.ToJsonString();
    }
}
