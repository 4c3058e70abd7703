using System.Net;
using System.Text.RegularExpressions;
using Linli.Kernel;
using Linli.Shell.Residents;
using Linli.Shell.Sms;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Tests.Residents;

/// <summary>Accounts of residents: by a code to a telephone, with the port for text messages in the test's hands.</summary>
public sealed class ResidentTests
{
    private const string Phone = "13800138000";

    [Fact]
    public async Task A_resident_signs_in_with_a_code_and_sees_the_same_requests_on_another_device()
    {
        var gateway = new Telephone();
        await using var town = await TownAsync(gateway);
        using var phone = await SignedInAsync(town, gateway, Phone);
        var number = await ReportAsync(phone);
        using var desk = await SignedInAsync(town, gateway, "+86 138-0013-8000");

        Assert.Contains(number, (await desk.GetAsync("/track")).Text, StringComparison.Ordinal);
        Assert.Contains("井盖不见了", (await desk.GetAsync($"/track/{number}")).Text, StringComparison.Ordinal);
        Assert.Equal(1, await town.ReadAsync(db => db.Set<Resident>().CountAsync()));

        using var other = await SignedInAsync(town, gateway, "13900139000");
        Assert.DoesNotContain(number, (await other.GetAsync("/track")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("井盖不见了", (await other.GetAsync($"/track/{number}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_is_the_same_whether_there_is_an_account_or_not()
    {
        var gateway = new Telephone();
        await using var town = await TownAsync(gateway);
        (await SignedInAsync(town, gateway, Phone)).Dispose();
        var answers = new List<string>();
        foreach (var to in new[] { Phone, "13900139000" })
        {
            using var visitor = await town.HttpAsync();
            var answer = await visitor.PostFormAsync("/sign-in/resident", ("to", to));
            answers.Add(answer.Text);
            Assert.DoesNotContain(to, answer.Text, StringComparison.Ordinal);
        }

        Assert.Equal(answers[0], answers[1]);
    }

    [Fact]
    public async Task A_code_takes_five_tries_ten_minutes_one_use_and_the_device_that_asked()
    {
        var gateway = new Telephone();
        await using var town = await TownAsync(gateway);
        using var visitor = await town.HttpAsync();
        var code = await AskAsync(town, gateway, visitor, Phone);
        using var elsewhere = await town.HttpAsync();
        await elsewhere.PostFormAsync("/sign-in/resident/code", ("code", code));
        Assert.Equal(HttpStatusCode.Unauthorized, (await elsewhere.SendJsonAsync(HttpMethod.Get, "/api/resident")).Status);

        var wrong = code == "000000" ? "000001" : "000000";
        for (var i = 0; i < SentCode.MostTries; i++)
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.PostFormAsync("/sign-in/resident/code", ("code", wrong))).Status);
        }

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.PostFormAsync("/sign-in/resident/code", ("code", code))).Status);

        code = await AskAsync(town, gateway, visitor, Phone);
        town.Clock.Advance(SentCode.Life);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.PostFormAsync("/sign-in/resident/code", ("code", code))).Status);

