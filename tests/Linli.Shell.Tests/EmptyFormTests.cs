using System.Net;

namespace Linli.Shell.Tests;

/// <summary>A form in which nothing is ticked or written arrives with an empty body; the page says at the field what is missing.</summary>
public sealed class EmptyFormTests
{
    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/sign-in/code")]
    [InlineData("/sign-in/invitation")]
    [InlineData("/sign-in/resident")]
    public async Task A_visitor_who_sends_a_form_without_fields_gets_the_page_back(string form)
    {
        await using var town = await Staff.TownAsync();
        using var visitor = await town.ClientAsync();
        await AnsweredAsync(visitor, form);
    }

    [Theory]
    [InlineData("/me/password")]
    [InlineData("/me/deputies")]
    [InlineData("/admin/people")]
    [InlineData("/admin/people/invitations")]
    public async Task Whoever_is_signed_in_and_sends_a_form_without_fields_gets_the_page_back(string form)
    {
        await using var town = await Staff.TownAsync();
        using var admin = await town.SignedInAsync("admin");
        await AnsweredAsync(admin, form);
    }

    private static async Task AnsweredAsync(HttpClient client, string form)
    {
        var answer = await client.PostFormAsync(form);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.DoesNotContain("没有看懂这次请求", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
