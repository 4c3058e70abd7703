using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Shell.People;
using Linli.Testing;

namespace Linli.Shell.Tests;

/// <summary>A county (140427) with a town (140427101), two departments, one with a section below it, and people made by the real use cases.</summary>
internal static class Staff
{
    public const string Password = "correct horse battery";
    public const string County = "140427";
    public const string TownArea = "140427101";

    private static readonly Lazy<Task<TestStore>> Template = new(FoundAsync);

    /// <summary>water ⊃ water-repair; roads. Accounts: admin, dispatcher (county), town-dispatcher, plumber (water-repair), water-head (water), road-worker (roads), supervisor (county).</summary>
    public static async Task<Town> TownAsync(TownOptions? options = null) => Town.On(await TestStores.CopyAsync(await Template.Value), options);

    private static async Task<TestStore> FoundAsync()
    {
        var store = (await Town.EmptyAsync()).Store;
        await using var town = Town.On(store, keepsStore: true);
        await town.InScopeAsync(async (LinliDb db) =>
        {
            db.Add(new Area { Code = County, Level = AreaLevel.County, Name = "壶关县", FullName = "壶关县" });
            db.Add(new Area { Code = TownArea, ParentCode = County, Level = AreaLevel.Town, Name = "龙泉镇", FullName = "壶关县龙泉镇" });
            var water = Department("water", "供水公司");
            db.AddRange(water, Department("roads", "公路段"), Department("water-repair", "供水公司抢修队", water.Id));
            await db.CommitAsync(Act.BySystem("test.found", town.Clock.Now));
        });
        await town.InScopeAsync(async (FoundAccounts found) =>
        {
            var outcome = await found.HandleAsync(
            [
                One("admin", "安管理", new FoundedPost(Role.Administrator, null, null)),
                One("dispatcher", "戴派单", new FoundedPost(Role.Dispatcher, null, null)),
                One("town-dispatcher", "郑派单", new FoundedPost(Role.Dispatcher, null, TownArea)),
                One("plumber", "卜抢修", new FoundedPost(Role.Handler, "water-repair", null)),
                One("water-head", "水经理", new FoundedPost(Role.Handler, "water", null)),
                One("road-worker", "陆养护", new FoundedPost(Role.Handler, "roads", null)),
                One("supervisor", "苏督办", new FoundedPost(Role.Supervisor, null, null)),
            ], CancellationToken.None);
            Assert.True(outcome.Succeeded, outcome.Failure?.ToString());
        });
        TestStores.Close(store);
        return store;
    }

    public static async Task<Guid> IdAsync(this Town town, string login) =>
        (await town.InScopeAsync((ReadPeople read) => read.ListAsync(login, null, 1, CancellationToken.None))).Items.Single(p => p.Login == login).Id;

    private static Organisation Department(string code, string name, Guid? parent = null) =>
        new() { Code = code, Name = name, Kind = OrganisationKind.Department, AreaCode = County, ParentId = parent };

    private static FoundedAccount One(string login, string name, params FoundedPost[] posts) => new(login, name, null, Password, null, posts);
}
