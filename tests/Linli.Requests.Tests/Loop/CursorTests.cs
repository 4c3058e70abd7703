using System.Globalization;
using System.Net;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Audit;
using Linli.Kernel.Organisations;
using Linli.Shell.Accounts;
using Linli.Shell.Inbox;
using Linli.Testing.Http;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Tests.Loop;

/// <summary>Long lists are read to their end while others write: nothing comes twice, nothing is passed over.</summary>
public sealed class CursorTests
{
    private const int Lines = 110;

    [Theory]
    [InlineData("/api/public/requests?state=open", "nobody")]
    [InlineData("/api/requests?sort=newest", "paidan")]
    [InlineData("/api/requests?sort=oldest", "paidan")]
    public async Task A_list_is_read_whole_while_others_write(string path, string who)
    {
        await using var town = await LoopTown.FoundAsync();
        var numbers = new List<string>();
        for (var i = 0; i < 65; i++)
        {
            numbers.Add((await town.ReportAsync(text: $"第 {i} 盏灯坏了，请来修一下")).Number);
            town.Clock.Advance(TimeSpan.FromSeconds(i % 3));   // several in the same second
        }

        var reader = who == "nobody" ? await town.Town.HttpAsync() : await town.AsAsync(who);
        var (read, pages) = await ReadAllAsync(reader, path, "lines", "number", async page =>
        {
            town.Clock.Advance(TimeSpan.FromSeconds(1));
            await town.ReportAsync(text: $"后来的第 {page} 盏灯也坏了，请来修");
            foreach (var number in new[] { numbers[page], numbers[32 + page], numbers[^(2 + page)] })   // read already, and still to come
            {
                await town.DoAsync("paidan", number, "dispatch", new { organisation = "dept-municipal" });
            }
        });

        Assert.True(pages > 2, $"{pages} pages");
        Assert.Equal(read.Distinct().Count(), read.Count);
        Assert.Empty(numbers.Except(read));
    }

