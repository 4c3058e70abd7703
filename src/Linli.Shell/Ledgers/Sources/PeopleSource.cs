using System.Runtime.CompilerServices;
using Linli.Kernel.People;
using Linli.Shell.Pages;
using Linli.Shell.People;
using Linli.Shell.Text;

namespace Linli.Shell.Ledgers.Sources;

/// <summary>人员: for those who keep accounts, as their own list shows them.</summary>
internal sealed class PeopleSource(ReadPeople people, Texts texts) : ListedSource<Person>
{
    public override string Key => "people";
    public override string Zh => "人员";
    public override string En => "People";
    public override Permission Permission => ShellPermissions.ManagePeople;

    public override async Task<int> CountAsync(LedgerQuery query, CancellationToken cancellation) => (await people.ListAsync(Asked(query, "search"), RoleOf(query), 1, cancellation)).Total;

    protected override Task<IReadOnlyList<ListedColumn<Person>>> ColumnsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<ListedColumn<Person>>>(
    [
        ListedColumn<Person>.Of("name", "姓名", "Name", CellKind.Text, p => Texts.Pick(p.Name, p.NameEn)),
        ListedColumn<Person>.Of("login", "登录名", "Login", CellKind.Text, p => p.Login),
        ListedColumn<Person>.Of("posts", "岗位", "Posts", CellKind.Text, p => string.Join(Texts.IsEnglish ? "; " : "；", p.Posts.Where(x => x.IsValid).Select(x => $"{RoleName.Show(x.Role)} {PostWords.Where(texts, x)}"))),
        ListedColumn<Person>.Of("postCount", "岗位数", "Number of posts", CellKind.Number, p => (decimal)p.Posts.Count(x => x.IsValid)),
        ListedColumn<Person>.Of("organisation", "单位", "Organisation", CellKind.Choice, p => p.Posts.FirstOrDefault(x => x is { IsValid: true, Organisation: not null }) is { } post ? Texts.Pick(post.Organisation!, post.OrganisationEn) : null),
        ListedColumn<Person>.Of("email", "邮箱", "E-mail", CellKind.Text, p => p.Email, isPersonal: true),
        ListedColumn<Person>.Of("phone", "手机", "Mobile telephone", CellKind.Text, p => p.Phone, isPersonal: true),
        ListedColumn<Person>.Of("hasSecondFactor", "第二重验证", "Second factor", CellKind.YesNo, p => p.HasSecondFactor),
        ListedColumn<Person>.Of("lastSignInAt", "最近登录", "Last signed in", CellKind.Time, p => p.LastSignInAt),
        ListedColumn<Person>.Of("isActive", "在用", "In use", CellKind.YesNo, p => p.IsActive),
    ]);

    protected override Task<IReadOnlyList<LedgerFilter>> FiltersAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<LedgerFilter>>([new("search", "姓名或登录名", "Name or login"), new("role", "岗位", "Post", [.. Enum.GetValues<Role>().Select(r => new Option($"{r}", RoleName.Show(r)))])]);

    protected override async IAsyncEnumerable<Person> ReadAsync(LedgerQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var page = 1; ; page++)
        {
            var list = await people.ListAsync(Asked(query, "search"), RoleOf(query), page, cancellation);
            foreach (var person in list.Items)
            {
                yield return person;
            }

            if (page >= list.Pages)
            {
                yield break;
            }
        }
    }

    private static Role? RoleOf(LedgerQuery query) => Enum.TryParse<Role>(Asked(query, "role"), out var role) ? role : null;
}
