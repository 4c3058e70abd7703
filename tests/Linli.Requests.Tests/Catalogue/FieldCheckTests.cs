using Linli.Kernel;
using Linli.Requests.Catalogue;

namespace Linli.Requests.Tests.Catalogue;

public sealed class FieldCheckTests
{
    private static readonly ServiceType Type = new()
    {
        Code = "test", GroupCode = "test", NameZh = "试", NameEn = "Test",
        Fields =
        [
            new FormField("name", "名称", "Name", FieldType.Text, Required: true, Max: 5),
            new FormField("story", "经过", "Story", FieldType.LongText),
            new FormField("count", "数量", "Count", FieldType.Number, Min: 1, Max: 10),
            new FormField("atLeast", "至少", "At least", FieldType.Number, Min: 1),
            new FormField("on", "日期", "Date", FieldType.Date),
            new FormField("size", "大小", "Size", FieldType.Choice, Options: [new FieldOption("s", "小", "Small"), new FieldOption("l", "大", "Large")]),
            new FormField("signs", "现象", "Signs", FieldType.Choices, Options: [new FieldOption("a", "甲", "A"), new FieldOption("b", "乙", "B")]),
            new FormField("sure", "是否", "Sure?", FieldType.YesNo),
        ],
    };

    [Fact]
    public void Right_answers_are_kept_and_unknown_ones_dropped()
    {
        var (answers, problems) = Check(("name", " 井盖 "), ("count", "10"), ("on", "2026-02-28"), ("size", "l"), ("signs", "a\u001fb"), ("sure", "yes"), ("other", "<b>"));

        Assert.Empty(problems);
        Assert.Equal(["count", "name", "on", "signs", "size", "sure"], answers.Keys.Order());
        Assert.Equal("井盖", answers["name"]);
    }

    [Theory]
    [InlineData("name", "一二三四五六", "这里最多写 5 个字，现在是 6 个字。请缩短。")]
    [InlineData("count", "0", "请填写 1 到 10 之间的数。")]
    [InlineData("count", "NaN", "“NaN”不是数字。")]
    [InlineData("count", "1e400", "“1e400”不是数字。")]
    [InlineData("atLeast", "-3", "请填写不小于 1 的数。")]
    [InlineData("on", "2026-02-30", "“2026-02-30”不是日期。请写成 2026-01-31 的样子。")]
    [InlineData("size", "xl", "没有“xl”这个选项。请从列表中选择。")]
    [InlineData("signs", "a\u001fc", "没有“a\u001fc”这个选项。请从列表中选择。")]
    [InlineData("sure", "maybe", "请选择是或否。")]
    public void A_wrong_answer_is_named_at_its_field(string field, string value, string message)
    {
        var (answers, problems) = field == "name" ? Check((field, value)) : Check(("name", "井盖"), (field, value));

        var problem = Assert.Single(problems);
        Assert.Equal(($"answers.{field}", message), (problem.Field, string.Format(null, problem.Message, problem.Values)));
        Assert.DoesNotContain(field, answers.Keys);
    }

    [Fact]
    public void A_required_answer_that_is_missing_or_blank_is_asked_for()
    {
        Assert.Equal("answers.name", Assert.Single(Check(("name", "  ")).Problems).Field);
        Assert.Equal("answers.name", Assert.Single(Check().Problems).Field);
    }

    private static (Dictionary<string, string> Answers, List<FieldProblem> Problems) Check(params (string Field, string? Value)[] given)
    {
        var problems = new List<FieldProblem>();
        return (FieldCheck.Clean(Type, given.ToDictionary(g => g.Field, g => g.Value), new DateOnly(2026, 3, 2), problems), problems);
    }
}
