using Linli.Requests.Tests.Loop;
using Linli.Shell.Ledgers;

namespace Linli.Requests.Tests.Ledgers;

/// <summary>What calculated columns can say, and what is said about those that cannot.</summary>
public sealed class FormulaTests
{
    /// <summary>The town's clock stands at Monday 2 March 2026, 09:00; the calendar works 08:30–12:00 and 14:00–18:00.</summary>
    private static readonly (string Formula, string Comes)[] Reckoned =
    [
        ("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"), ("-2 * 3", "-6"), ("7 / 2", "3.5"), ("7 % 4", "3"), ("1 / 0", ""), ("10 - 2 - 3", "5"),
        ("79228162514264337593543950335 * 2", ""), ("如果（1 ＜ 2，“小”，“大”）", "小"), ("if(1 > 2, \"a\")", ""), ("\"a\" & 1 & \"b\"", "a1b"),
        ("1 = 1", "是"), ("1 <> 1", "否"), ("\"a\" < \"b\"", "是"), ("空 = 1", "否"), ("isEmpty(空)", "是"), ("first(空, 2)", "2"), ("并且(是, 否)", "否"), ("or(是, 否)", "是"), ("not(否)", "是"),
        ("round(2.345, 2)", "2.35"), ("abs(-3)", "3"), ("max(1, 空, 3)", "3"), ("number(\"１２\")", "12"), ("number(\"十二\")", ""), ("length(\"壶关县\")", "3"), ("left(\"壶关县\", 2)", "壶关"), ("middle(\"壶关县\", 2, 1)", "关"),
        ("contains(\"楼道灯坏了\", \"灯\")", "是"), ("date(2026, 3, 2)", "2026-03-02"), ("date(2026, 13, 2)", ""), ("year(today())", "2026"), ("month(today())", "3"), ("weekday(today())", "1"),
        ("today() + 5", "2026-03-07"), ("date(2026, 3, 9) - today()", "7"), ("today() < date(2026, 3, 3)", "是"), ("now()", "2026-03-02 09:00"), ("days(today(), date(2026, 4, 2))", "31"),
        ("workingDays(today(), date(2026, 3, 9))", "5"), ("workingHours(date(2026, 3, 2), date(2026, 3, 3))", "7.5"), ("hours(today(), now())", "9"),
    ];

    private static readonly (string Formula, int At, string Says)[] Wrong =
    [
        ("1 +", 4, "没有写完"), ("(1", 3, "右括号"), ("1 2", 3, "运算符"), ("\"abc", 1, "引号"), ("[编号", 1, "方括号"), ("[没有的列] + 1", 1, "没有“没有的列”这一列"), ("nosuch(1)", 1, "没有函数“nosuch”"),
        ("round(1, 2, 3)", 1, "1 到 2 个参数"), ("[标题] + 1", 6, "只能算数字，这里有文字"), ("1 = \"a\"", 3, "左边是数字，右边是文字"), ("year(1)", 1, "要是日期"), ("if(1 = 1, 1, \"a\")", 1, "同一类"), ("1 @ 2", 3, "不能写“@”"),
        ("1.2.3", 1, "不是数字"), ("System.IO.File", 7, "不能写“.”"), ("System(1)", 1, "没有函数“System”"), (new string('(', 60) + "1", 41, "套得太深"),
    ];

    [Fact]
    public async Task Formulas_come_out_as_the_language_says()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.ReportAsync();

        var got = new List<string>();
        foreach (var some in Reckoned.Chunk(25))
        {
            got.AddRange((await town.PreviewAsync("duban", LedgerTown.Plain() with { Columns = [.. some.Select((f, i) => LedgerTown.Formula($"列{i}", f.Formula))] })).Lines[0].Cells);
        }

        Assert.Equal(Reckoned.Select(f => $"{f.Formula} → {f.Comes}"), Reckoned.Select((f, i) => $"{f.Formula} → {got[i]}"));
    }

    [Fact]
    public async Task What_is_wrong_with_a_formula_is_said_with_its_column_and_the_place()
    {
        await using var town = await LoopTown.FoundAsync();
        foreach (var (formula, at, says) in Wrong)
        {
            var (field, words) = await town.RefusedAsync("duban", LedgerTown.Plain("number") with { Columns = [new LedgerColumnSpec("number"), LedgerTown.Formula("我的列", formula)] });
            Assert.True(field == "columns[1].formula" && words.Contains("“我的列”", StringComparison.Ordinal) && words.Contains($"第 {at} 个字", StringComparison.Ordinal) && words.Contains(says, StringComparison.Ordinal), $"{formula}: {field} {words}");
        }
    }

    [Fact]
    public async Task Calculated_columns_use_one_another_but_never_themselves()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.ReportAsync();

        var lines = await town.PreviewAsync("duban", LedgerTown.Plain() with { Columns = [LedgerTown.Formula("乙", "[甲] * 2"), LedgerTown.Formula("甲", "[反映人数] + 1")] });
        Assert.Equal(["4", "2"], lines.Lines[0].Cells);

        var (_, words) = await town.RefusedAsync("duban", LedgerTown.Plain() with { Columns = [LedgerTown.Formula("乙", "[甲]"), LedgerTown.Formula("甲", "[乙]")] });
        Assert.Contains("绕回了自己", words, StringComparison.Ordinal);
    }
}
