using System.Net;
using System.Text;
using Linli.Kernel;
using Linli.Shell.Accounts;
using Linli.Shell.Accounts.Passwords;
using Linli.Shell.Site;
using Linli.Testing;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Tests.Accounts;

public sealed class PasswordRulesTests
{
    private static readonly CommonPasswords Common = new();
    private static readonly PasswordRules Rules = new(Common, Options.Create(new SiteOptions()));

    [Fact]
    public void The_list_is_long() => Assert.InRange(Common.Count, 10_000, 100_000);

    [Theory]
    [InlineData("password12345")]
    [InlineData("P@ssw0rd!2026")]
    [InlineData("woaini1314520")]
    [InlineData("Woaini_5201314!")]
    [InlineData("zhangwei19900101")]
    [InlineData("Zh@ngWei-1990-08")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("qwertyuiop[]123")]
    [InlineData("QWERTYuiopASDF")]
    [InlineData("123456789012")]
    [InlineData("13800138000123456")]
    [InlineData("abcdefghijklmn")]
    [InlineData("ｐａｓｓｗｏｒｄ１２３４")]
    [InlineData("admin admin admin")]
    [InlineData("iloveyouiloveyou1")]
    [InlineData("Huguan@2026!!")]
    [InlineData("linli-huguan-1234")]
    [InlineData("壶关县邻里20262026")]
    [InlineData("baichi19901990")]
    [InlineData("aaaaaaaaaaaaaaa")]
    [InlineData("a b c d e f g h i j k l")]
    [InlineData("ababababababab")]
    [InlineData("short")]
    [InlineData("elevenchars")]
    [InlineData("a            b")]
    [InlineData("my-name-is-li.na")]
    [InlineData("欧阳晓峰19881988")]
    public void What_many_would_choose_is_refused(string password) => Assert.NotNull(Rules.ProblemWith(password, "li.na", "欧阳晓峰"));

    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("一句好记又足够长的话没人猜到")]
    [InlineData("我家门前有三棵枣树和一口井")]
    [InlineData("xK7#mQ2$vL9p")]
    [InlineData("tractor sings at noon")]
    [InlineData("🦉🌾🚜🌧️🧂🪵🐑🌽🍎🪨🧵🔔🥾")]
    [InlineData("i walked from huguan to the old well")]
    public void A_sentence_or_words_that_have_nothing_to_do_with_each_other_are_fine(string password) => Assert.Null(Rules.ProblemWith(password, "li.na", "欧阳晓峰"));

    [Fact]
    public void Two_hundred_characters_are_allowed_and_not_one_is_cut_off()
    {
        var text = new StringBuilder();
        for (var i = 0; text.Length < PasswordRules.MaxLength; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"word-{i * 7919 % 977} ");
        }

        var longest = text.ToString()[..PasswordRules.MaxLength];
        Assert.Null(Rules.ProblemWith(longest, "li.na"));
        Assert.NotNull(Rules.ProblemWith(longest + "x", "li.na"));

        var hashes = HashesWith(1);
        var account = new Account { Name = "" };
        hashes.Set(account, longest);
        Assert.True(hashes.IsRight(account, longest));
        Assert.False(hashes.IsRight(account, longest[..^1]));
        Assert.False(hashes.IsRight(account, longest[..^1] + "#"));
    }

    [Fact]
    public void A_password_is_the_same_from_a_keyboard_that_writes_wide_letters()
    {
        var hashes = HashesWith(1);
        var account = new Account { Name = "" };
        hashes.Set(account, "tractor sings at noon");
        Assert.True(hashes.IsRight(account, "ｔｒａｃｔｏｒ　ｓｉｎｇｓ　ａｔ　ｎｏｏｎ"));
        Assert.False(hashes.IsRight(account, "Tractor sings at noon"));
    }

    [Fact]
    public void Hashes_take_at_least_as_many_rounds_as_is_asked_for_and_older_ones_are_renewed()
    {
        using var services = new ServiceCollection().AddLinliAccounts().BuildServiceProvider();
        Assert.True(services.GetRequiredService<IOptions<PasswordHasherOptions>>().Value.IterationCount >= 210_000);

        var account = new Account { Name = "" };
        HashesWith(1_000).Set(account, "tractor sings at noon");
        var old = account.PasswordHash;
        Assert.False(HashesWith(2_000).IsRight(account, "something else entirely"));
        Assert.Equal(old, account.PasswordHash);
        Assert.True(HashesWith(2_000).IsRight(account, "tractor sings at noon"));
        Assert.NotEqual(old, account.PasswordHash);
        Assert.True(HashesWith(2_000).IsRight(account, "tractor sings at noon"));
    }

    [Fact]
    public async Task A_renewed_hash_is_kept_at_the_next_sign_in()
    {
        await using var town = await Staff.TownAsync(new TownOptions { Adjust = b => b.Services.Configure<PasswordHasherOptions>(o => o.IterationCount = 3) });
        var before = await HashAsync(town);
        using var client = await town.SignedInAsync("dispatcher");
        var after = await HashAsync(town);
        Assert.NotEqual(before, after);
        using var again = await town.SignedInAsync("dispatcher");
        Assert.Equal(after, await HashAsync(town));
    }

    [Fact]
    public async Task The_form_says_what_is_wrong_and_leaves_room_for_password_keepers()
    {
        await using var town = await Staff.TownAsync();
        using var client = await town.SignedInAsync("dispatcher");
        var page = await (await client.GetAsync("/me")).Content.ReadAsStringAsync();
        Assert.Contains("autocomplete=\"new-password\"", page, StringComparison.Ordinal);
        Assert.Contains("autocomplete=\"current-password\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("onpaste", page, StringComparison.Ordinal);

        var refused = await client.PostFormAsync("/me/password", ("old", Staff.Password), ("password", "woaini1314520"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("很多人在用", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static Task<string?> HashAsync(Town town) => town.ReadAsync(db => db.Set<Account>().Where(a => a.UserName == "dispatcher").Select(a => a.PasswordHash).SingleAsync());

    private static Hashes HashesWith(int rounds)
    {
        var options = Options.Create(new PasswordHasherOptions { IterationCount = rounds });
        return new Hashes(new PasswordHasher<Account>(options), new Decoy(options));
    }
}
