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
    [InlineData("写信到 zhang.san@qq.com，谢谢", "写信到 zha**.***@**.***，谢谢")]
    [InlineData("邮箱ab＠163.com.cn", "邮箱ab＠***.***.**")]
    [InlineData("加微信abc123 聊", "加微信abc*** 聊")]
    [InlineData("微信号：zhangsan，微信 lao_wang-2", "微信号：zha*****，微信 lao_****-*")]
    [InlineData("微信：12345678", "微信：123*****")]
    [InlineData("my WeChat id: wang2008, vx:li_si_88", "my WeChat id: wan*****, vx:li_**_**")]
    [InlineData("QQ 12345678，qq：８７６５４３２１", "QQ 123*****，qq：８７６*****")]
    [InlineData("加V：abc12345，v信 zhangsan_88", "加V：abc*****，v信 zha*****_**")]
    [InlineData("扣扣 123456789 或 Q Q：12345678", "扣扣 123****** 或 Q Q：123*****")]
    [InlineData("WeChat: lampfixer, wx：ａｂｃ12345", "WeChat: lam******, wx：ａｂｃ*****")]
    [InlineData("zhang＠163．com", "zha**＠***．***")]
    public void Numbers_of_persons_are_masked(string text, string shown) => Assert.Equal(shown, PersonalNumbers.Mask(text));

    [Theory]
    [InlineData("诉求 261122-048213 一直没办")]
    [InlineData("2026-11-22 08:30 停电，8 号楼 1203 室")]
    [InlineData("晋D12345 占道，罚 1500000 元")]
    [InlineData("统一社会信用代码 91140427MA0K0X0X0X")]
    [InlineData("微信支付 12345678 笔失败，微信小程序打不开")]
    [InlineData("关注微信公众号 huguan_news2，微信群里说的")]
    [InlineData("微信支付 wxpay2024 超时，网址 wx2024abc.example")]
    [InlineData("WeChat payment fails at the counter, weixin wallet too")]
    [InlineData("奇瑞 QQ3 占道，QQ群 12345678 有人发，车牌晋DQQ12345")]
    [InlineData("房价 3@5 元，见 https://huguan.example/a@b，@所有人")]
    public void Other_numbers_stay(string text) => Assert.Equal(text, PersonalNumbers.Mask(text));

    [Theory]
    [InlineData(' ', "qq")]
    [InlineData('\u3000', "\u5FAE\u4FE1")]
    [InlineData('1', "1")]
    [InlineData('a', "a@")]
    [InlineData('.', "a@a")]
    public void No_text_takes_long_whatever_it_is_filled_with(char filling, string between)
    {
        // As long as a report may be. What backtracks over it runs into the limit of time and masks every word; one word tells.
        var text = string.Concat(Enumerable.Repeat(between + new string(filling, 1_300), 3));
        Assert.EndsWith(" Lamp", PersonalNumbers.Mask(text + "x" + new string(filling, 50) + "坏 Lamp"), StringComparison.Ordinal);
    }
}
