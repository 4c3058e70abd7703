using FsCheck;
using FsCheck.Fluent;
using Linli.Kernel.Clocks;

namespace Linli.Kernel.Tests.Clocks;

public sealed class BudgetTests
{
    [Theory]
    [InlineData("3 working days", 3, BudgetUnit.WorkingDays)]
    [InlineData("1 working day", 1, BudgetUnit.WorkingDays)]
    [InlineData("24 hours", 24, BudgetUnit.Hours)]
    [InlineData("15 natural days", 15, BudgetUnit.NaturalDays)]
    [InlineData("15 calendar days", 15, BudgetUnit.NaturalDays)]
    [InlineData("90 minutes", 90, BudgetUnit.Minutes)]
    [InlineData("4 working hours", 4, BudgetUnit.WorkingHours)]
    [InlineData("  4   Working\tHours ", 4, BudgetUnit.WorkingHours)]
    [InlineData("3 个工作日", 3, BudgetUnit.WorkingDays)]
    [InlineData("3工作日", 3, BudgetUnit.WorkingDays)]
    [InlineData("24小时", 24, BudgetUnit.Hours)]
    [InlineData("15个自然日", 15, BudgetUnit.NaturalDays)]
    [InlineData("4 个工作小时", 4, BudgetUnit.WorkingHours)]
    [InlineData("90 分钟", 90, BudgetUnit.Minutes)]
    public void What_people_write_is_read(string text, int amount, BudgetUnit unit) =>
        Assert.Equal(new Budget(amount, unit), Budget.Parse(text).Value);

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("soon")]
    [InlineData("3")]
    [InlineData("3 days")]
    [InlineData("3 天")]
    [InlineData("3.5 hours")]
    [InlineData("3 working daysand more")]
    [InlineData("three hours")]
    [InlineData("3 hours 20 minutes")]
    [InlineData("3 working days; drop table")]
    [InlineData("３ hours")]
    public void What_leaves_a_doubt_is_refused_and_shown(string? text)
    {
        var problem = Problem(text);
        Assert.StartsWith("看不懂时限“{0}”", problem.Message, StringComparison.Ordinal);
        Assert.Equal(text ?? "", problem.Values[0]);
    }

    [Theory]
    [InlineData("0 hours", "时限必须大于零，收到的是 {0}。")]
    [InlineData("-3 working days", "时限必须大于零，收到的是 {0}。")]
    [InlineData("10001 working days", "时限 {0} 太大，这个单位最多 {1}。")]
    [InlineData("99999999999999999999 minutes", "时限 {0} 太大，这个单位最多 {1}。")]
    [InlineData("2147483647 natural days", "时限 {0} 太大，这个单位最多 {1}。")]
    public void Negative_and_absurd_amounts_are_refused(string text, string message) => Assert.Equal(message, Problem(text).Message);

    [Fact]
    public void An_endless_text_is_refused_in_short() => Assert.True(((string)Problem(new string('9', 10_000_000)).Values[0]).Length < 70);

    [Fact]
    public void The_text_of_a_budget_reads_back_as_the_same_budget() => Budgets.Check(budget =>
    {
        Assert.Equal(budget, Budget.Parse(budget.ToString()).Value);
        Assert.Equal(budget, Budget.Parse(budget.Words.Zh).Value);
    });

    [Fact]
    public void The_constructor_does_not_let_through_what_input_may_not_be()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Budget(0, BudgetUnit.Hours));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Budget(10_001, BudgetUnit.WorkingDays));
        Assert.False(Budget.Create(1, (BudgetUnit)99).Succeeded);
        Assert.False(Budget.TryParse("nonsense", out _));
        Assert.True(Budget.TryParse("1 hour", out var hour) && hour.ToString() == "1 hour");
    }

    private static Arbitrary<Budget> Budgets { get; } = (
        from unit in Gen.Elements(Enum.GetValues<BudgetUnit>())
        from amount in Gen.Choose(1, Budget.MaximumOf(unit))
        select new Budget(amount, unit)).ToArbitrary();

    private static FieldProblem Problem(string? text) => Assert.Single(Assert.IsType<Failure.Invalid>(Budget.Parse(text).Failure).Problems);
}
