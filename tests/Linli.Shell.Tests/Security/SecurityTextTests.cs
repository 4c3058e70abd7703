using System.Net;
using Linli.Testing;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Tests.Security;

public sealed class SecurityTextTests
{
    [Fact]
    public async Task Whoever_found_a_weakness_reads_where_to_report_it_and_until_when_that_holds()
    {
        await using var town = await TownAsync("mailto:security@huguan.example", "2099-06-30");
        using var visitor = await town.HttpAsync();

        var answer = await visitor.GetAsync("/.well-known/security.txt");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("text/plain; charset=utf-8", answer.Headers["Content-Type"]);
        Assert.Equal("Contact: mailto:security@huguan.example\nExpires: 2099-06-30T00:00:00Z\nPreferred-Languages: zh, en\nCanonical: https://linli.example/.well-known/security.txt\n", answer.Text);
    }

    [Theory]
    [InlineData("", "2099-06-30")]
    [InlineData("mailto:security@huguan.example", null)]
    [InlineData("mailto:security@huguan.example", "2020-06-30")]
    public async Task Without_a_contact_that_holds_there_is_nothing(string contact, string? until)
    {
        await using var town = await TownAsync(contact, until);
        using var visitor = await town.HttpAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/.well-known/security.txt")).Status);
    }

    [Theory]
    [InlineData("security@huguan.example")]
    [InlineData("http://huguan.example/report")]
    [InlineData("mailto:a@b.example\nEvil: 1")]
    public async Task A_contact_that_is_none_is_told_at_the_start(string contact)
    {
        await using var town = await TownAsync(contact, "2099-06-30");

        await Assert.ThrowsAsync<OptionsValidationException>(town.StartAsync);
    }

    private static Task<Town> TownAsync(string contact, string? until) => Town.FoundAsync(new TownOptions
    {
        Adjust = builder =>
        {
            builder.Configuration["Security:Contact"] = contact;
            builder.Configuration["Security:ContactUntil"] = until;
            builder.Configuration["Mail:SiteAddress"] = "https://linli.example/";
        },
    });
}
