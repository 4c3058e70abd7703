using System.CommandLine;
using System.Globalization;
using Linli.Requests.Privacy;

namespace Linli.Server.Verbs;

/// <summary>linli privacy due: what the next night will anonymise, without doing it.</summary>
internal static class PrivacyVerb
{
    public static Command Create()
    {
        var due = new Command("due", Terminal.T["列出今晚将去除个人内容的诉求，不做改动"]);
        due.SetAction((asked, cancellation) => Door.IsThere(asked) ? Door.InScopeAsync(asked, DueAsync, cancellation) : Task.FromResult(1));
        return new Command("privacy", Terminal.T["个人信息：保存期限"]) { due };
    }

    private static async Task<int> DueAsync(IServiceProvider scope, CancellationToken cancellation)
    {
        var due = await scope.GetRequiredService<AnonymiseRequests>().DueAsync(cancellation);
        foreach (var one in due)
        {
            var why = one.IsAskedFor ? Terminal.T["本人要求删除"] : Terminal.T["保存期限 {0} 个月已到", one.Months];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{one.Number}  {one.EndedAt:yyyy-MM-dd}  {one.ServiceTypeCode}  {why}"));
        }

        Terminal.Say("共 {0} 件。", due.Count);
        return 0;
    }
}
