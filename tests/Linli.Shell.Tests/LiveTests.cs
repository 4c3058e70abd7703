using System.Net;
using Linli.Kernel.People;
using Linli.Shell.Inbox;
using Linli.Shell.Live;
using Linli.Shell.People;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.Tests;

public sealed class LiveTests
{
    [Fact]
    public async Task An_open_page_hears_of_a_new_notice_and_only_whose_it_is()
    {
        await using var town = await Staff.TownAsync();
        using var mine = await ListenAsync(town, "dispatcher");
        using var other = await ListenAsync(town, "supervisor");

        await NoticeTests.TellAsync(town, new Notification([Recipients.Person(await town.IdAsync("dispatcher"))], new NoticeText("消息")));

        Assert.Equal("notice", await mine.NextAsync());
        town.Services.GetRequiredService<LiveHub>().EndAll();
        Assert.Null(await other.NextAsync());
    }

    [Fact]
    public async Task An_open_page_hears_of_events_that_concern_its_posts()
    {
        await using var town = await Staff.TownAsync(new TownOptions { Adjust = b => b.Services.AddLiveSource<BellRang, BellNews>() });
        using var county = await ListenAsync(town, "dispatcher");
        using var small = await ListenAsync(town, "town-dispatcher");

        await Bells.RingAsync(town, "140427102");
        await Bells.RingAsync(town, Staff.TownArea);

        Assert.Equal("bell", await county.NextAsync());
        Assert.Equal("bell", await county.NextAsync());
        Assert.Equal("bell", await small.NextAsync());
        town.Services.GetRequiredService<LiveHub>().EndAll();
        Assert.Null(await small.NextAsync());
    }

    [Fact]
    public async Task Signing_out_ends_the_connection_of_that_session_and_no_other()
    {
        await using var town = await Staff.TownAsync();
        using var phone = await ListenAsync(town, "dispatcher");
        using var desk = await ListenAsync(town, "dispatcher");

        await phone.Client.DeleteAsync("/api/session");

        while (await phone.NextAsync() is { } news)
        {
            Assert.Equal("notice", news);   // of the second device
        }

        await NoticeTests.TellAsync(town, new Notification([Recipients.Person(await town.IdAsync("dispatcher"))], new NoticeText("消息")));
        Assert.Equal("notice", await desk.NextAsync());
    }

    [Fact]
    public async Task A_silent_line_beats_and_ends_once_the_account_is_disabled()
    {
        await using var town = await Staff.TownAsync();
        town.Services.GetRequiredService<LiveHub>().Beat = TimeSpan.FromMilliseconds(100);
        using var line = await ListenAsync(town, "dispatcher");
        Assert.Equal("beat", await line.NextAsync());

        var id = await town.IdAsync("dispatcher");
        await town.InScopeAsync((ChangePerson change) => change.SwitchAsync(Actor.System, id, false, CancellationToken.None));

        string? last;
        do
        {
            last = await line.NextAsync();
        }
        while (last == "beat");
        Assert.Null(last);
    }

    [Fact]
    public async Task Whoever_is_moved_hears_nothing_of_the_old_place_on_a_line_that_stays_open()
    {
        await using var town = await Staff.TownAsync();
        var hub = town.Services.GetRequiredService<LiveHub>();
        using var line = await ListenAsync(town, "town-dispatcher");
        var account = await town.IdAsync("town-dispatcher");
        await town.InScopeAsync((ChangePosts posts) => posts.AppointAsync(Actor.System, account, new PostInput(Role.Statistician, null, null), CancellationToken.None));
        var post = await town.ReadAsync(db => db.Set<Appointment>().Where(p => p.AccountId == account && p.Role == Role.Dispatcher).Select(p => p.Id).SingleAsync());

        await town.InScopeAsync((ChangePosts posts) => posts.EndAsync(Actor.System, account, post, null, CancellationToken.None));
        await town.Services.GetRequiredService<LiveFeed>().LookAsync(CancellationToken.None);
        hub.Tell(new LiveNews("old place", "1", DateTimeOffset.UnixEpoch), new LiveAudience(Matter: new Matter(Staff.TownArea), AreaRoles: [Role.Dispatcher]));
        hub.Tell(new LiveNews("own", "2", DateTimeOffset.UnixEpoch), new LiveAudience(Accounts: [account]));

        Assert.Equal("own", await line.NextAsync());
    }

    [Fact]
    public async Task Without_a_session_there_is_nothing_to_hear()
    {
        await using var town = await Staff.TownAsync();
        using var client = await town.ClientAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/live")).StatusCode);
    }

    [Fact]
    public async Task A_page_that_does_not_read_loses_the_oldest_news_and_costs_no_more_memory()
    {
        var hub = new LiveHub();
        using var listener = hub.Join(new Actor(Kernel.ActorKind.Staff, Guid.NewGuid(), "慢", []), Guid.NewGuid(), most: 1)!;
        for (var i = 0; i < 10_000; i++)
        {
            listener.Tell(new LiveNews("queue", $"{i}", DateTimeOffset.UnixEpoch));
        }

        listener.Dispose();
        var left = new List<LiveNews>();
        await foreach (var news in listener.News.ReadAllAsync())
        {
            left.Add(news);
        }

        Assert.Equal(64, left.Count);
        Assert.Equal("9999", left[^1].Id);
    }

    private static async Task<Line> ListenAsync(Town town, string login)
    {
        var client = await town.SignedInAsync(login);
        var answer = await client.GetAsync("/live", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        var line = new Line(client, new StreamReader(await answer.Content.ReadAsStreamAsync()));
        Assert.Equal("open", await line.NextAsync());
        await town.Services.GetRequiredService<LiveFeed>().LookAsync(CancellationToken.None); // what is there already is not news
        return line;
    }

    /// <summary>One open connection.</summary>
    private sealed record Line(HttpClient Client, StreamReader Reader) : IDisposable
    {
        /// <returns>The next event's kind; null at the end.</returns>
        public async Task<string?> NextAsync()
        {
            while (await Reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) is { } line)
            {
                if (line.StartsWith("event: ", StringComparison.Ordinal))
                {
                    return line["event: ".Length..];
                }
            }

            return null;
        }

        public void Dispose()
        {
            Reader.Dispose();
            Client.Dispose();
        }
    }

    private sealed class BellNews : ILiveSource<BellRang>
    {
        public Task<(LiveNews News, LiveAudience Audience)?> DescribeAsync(BellRang happened, CancellationToken cancellation) =>
            Task.FromResult<(LiveNews, LiveAudience)?>((new LiveNews("bell", happened.Word, DateTimeOffset.UnixEpoch), new LiveAudience(Matter: new Matter(happened.Word), AreaRoles: [Role.Dispatcher])));
    }
}
