using System.CommandLine;
using System.Globalization;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.People;
using Linli.Kernel.Places;

namespace Linli.Server.Verbs;

/// <summary>linli places import, linli places find.</summary>
internal static class PlacesVerb
{
    private static readonly Argument<FileInfo> Table = new("FILE.csv") { Description = "name,kind,area,lon,lat,demo,source" };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = Terminal.T["只看会导入什么，不写数据库"] };

    private static readonly Argument<string> Address = new("TEXT") { Description = Terminal.T["地址，例如 龙泉镇城南社区卫生站对面"] };

    public static Command Create()
    {
        var import = new Command("import", Terminal.T["让道路、小区、地标和旧地名与文件一致，可重复运行；文件中没有的删除"]) { Table, AreasVerb.System, DryRun };
        import.SetAction((asked, cancellation) => Door.InScopeAsync(asked, (services, c) => ImportAsync(asked, services, c), cancellation));
        var find = new Command("find", Terminal.T["地址可能指哪里，为什么"]) { Address };
        find.SetAction((asked, cancellation) => Door.InScopeAsync(asked, (services, c) => FindAsync(asked.GetRequiredValue(Address), services, c), cancellation));
        return new Command("places", Terminal.T["地名：导入、按地址查找"]) { import, find };
    }

    private static async Task<int> ImportAsync(ParseResult asked, IServiceProvider services, CancellationToken cancellation)
    {
        var file = asked.GetRequiredValue(Table);
        if (!file.Exists)
        {
            Terminal.Complain("没有文件 {0}。", file.FullName);
            return 1;
        }

        await using var csv = file.OpenRead();
        var isDryRun = asked.GetValue(DryRun);
        var done = await services.GetRequiredService<ImportPlaces>().ImportAsync(csv, file.Name, asked.GetValue(AreasVerb.System), isDryRun, Actor.System, cancellation);
        if (!done.Succeeded)
        {
            return CatalogueVerb.Refuse(done.Failure);
        }

        var result = done.Value;
        Terminal.Say("新增 {0} 个地名，更新 {1} 个，删除 {2} 个，未变 {3} 个。", result.Added, result.Changed, result.Removed, result.Unchanged);
        if (isDryRun)
        {
            Terminal.Say("这是试运行，什么也没有写。");
        }

        return 0;
    }

    private static async Task<int> FindAsync(string text, IServiceProvider services, CancellationToken cancellation)
    {
        var places = await services.GetRequiredService<Gazetteers>().CurrentAsync(cancellation);
        var found = places.Find(text);
        if (found.Count == 0)
        {
            Terminal.Complain("“{0}”里没有认出地名。", text);
            return 1;
        }

        var sure = places.FindSure(text);
        foreach (var candidate in found)
        {
            Terminal.Say("{0} {1} {2}（{3}）：{4}", candidate.Area == sure?.Area ? "*" : " ", candidate.Area.Code,
                candidate.Name == candidate.Area.Name ? candidate.Area.FullName : $"{candidate.Area.FullName} · {candidate.Name}",
                candidate.Confidence.ToString("P0", CultureInfo.InvariantCulture), string.Join(Terminal.Words.IsChinese ? "；" : "; ", candidate.Reasons.Select(r => Terminal.T[r.Message, r.Values])));
        }

        return 0;
    }
}
