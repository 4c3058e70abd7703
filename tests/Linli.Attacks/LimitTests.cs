using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using Linli.Requests.Access;
using Linli.Shell.Limits;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Attacks;

/// <summary>Nobody calls much more often than people do, and nobody suffers for their neighbours.</summary>
public sealed class LimitTests
{
    private static readonly (string, string)[] Report = [("serviceType", "old-estate"), ("text", "楼道灯坏了三天")];

    [Fact]
    public async Task Too_many_calls_are_refused_until_some_time_has_gone_by_and_the_answer_says_how_long()
    {
        await using var town = await TownAsync(o => (o.Searching, o.Sharing) = (3, 1));
        using var visitor = await town.HttpAsync();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await SearchAsync(visitor)).Status);
        }

        var refused = await SearchAsync(visitor);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Equal("too_many_requests", refused.ProblemCode);
        Assert.Equal("200", refused.Headers["Retry-After"]);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/track")).Status); // a page is another kind

        town.Clock.Advance(TimeSpan.FromSeconds(199));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await SearchAsync(visitor)).Status);
        town.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await SearchAsync(visitor)).Status);
    }

    [Fact]
    public async Task Signed_in_or_known_one_has_a_share_of_ones_own_whatever_the_neighbours_behind_the_same_address_do()
    {
        await using var town = await TownAsync(o => (o.Searching, o.Reporting, o.Sharing) = (2, 50, 1));
        using var staff = await town.HttpAsync("paidan");
        using var known = await town.HttpAsync();
        Assert.Equal(HttpStatusCode.OK, (await known.PostFormAsync("/report", [.. Report, ("idempotencyKey", "0123456789abcdef")])).Status);
        using var flood = await town.HttpAsync();
        while ((await SearchAsync(flood)).Status == HttpStatusCode.OK)
        {
        }

        Assert.Equal(HttpStatusCode.OK, (await SearchAsync(staff)).Status);
        Assert.Equal(HttpStatusCode.OK, (await SearchAsync(known)).Status);
        using var stranger = await town.HttpAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, (await SearchAsync(stranger)).Status);
    }

    [Fact]
    public async Task A_cookie_that_somebody_made_up_is_no_device()
    {
        await using var town = await TownAsync(o => (o.Searching, o.Sharing) = (1, 1));
        using var visitor = await town.HttpAsync();
        for (var i = 0; i < 3; i++)
        {
            var answer = await visitor.SendRawAsync(HttpMethod.Get, "/api/areas/search?text=x", null, [("Cookie", $"linli.mine={Guid.NewGuid()}")]);
            Assert.Equal(i > 0, answer.Status == HttpStatusCode.TooManyRequests);
        }
    }

    [Theory]
    [InlineData("zh-CN", "您填写的内容没有丢")]
    [InlineData("en", "Nothing you filled in is lost")]
    public async Task What_was_typed_is_sent_again_with_one_press(string language, string said)
    {
        await using var town = await TownAsync(o => (o.Reporting, o.Sharing) = (1, 1));
        using var first = await town.HttpAsync();
        await first.PostFormAsync("/report", [.. Report, ("idempotencyKey", "0123456789abcdef")]);
        using var visitor = await town.HttpAsync();
        visitor.Language = language;

        var refused = await visitor.PostFormAsync("/report", ("serviceType", "old-estate"), ("text", "第一行\n\"第二行\" <b>"), ("idempotencyKey", "fedcba9876543210"), ("photos.id", "x"), ("photos.id", "y"));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Contains(said, refused.Words, StringComparison.Ordinal);
        Assert.Equal(2, refused.Page.QuerySelectorAll("form[action='/report'] input[name='photos.id']").Length);
        Assert.Empty(HeaderTests.Inline(refused));

        town.Clock.Advance(Allowances.Window);
        var sent = await visitor.SubmitAsync(refused, "form[action='/report']");
        Assert.StartsWith("/track/", sent.Path, StringComparison.Ordinal);
        Assert.Contains("\"第二行\" <b>", sent.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_passwords_are_few_for_an_address_whoever_they_name_and_right_ones_do_not_count()
    {
        await using var town = await TownAsync(o => o.WrongPasswords = 3);
        for (var i = 0; i < 5; i++)
        {
            using var office = await town.HttpAsync("paidan");
        }

        using var attacker = await town.HttpAsync();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await attacker.PostFormAsync("/sign-in", ("login", $"nobody{i}"), ("password", "x"))).Status);
        }

        var refused = await attacker.PostFormAsync("/sign-in", ("login", "paidan"), ("password", Town.Password));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.DoesNotContain(Town.Password, refused.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await attacker.SendJsonAsync(HttpMethod.Post, "/api/session", new { login = "paidan", password = Town.Password })).Status);
    }

    [Fact]
    public async Task Wrong_secret_codes_are_few_for_an_address_on_the_page_and_over_the_API_together()
    {
        await using var town = await TownAsync(o => o.WrongCodes = 4);
        var (number, code) = await ReportAsync(town);
        using var guesser = await town.HttpAsync();
        await TryOnPageAsync(guesser, number, "AAAA-BBBB-CC");
        await TryOnPageAsync(guesser, "999999-999999", "AAAA-BBBB-CC");
        await TryAsync(guesser, number, "AAAABBBBCD");
        await TryAsync(guesser, "999999-999999", "AAAABBBBCD");

        var page = await TryOnPageAsync(guesser, number, code);
        var api = await TryAsync(guesser, number, code);
        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests), (page.Status, api.Status));
        Assert.Equal("150", page.Headers["Retry-After"]);
        Assert.Equal("150", api.Headers["Retry-After"]);

        town.Clock.Advance(TimeSpan.FromSeconds(150));
        Assert.Equal(HttpStatusCode.OK, (await TryAsync(guesser, number, code)).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Wrong_secret_codes_are_few_for_one_number_whether_or_not_there_is_such_a_request(bool exists)
    {
        await using var town = await TownAsync(o => (o.WrongCodes, o.WrongCodesOfOne) = (1000, 3));
        var (number, code) = exists ? await ReportAsync(town) : ("999999-999999", "AAAA-BBBB-CC");
        using var guesser = await town.HttpAsync();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await TryOnPageAsync(guesser, number, "AAAA-BBBB-CD")).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await TryOnPageAsync(guesser, number, code)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await TryOnPageAsync(guesser, "888888-888888", code)).Status);
    }

    /// <summary>The clock of the wall would lie on a busy machine; the work done does not.</summary>
    [Fact]
    public async Task A_wrong_number_and_a_wrong_code_cost_the_same_work_and_read_the_same()
    {
        await using var town = await TownAsync(_ => { });
        var (number, _) = await ReportAsync(town);
        using var guesser = await town.HttpAsync();
        var compared = 0;
        using var meter = new MeterListener { InstrumentPublished = (instrument, listener) => { if (instrument.Meter.Name == SecretCodes.Meter) { listener.EnableMeasurementEvents(instrument); } } };
        meter.SetMeasurementEventCallback<long>((_, value, tags, _) => { if (tags.Length == 0) { compared += (int)value; } });
        meter.Start();
        var texts = new List<string>();
        foreach (var asked in new[] { number, "999999-999999" })
        {
            compared = 0;
            var page = await TryOnPageAsync(guesser, asked, "AAAA-BBBB-CD");
            Assert.True(compared >= 1, "A code was answered without having been compared."); // other tests may compare at the same time
            texts.Add($"{page.Status} {page.Text.Replace(asked, "N", StringComparison.Ordinal)}");
            var api = await TryAsync(guesser, asked, "AAAABBBBCD", "/clocks");
            texts.Add($"{api.Status} {api.Text.Replace(asked, "N", StringComparison.Ordinal)}");
        }

        Assert.Equal(texts[..2], texts[2..]);
    }

    [Fact]
    public async Task Probes_are_never_counted()
    {
        await using var town = await TownAsync(o => (o.Reading, o.Sharing) = (1, 1));
        using var probe = await town.HttpAsync();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await probe.GetAsync("/health/live")).Status);
        }
    }

    /// <summary>Whoever adds one that costs more says so; this holds that nobody was forgotten so far.</summary>
    [Fact]
    public async Task What_costs_much_is_charged_as_such()
    {
        await using var town = await TownAsync(_ => { });
        await town.StartAsync();
        string[] search = ["/search", "/suggest", "/twins", "/places", "/locate", "/boundaries", ".geojson"];
        foreach (var door in town.Doors())
        {
            var cost = door.Endpoint.Metadata.GetMetadata<CostRules.Charged>()?.Cost;
            if (Array.Exists(search, s => door.Route.EndsWith(s, StringComparison.Ordinal)) && door.Policies.Count == 0)
            {
                Assert.True(cost == Cost.Searching, $"{door} costs {cost}.");
            }

            if (door.Method == HttpMethod.Post && door.Route is "/sign-in" or "/sign-in/code" or "/api/session/code" or "/setup" or "/api/setup")
            {
                Assert.True(door.IsSafe || cost == Cost.SigningIn, $"{door} costs {cost}.");
            }

            if (door.Method == HttpMethod.Post && (door.Route.EndsWith("/join", StringComparison.Ordinal) || door.Route is "/report" or "/api/requests" || door.Route.EndsWith("/joins", StringComparison.Ordinal)))
            {
                Assert.True(cost == Cost.Reporting, $"{door} costs {cost}.");
            }
        }
    }

    private static Task<Town> TownAsync(Action<LimitsOptions> limits) => Town.FoundAsync(new TownOptions
    {
        Settings = services => services.Configure<LimitsOptions>(o =>
        {
            o.Enabled = true;
            limits(o);
        }),
    });

    private static Task<Answer> SearchAsync(Visitor visitor) => visitor.SendJsonAsync(HttpMethod.Get, "/api/areas/search?text=%E9%BE%99");

    private static async Task<(string Number, string Code)> ReportAsync(Town town)
    {
        using var reporter = await town.HttpAsync();
        var answer = await reporter.SendJsonAsync(HttpMethod.Post, "/api/requests", new { serviceType = "old-estate", text = "楼道灯坏了三天" });
        return (answer.Json().GetProperty("number").GetString()!, answer.Json().GetProperty("secretCode").GetString()!);
    }

    private static Task<Answer> TryOnPageAsync(Visitor visitor, string number, string code) => visitor.PostFormAsync("/track", ("number", number), ("code", code));

    private static Task<Answer> TryAsync(Visitor visitor, string number, string code, string more = "") =>
        visitor.SendRawAsync(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"/api/requests/{number}{more}"), null, [("X-Linli-Code", code), ("Accept", "application/json")]);
}
