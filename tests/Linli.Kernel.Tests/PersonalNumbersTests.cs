using Linli.Kernel.People;

namespace Linli.Kernel.Tests;

public sealed class PersonalNumbersTests
{
    [Theory]
    [InlineData("打 13812345678 找我", "打 138******** 找我")]
    [InlineData("电话１３８１２３４５６７８", "电话１３８********")]
    [InlineData("138-1234-5678 或 138 1234 5678", "138-****-**** 或 138 **** ****")]
    [InlineData("+8613812345678", "+86***********")]
    [InlineData("身份证14042719900101123X，请查", "身份证140***************，请查")]
    [InlineData("座机0355-8771234", "座机035*-*******")]
    [InlineData("卡号 6222 0212 3456 7890 123", "卡号 622* **** **** **** ***")]
    public void Numbers_of_persons_are_masked(string text, string shown) => Assert.Equal(shown, PersonalNumbers.Mask(text));

    [Theory]
    [InlineData("诉求 261122-048213 一直没办")]
    [InlineData("2026-11-22 08:30 停电，8 号楼 1203 室")]
    [InlineData("晋D12345 占道，罚 1500000 元")]
    [InlineData("统一社会信用代码 91140427MA0K0X0X0X")]
    public void Other_numbers_stay(string text) => Assert.Equal(text, PersonalNumbers.Mask(text));
}
