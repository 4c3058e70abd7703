using System.CommandLine;
using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Requests.Catalogue;

namespace Linli.Server.Verbs;

/// <summary>linli organisations import, linli catalogue import.</summary>
internal static class CatalogueVerb
{
    private static readonly Argument<FileInfo> Table = new("FILE.csv") { Description = "code,name,name_en,short_name,kind,parent,area,alliance,offers,address,phone,source" };

    private static readonly Argument<DirectoryInfo> Folder = new("FOLDER")
    {
        Description = string.Join(", ", CatalogueFiles.GroupsName, CatalogueFiles.ServiceTypesName, CatalogueFiles.ReasonsName, CatalogueFiles.ResponsibilityName),
    };

    public static Command CreateOrganisations()
    {
        var import = new Command("import", Terminal.T["导入或更新单位，可重复运行"]) { Table };
        import.SetAction((asked, cancellation) => Door.InScopeAsync(asked, (services, c) => ImportOrganisationsAsync(asked.GetRequiredValue(Table), services, c), cancellation));
        return new Command("organisations", Terminal.T["单位：导入"]) { import };
    }

    public static Command CreateCatalogue()
    {
        var import = new Command("import", Terminal.T["导入或更新事项、原因和责任分工，可重复运行；文件中没有的停用"]) { Folder };
        import.SetAction((asked, cancellation) => Door.InScopeAsync(asked, (services, c) => ImportCatalogueAsync(asked.GetRequiredValue(Folder), services, c), cancellation));
        return new Command("catalogue", Terminal.T["事项目录：导入"]) { import };
    }

    private static async Task<int> ImportOrganisationsAsync(FileInfo file, IServiceProvider services, CancellationToken cancellation)
    {
        if (!file.Exists)
        {
            Terminal.Complain("没有文件 {0}。", file.FullName);
            return 1;
        }

        await using var csv = file.OpenRead();
        var done = await services.GetRequiredService<ImportOrganisations>().ImportAsync(csv, file.Name, Actor.System, cancellation);
        if (!done.Succeeded)
        {
            return Refuse(done.Failure);
        }

        Terminal.Say("新增 {0} 个单位，更新 {1} 个，未变 {2} 个。", done.Value.Added, done.Value.Changed, done.Value.Unchanged);
        return 0;
    }

    private static async Task<int> ImportCatalogueAsync(DirectoryInfo folder, IServiceProvider services, CancellationToken cancellation)
    {
        var done = await services.GetRequiredService<ImportCatalogue>().ImportAsync(folder.FullName, Actor.System, cancellation);
        if (!done.Succeeded)
        {
            return Refuse(done.Failure);
        }

        var result = done.Value;
        Terminal.Say("目录中有 {0} 个分组、{1} 个事项、{2} 个原因、{3} 条责任分工。", result.Groups, result.Types, result.Reasons, result.Responsibilities);
        Terminal.Say("新增 {0} 条，更新 {1} 条，停用 {2} 条。", result.Added, result.Changed, result.Retired);
        return 0;
    }

    internal static int Refuse(Failure failure)
    {
        foreach (var problem in failure is Failure.Invalid invalid ? invalid.Problems : [])
        {
            Terminal.Complain("{0}：{1}", problem.Field, Terminal.T[problem.Message, problem.Values]);
        }

        Terminal.Complain("什么也没有导入。请改正后重新运行。");
        return 1;
    }
}