    [Theory]
    [InlineData("rubbish")]
    [InlineData("WyJuZXdlc3QiXQ")]
    [InlineData("WyJvcmdhbmlzYXRpb24iLCIyMDI2LTAzLTAyVDAxOjAwOjAwLjAwMDAwMDArMDA6MDAiLCJ4Il0")]   // of another list
    public async Task A_cursor_that_is_none_of_this_list_is_refused(string cursor)
    {
        await using var town = await LoopTown.FoundAsync();
        using var nobody = await town.Town.HttpAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await nobody.GetAsync($"/api/public/requests?cursor={cursor}")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await (await town.AsAsync("paidan")).GetAsync($"/api/requests?cursor={cursor}")).Status);
    }

    [Theory]
    [InlineData("/api/requests?sort=foo", "paidan", "sort")]
    [InlineData("/api/requests?page=0", "paidan", "page")]
    [InlineData("/api/requests?page=x", "paidan", "page")]
    [InlineData("/api/people?page=0", "guanli", "page")]
    [InlineData("/api/people?page=3&cursor=abc", "guanli", "page")]
    [InlineData("/api/organisations?page=-1", "paidan", "page")]
    public async Task A_place_or_an_order_that_there_is_none_of_is_refused(string address, string who, string field)
    {
        await using var town = await LoopTown.FoundAsync();
        var refused = await (await town.AsAsync(who)).GetAsync(address);
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.True(refused.Json().GetProperty("errors").TryGetProperty(field, out _), refused.Text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer ")]
    [InlineData("Bearer")]
    public async Task Without_a_key_a_program_is_told_that_there_are_keys(string? said)
    {
        await using var town = await LoopTown.FoundAsync();
        var refused = await (await town.AsAsync(LoopTown.Reporter)).SendRawAsync(System.Net.Http.HttpMethod.Get, "/api/requests", null, said is null ? [] : [("Authorization", said)]);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, refused.Status);
        Assert.StartsWith("Bearer", refused.Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_whose_lines_move_has_no_cursor()
    {
        await using var town = await LoopTown.FoundAsync();
        var answer = await (await town.AsAsync("paidan")).GetAsync("/api/requests");
        Assert.False(answer.Json().TryGetProperty("next", out _));
        Assert.False(answer.Headers.ContainsKey("Link"));
    }

    [Theory]
    [InlineData("/api/organisations", "paidan", "items", "code")]
    [InlineData("/api/people", "guanli", "items", "login")]
    [InlineData("/api/audit?subject=x", "shenji", "items", "id")]
    [InlineData("/api/audit/checkpoints", "shenji", "", "sequence")]
    [InlineData("/api/inbox?count=20", "paidan", "items", "id")]
    public async Task A_register_is_read_whole_while_others_write(string path, string who, string list, string id)
    {
        await using var town = await LoopTown.FoundAsync();
        await AddAsync(town, path, 0, Lines);
        var reader = await town.AsAsync(who);
        var (read, pages) = await ReadAllAsync(reader, path, list, id, page => AddAsync(town, path, page * 1000, 2));

        Assert.True(pages > 1, $"{pages} pages");
        Assert.Equal(read.Distinct().Count(), read.Count);
        Assert.Empty(await ThereAsync(town, path, Lines) is { } there ? there.Except(read) : []);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await reader.GetAsync(path + (path.Contains('?', StringComparison.Ordinal) ? '&' : '?') + "cursor=none-of-ours")).Status);
    }

    /// <summary>More lines, at both ends of the order.</summary>
    private static Task AddAsync(LoopTown town, string path, int from, int count) => town.Town.InScopeAsync(async (LinliDb db) =>
    {
        var paidan = await db.Set<Account>().Where(a => a.NormalizedUserName == "PAIDAN").Select(a => a.Id).SingleAsync();
        var area = await db.Set<Area>().Where(a => a.ParentCode == null).Select(a => a.Code).FirstAsync();
        for (var n = from; n < from + count; n++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{(n % 2 == 0 ? 'a' : 'z')}{n}");
            object? line = path switch
            {
                "/api/organisations" => new Organisation { Code = name, Name = name, Kind = OrganisationKind.Department, AreaCode = area },
                "/api/people" => new Account { Id = Guid.CreateVersion7(), UserName = name, NormalizedUserName = name.ToUpperInvariant(), Name = name, SecurityStamp = name },
                "/api/audit/checkpoints" => new AuditCheckpoint(n + 1, "ab", 1, town.Clock.Now, "key", "x"),
                "/api/inbox?count=20" => new Notice { AccountId = paidan, Text = "x", Values = "[]", At = town.Clock.Now },
                _ => null,
            };
            if (line is not null)
            {
                db.Add(line);
            }
            else
            {
                await db.CommitAsync(Act.BySystem("test.write", town.Clock.Now, "x"));
            }
        }

        await db.CommitAsync(Act.BySystem("test.write", town.Clock.Now, "y"));
    });

    /// <summary>What was there before reading began, where its keys are known.</summary>
    private static async Task<IReadOnlyList<string>?> ThereAsync(LoopTown town, string path, int count) => path switch
    {
        "/api/organisations" or "/api/people" => [.. Enumerable.Range(0, count).Select(n => $"{(n % 2 == 0 ? 'a' : 'z')}{n}")],
        "/api/audit/checkpoints" => [.. Enumerable.Range(1, count).Select(n => $"{n}")],
        "/api/inbox?count=20" => [.. (await town.Town.ReadAsync(db => db.Set<Notice>().OrderBy(n => n.Id).Take(count).Select(n => n.Id).ToListAsync())).Select(Text)],
        _ => [.. (await town.Town.ReadAsync(db => db.Set<AuditEntry>().Where(e => e.Subject == "x").OrderBy(e => e.Id).Take(count).Select(e => e.Id).ToListAsync())).Select(Text)],
    };

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    /// <summary>Follows the header Link to the end; something is written after every page.</summary>
    private static async Task<(List<string> Read, int Pages)> ReadAllAsync(Visitor reader, string path, string list, string id, Func<int, Task> between)
    {
        var (read, next, pages) = (new List<string>(), path, 0);
        while (next is not null)
        {
            var answer = await reader.GetAsync(next);
            Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
            var lines = list.Length == 0 ? answer.Json() : answer.Json().GetProperty(list);
            read.AddRange(lines.EnumerateArray().Select(l => l.GetProperty(id).ToString()));
            next = answer.Headers.TryGetValue("Link", out var link) ? link[1..link.IndexOf('>', StringComparison.Ordinal)] : null;
            await between(++pages);
        }

        return (read, pages);
    }
}
