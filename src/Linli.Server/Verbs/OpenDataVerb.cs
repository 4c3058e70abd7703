using System.CommandLine;
using Linli.Requests.OpenData;

namespace Linli.Server.Verbs;

/// <summary>linli open-data FILE.zip: the bundle of open data as it would be made tonight.</summary>
internal static class OpenDataVerb
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = Terminal.T["写到哪个文件"] };
        var verb = new Command("open-data", Terminal.T["开放数据：到昨天为止，没有个人信息"]) { file };
        verb.SetAction((asked, cancellation) => !Door.IsThere(asked) ? Task.FromResult(1) : Door.InScopeAsync(asked, async (services, token) =>
        {
            var path = asked.GetRequiredValue(file).FullName;
            if (!Directory.Exists(Path.GetDirectoryName(path)) || Directory.Exists(path))
            {
                Terminal.Complain("不能写 {0}：没有这个文件夹，或者它本身是文件夹。", path);
                return 1;
            }

            var night = await services.GetRequiredService<MakeBundle>().MakeAsync(token);
            await File.WriteAllBytesAsync(path, night.Zip, token);
            Console.WriteLine(Terminal.T["{0} 行，{1} 字节，写在 {2}", night.Rows, night.Size, path]);
            return 0;
        }, cancellation));
        return verb;
    }
}
