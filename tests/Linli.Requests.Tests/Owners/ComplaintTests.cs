using Linli.Kernel.Organisations;
using Linli.Requests.Owners;

namespace Linli.Requests.Tests.Owners;

/// <summary>Whom a text complains about, and when a name is no complaint.</summary>
public sealed class ComplaintTests
{
    private static readonly Organisation[] Known =
    [
        Of("dept-civil-affairs", "壶关县民政局", "县民政局", "Huguan County Civil Affairs Bureau"), Of("dept-housing", "壶关县住房和城乡建设管理局", "县住建局"),
        Of("town-longquan", "壶关县龙泉镇人民政府", "龙泉镇政府"), Of("hosp-county", "壶关县人民医院", "县医院"), Of("util-heating", "壶关县集中供热有限公司", "县供热公司"),
    ];

    [Theory]
    [InlineData("投诉民政局，高龄津贴三个月没发", "dept-civil-affairs", "投诉民政局")]
    [InlineData("我要举报壶关县民政局的办事员", "dept-civil-affairs", "举报壶关县民政局")]
    [InlineData("住建局和物业互相推诿，谁都不管", "dept-housing", "住建局…推诿")]
    [InlineData("去县医院看病，县医院窗口态度恶劣。", "hosp-county", "县医院…态度恶劣")]
    [InlineData("龙泉镇政府收了材料就置之不理", "town-longquan", "龙泉镇政府…置之不理")]
    [InlineData("县供热公司乱收费", "util-heating", "县供热公司…乱收费")]
    [InlineData("I want to complain about the Huguan County Civil Affairs Bureau", "dept-civil-affairs", "omplain about Huguan County Civil Affairs Bureau")]
    public void A_complaint_names_whom_it_is_about(string text, string code, string words)
    {
        var complaint = Complaint.In(text, Known);

        Assert.Equal(code, complaint?.Organisation.Code);
        Assert.EndsWith(words[^4..], complaint!.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("龙泉镇政府门口的路灯不亮，一直没人管")]
    [InlineData("县医院对面的下水道堵了，物业不管不问")]
    [InlineData("已经向住建局反映过，说要等")]
    [InlineData("民政局的同志很热心，帮我们办好了。隔壁物业乱收费")]
    [InlineData("请县供热公司尽快来看看，家里不热")]
    [InlineData("投诉楼下饭店油烟，也问过住建局")]
    [InlineData("")]
    public void A_name_alone_is_no_complaint(string text) => Assert.Null(Complaint.In(text, Known));

    [Fact]
    public void An_enormous_text_is_read_as_far_as_it_helps() => Assert.Null(Complaint.In(string.Concat(Enumerable.Repeat("民政局", 1_000_000)), Known));

    private static Organisation Of(string code, string name, string shortName, string? english = null) =>
        new() { Code = code, Name = name, ShortName = shortName, NameEn = english, Kind = OrganisationKind.Department, AreaCode = "140427" };
}