        code = await AskAsync(town, gateway, visitor, Phone);
        Assert.Equal(HttpStatusCode.NoContent, (await visitor.SendJsonAsync(HttpMethod.Post, "/api/resident/session", new { code })).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.SendJsonAsync(HttpMethod.Post, "/api/resident/session", new { code })).Status);
    }

    [Fact]
    public async Task Nobodys_telephone_is_flooded()
    {
        var gateway = new Telephone();
        await using var town = await TownAsync(gateway);
        using var visitor = await town.HttpAsync();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.NoContent, (await visitor.SendJsonAsync(HttpMethod.Post, "/api/resident/code", new { to = Phone })).Status);
        }

        Assert.Contains("too_many_tries", (await visitor.SendJsonAsync(HttpMethod.Post, "/api/resident/code", new { to = "+8613800138000" })).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await visitor.SendJsonAsync(HttpMethod.Post, "/api/resident/code", new { to = "13900139000" })).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.SendJsonAsync(HttpMethod.Post, "/api/resident/code", new { to = "12345" })).Status);
        await town.DeliverAsync();
        Assert.Equal(3 + 1, gateway.Messages.Count);
    }

    [Fact]
    public async Task Neither_the_number_nor_the_code_can_be_read_in_the_database()
    {
        var gateway = new Telephone();
        await using var town = await TownAsync(gateway);
        using var visitor = await town.HttpAsync();
        var code = await AskAsync(town, gateway, visitor, Phone);
        var sent = await town.ReadAsync(db => db.Set<SentCode>().AsNoTracking().SingleAsync());
        Assert.DoesNotContain(code, sent.Code, StringComparison.Ordinal);
        Assert.DoesNotContain(Phone, sent.Recipient!.Stored + sent.RecipientIndex, StringComparison.Ordinal);
        Assert.DoesNotContain(await town.ReadAsync(db => db.Set<OutboxMessage>().Select(m => m.Payload).ToListAsync()), p => p.Contains(Phone, StringComparison.Ordinal) || p.Contains(code, StringComparison.Ordinal));

        await visitor.SendJsonAsync(HttpMethod.Post, "/api/resident/session", new { code });
        var account = await visitor.SendJsonAsync(HttpMethod.Get, "/api/resident");
        Assert.Contains("138****8000", account.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Phone, account.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_earlier_request_is_claimed_with_its_secret_code_and_by_nobody_else_afterwards()
    {
        var gateway = new Telephone();
        await using var town = await TownAsync(gateway);
        using var anonymous = await town.HttpAsync();
        var receipt = (await anonymous.SendJsonAsync(HttpMethod.Post, "/api/requests", Report())).Json();
        var (number, code) = (receipt.GetProperty("number").GetString()!, receipt.GetProperty("secretCode").GetString()!);

        using var resident = await SignedInAsync(town, gateway, Phone);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await resident.PostFormAsync("/track/adopt", ("number", number), ("code", "AAAAAAAAAA"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await resident.SendJsonAsync(HttpMethod.Post, "/api/resident/requests", new { number, code })).Status);
        using var again = await SignedInAsync(town, gateway, Phone);
        Assert.Contains(number, (await again.GetAsync("/track")).Text, StringComparison.Ordinal);

        using var other = await SignedInAsync(town, gateway, "13900139000");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await other.PostFormAsync("/track/adopt", ("number", number), ("code", code))).Status);
    }

    [Fact]
    public async Task A_new_number_is_confirmed_by_a_code_there_and_asks_for_a_fresh_sign_in()
    {
        var gateway = new Telephone();
        await using var town = await TownAsync(gateway);
        (await SignedInAsync(town, gateway, "13700137000")).Dispose();
        using var resident = await SignedInAsync(town, gateway, Phone);
        await resident.PostFormAsync("/my/contact", ("to", "13700137000"));
        Assert.Equal(HttpStatusCode.Conflict, (await resident.PostFormAsync("/my/contact/code", ("code", await gateway.NextAsync(town)))).Status);

        await resident.PostFormAsync("/my/contact", ("to", "13900139000"));
        Assert.Equal(HttpStatusCode.OK, (await resident.PostFormAsync("/my/contact/code", ("code", await gateway.NextAsync(town)))).Status);
        Assert.Contains("139****9000", (await resident.GetAsync("/my")).Text, StringComparison.Ordinal);

        town.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Contains("confirmation_needed", (await resident.SendJsonAsync(HttpMethod.Delete, "/api/resident")).Text, StringComparison.Ordinal);
        Assert.Contains("请退出后用验证码重新登录", (await resident.PostFormAsync("/my/delete")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_account_leaves_its_requests_to_nobody_and_nothing_of_itself()
    {
        var gateway = new Telephone();
        await using var town = await TownAsync(gateway);
        using var resident = await SignedInAsync(town, gateway, Phone);
        var number = await ReportAsync(resident);
        Assert.NotNull(await OwnerAsync(town, number));

        await resident.PostFormAsync("/my/delete");
        await town.DeliverAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await resident.SendJsonAsync(HttpMethod.Get, "/api/resident")).Status);
        Assert.Null(await OwnerAsync(town, number));
        Assert.Equal(0, await town.ReadAsync(db => db.Set<Resident>().CountAsync()));
    }

    [Fact]
    public async Task A_resident_is_no_staff_and_staff_are_no_residents()
    {
        var gateway = new Telephone();
        await using var town = await TownAsync(gateway);
        using var resident = await SignedInAsync(town, gateway, Phone);
        Assert.Equal(HttpStatusCode.Unauthorized, (await resident.SendJsonAsync(HttpMethod.Get, "/api/people")).Status);
        using var staff = await town.HttpAsync("paidan");
        Assert.Equal(HttpStatusCode.Forbidden, (await staff.SendJsonAsync(HttpMethod.Get, "/api/resident")).Status);
    }

    private static Task<Guid?> OwnerAsync(Town town, string number) => town.ReadAsync(db => db.Set<ServiceRequest>().Where(r => r.Number == number).Select(r => r.ReportedByAccount).SingleAsync());

    private static object Report() => new { serviceType = "manhole", text = "井盖不见了，很危险", place = new { area = "140427100002" } };

    internal static async Task<string> ReportAsync(Visitor visitor, object? report = null)
    {
        var answer = await visitor.SendJsonAsync(HttpMethod.Post, "/api/requests", report ?? Report());
        Assert.True(answer.Status == HttpStatusCode.Created, answer.Text);
        return answer.Json().GetProperty("number").GetString()!;
    }

    internal static Task<Town> TownAsync(Telephone gateway) => Town.FoundAsync(new TownOptions
    {
        Adjust = b =>
        {
            b.Services.Configure<SmsOptions>(o => (o.Url, o.Secret) = ("https://sms.example", "0123456789abcdef"));
            b.Services.AddSingleton<ISmsSender>(gateway);
        },
    });

    private static async Task<string> AskAsync(Town town, Telephone gateway, Visitor visitor, string phone)
    {
        Assert.Equal(HttpStatusCode.OK, (await visitor.PostFormAsync("/sign-in/resident", ("to", phone))).Status);
        return await gateway.NextAsync(town);
    }

    internal static async Task<Visitor> SignedInAsync(Town town, Telephone gateway, string phone)
    {
        var visitor = await town.HttpAsync();
        var answer = await visitor.PostFormAsync("/sign-in/resident/code", ("code", await AskAsync(town, gateway, visitor, phone)));
        Assert.True(answer.Status == HttpStatusCode.OK && answer.Text.Contains("****", StringComparison.Ordinal), answer.Text);
        return visitor;
    }

    /// <summary>The port to the outside, in the test's hands.</summary>
    internal sealed class Telephone : ISmsSender
    {
        public List<OutgoingSms> Messages { get; } = [];

        public Task SendAsync(OutgoingSms sms, CancellationToken cancellation)
        {
            Messages.Add(sms);
            return Task.CompletedTask;
        }

        public async Task<string> NextAsync(Town town)
        {
            Assert.Equal(0, await town.DeliverAsync());
            return Regex.Match(Messages[^1].Text, @"\d{6}").Value;
        }
    }
}
