using Linli.Shell.People;
using Linli.Shell.People.Invitations;
using Linli.Shell.Text;

namespace Linli.Shell.Ledgers.Sources;

/// <summary>邀请: those that wait to be accepted.</summary>
internal sealed class InvitationSource(InvitePerson invitations) : WholeListSource<ShownInvitation>
{
    public override string Key => "invitations";
    public override string Zh => "邀请";
    public override string En => "Invitations";
    public override Permission Permission => ShellPermissions.ManagePeople;

    protected override Task<IReadOnlyList<ListedColumn<ShownInvitation>>> ColumnsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<ListedColumn<ShownInvitation>>>(
    [
        Column("name", "姓名", "Name", CellKind.Text, i => Texts.Pick(i.Name, i.NameEn)),
        Column("roles", "岗位", "Posts", CellKind.Text, i => Joined(i.Roles.Select(RoleName.Show))),
        Column("invitedBy", "谁邀请的", "Invited by", CellKind.Text, i => i.InvitedBy),
        Column("invitedAt", "邀请时间", "Invited", CellKind.Time, i => i.InvitedAt, period: true),
        Column("endsAt", "有效到", "Valid until", CellKind.Time, i => i.EndsAt, period: true),
        Column("email", "邮箱", "E-mail", CellKind.Text, i => i.Email, isPersonal: true),
    ]);

    protected override async Task<IEnumerable<ShownInvitation>> AllAsync(LedgerQuery query, CancellationToken cancellation) => await invitations.OpenAsync(cancellation);
}
