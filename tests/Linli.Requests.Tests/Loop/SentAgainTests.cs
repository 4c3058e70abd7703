using System.Net;
using System.Net.Http.Json;
using Linli.Kernel;
using Linli.Shell.Http.Calls;
using Linli.Shell.Ledgers;
using Linli.Shell.Webhooks;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Tests.Loop;

/// <summary>A call that is sent again after a lost answer is done once.</summary>
public sealed class SentAgainTests
{
    [Fact]
    public async Task A_call_that_is_sent_again_is_done_once_and_answered_the_same()
    {
        await using var town = await LoopTown.FoundAsync();
        var first = await AddAsync(town, "key-2026-0001", "https://example.com/a");
        var again = await AddAsync(town, "key-2026-0001", "https://example.com/a");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.Status, again.Status));
        Assert.Equal(first.Text, again.Text);   // the secret too, which is shown once otherwise
        Assert.Equal("true", again.Headers["Idempotency-Replayed"]);
        Assert.Equal(1, await town.Town.ReadAsync(db => db.Set<Webhook>().CountAsync()));
        Assert.DoesNotContain(first.Json<WebhookSecretShown>().Secret, await StoreContents.ReadAsync(town.Town), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_key_with_something_else_is_a_mistake_and_another_account_has_its_own_keys()
    {
        await using var town = await LoopTown.FoundAsync();
        await AddAsync(town, "key-2026-0001", "https://example.com/a");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await AddAsync(town, "key-2026-0001", "https://example.com/b")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await AddAsync(town, "short", "https://example.com/b")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await AddAsync(town, "key-2026-0001", "https://example.com/a", "paidan")).Status);
    }

    [Fact]
    public async Task What_was_refused_is_put_right_under_the_same_key_and_a_day_later_it_is_a_new_call()
    {
        await using var town = await LoopTown.FoundAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await AddAsync(town, "key-2026-0001", "nowhere")).Status);
        Assert.Equal(HttpStatusCode.Created, (await AddAsync(town, "key-2026-0001", "https://example.com/a")).Status);
        town.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal(1, await town.Town.InScopeAsync((RememberCalls calls) => calls.PruneAsync(default)));
        Assert.Equal(HttpStatusCode.Created, (await AddAsync(town, "key-2026-0001", "https://example.com/a")).Status);
        Assert.Equal(2, await town.Town.ReadAsync(db => db.Set<Webhook>().CountAsync()));
    }

    [Fact]
    public async Task A_call_that_was_cut_off_is_never_done_twice()
    {
        await using var town = await LoopTown.FoundAsync();
        await AddAsync(town, "key-2026-0001", "https://example.com/a");
        await town.Town.InScopeAsync((LinliDb db) => db.Set<RememberedCall>().ExecuteUpdateAsync(set => set.SetProperty(c => c.Status, (int?)null)));   // as the process left it that ended before it could answer
        Assert.Contains("still_running", (await AddAsync(town, "key-2026-0001", "https://example.com/a")).Text, StringComparison.Ordinal);
        town.Clock.Advance(TimeSpan.FromMinutes(3));
        var later = await AddAsync(town, "key-2026-0001", "https://example.com/a");
        Assert.Equal(HttpStatusCode.Conflict, later.Status);
        Assert.Contains("outcome_unknown", later.Text, StringComparison.Ordinal);
        Assert.Equal(1, await town.Town.ReadAsync(db => db.Set<Webhook>().CountAsync()));
    }

    [Fact]
    public async Task Where_to_go_on_is_said_again_and_addresses_are_the_same_in_any_case()
    {
        await using var town = await LoopTown.FoundAsync();
        var body = new LedgerDefinition { Source = "requests", Name = "乡镇周报", Columns = [new LedgerColumnSpec("town")] };
        var first = await PostAsync(town, "duban", "/api/ledgers", JsonContent.Create(body, options: Json.Plain));
        var again = await PostAsync(town, "duban", "/API/Ledgers", JsonContent.Create(body, options: Json.Plain));

        Assert.True(first.Status == HttpStatusCode.Created, first.Text);
        Assert.Equal((HttpStatusCode.Created, first.Text, "true"), (again.Status, again.Text, again.Headers["Idempotency-Replayed"]));
        Assert.Equal(first.Headers["Location"], again.Headers["Location"]);
        Assert.True(again.Headers.ContainsKey(ApiVersions.Header));
    }

    [Theory]
    [InlineData("guanli", "/api/imports?rows=areas")]
    [InlineData("paidan", "/api/evidence")]
    [InlineData("paidan", "/api/public/twins")]
    public async Task A_call_that_takes_no_key_refuses_it(string who, string path)
    {
        await using var town = await LoopTown.FoundAsync();
        var refused = await PostAsync(town, who, path, new ByteArrayContent([1, 2, 3]));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("Idempotency-Key", refused.Text, StringComparison.Ordinal);
    }

    private static async Task<Answer> PostAsync(LoopTown town, string who, string path, HttpContent body) =>
        await (await town.AsAsync(who)).SendRawAsync(HttpMethod.Post, path, body, [("Idempotency-Key", "key-2026-0001"), ("X-Linli", "1"), ("Accept", "application/json")]);

    private static async Task<Answer> AddAsync(LoopTown town, string key, string url, string who = "guanli") => await (await town.AsAsync(who)).SendRawAsync(
        HttpMethod.Post, "/api/webhooks", JsonContent.Create(new { name = "平台", url }), [("Idempotency-Key", key), ("X-Linli", "1"), ("Accept", "application/json")]);
}
