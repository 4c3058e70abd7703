using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Requests.Catalogue;
using Linli.Testing;

namespace Linli.Requests.Tests.Catalogue;

/// <summary>A town with the shipped areas, organisations and catalogue.</summary>
internal static class County
{
    public static string CatalogueFolder => ShippedData.Folder("catalogue");

    public static Task<Town> FoundAsync() => Town.FoundAsync();

    public static Task<Outcome<ImportedOrganisations>> ImportOrganisationsAsync(Town town) => town.InScopeAsync(async (ImportOrganisations import) =>
    {
        await using var csv = File.OpenRead(Path.Combine(ShippedData.Folder("organisations"), "huguan.csv"));
        return await import.ImportAsync(csv, "huguan.csv", Actor.System);
    });

    public static Task<Outcome<ImportedCatalogue>> ImportCatalogueAsync(Town town) =>
        town.InScopeAsync((ImportCatalogue import) => import.ImportAsync(CatalogueFolder, Actor.System));

    /// <summary>The shipped files, some of them replaced by a changed text.</summary>
    public static async Task<CatalogueFiles> ChangedAsync(Func<string, string>? groups = null, Func<string, string>? types = null, Func<string, string>? reasons = null, Func<string, string>? responsibility = null)
    {
        return new CatalogueFiles(
            await OpenAsync(CatalogueFiles.GroupsName, groups), await OpenAsync(CatalogueFiles.ServiceTypesName, types),
            await OpenAsync(CatalogueFiles.ReasonsName, reasons), await OpenAsync(CatalogueFiles.ResponsibilityName, responsibility));

        static async Task<Stream> OpenAsync(string name, Func<string, string>? change)
        {
            var text = await File.ReadAllTextAsync(Path.Combine(CatalogueFolder, name));
            var changed = change?.Invoke(text) ?? text;
            Assert.True(change is null || changed != text, $"The change of {name} changes nothing.");
            return new MemoryStream(System.Text.Encoding.UTF8.GetBytes(changed));
        }
    }

    public static T Clean<T>(Outcome<T> outcome) where T : notnull
    {
        Assert.True(outcome.Succeeded, outcome.Failure is Failure.Invalid invalid
            ? string.Join('\n', invalid.Problems.Select(p => $"{p.Field}: {string.Format(null, p.Message, p.Values)}"))
            : outcome.Failure?.ToString());
        return outcome.Value;
    }
}
