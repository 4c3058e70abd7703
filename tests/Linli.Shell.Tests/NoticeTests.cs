using Linli.Kernel.People;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Shell.Accounts;
using Linli.Shell.Background;
using Linli.Shell.Inbox;
using Linli.Shell.Text;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.Tests;

public sealed class NoticeTests
{
    private static readonly NoticeText Text = new("没有编号为 {0} 的消息。", 7);

    [Fact]
    public async Task A_notice_goes_to_those_who_handle_for_the_organisation_or_to_the_nearest_above_it()
    {
        await using var town = await Staff.TownAsync();
        var (repair, water, roads) = (await OrganisationAsync(town, "water-repair"), await OrganisationAsync(town, "water"), await OrganisationAsync(town, "roads"));

        Assert.Equal(["plumber"], await FindAsync(town, Recipients.HandlersOf(repair)));
        Assert.Equal(["water-head"], await FindAsync(town, Recipients.HandlersOf(water)));
        Assert.Equal(["plumber", "road-worker"], await FindAsync(town, Recipients.HandlersOf(repair), Recipients.HandlersOf(roads)));

        var plumber = await town.IdAsync("plumber");
        await town.InScopeAsync((People.ChangePerson change) => change.SwitchAsync(Kernel.People.Actor.System, plumber, false, CancellationToken.None));
        Assert.Empty(await FindAsync(town, Recipients.Person(plumber)));
    }

    [Fact]
    public async Task A_notice_about_an_area_goes_to_those_whose_area_contains_it()
    {
        await using var town = await Staff.TownAsync();
        Assert.Equal(["dispatcher", "town-dispatcher"], await FindAsync(town, Recipients.DispatchersCovering(new Matter(Staff.TownArea + "003"))));
        Assert.Equal(["dispatcher"], await FindAsync(town, Recipients.DispatchersCovering(new Matter("140427102"))));
        Assert.Equal(["dispatcher"], await FindAsync(town, Recipients.DispatchersCovering(new Matter(null))));
        Assert.Equal(["supervisor"], await FindAsync(town, Recipients.SupervisorsCovering(new Matter(Staff.TownArea))));
        Assert.Empty(await FindAsync(town, Recipients.VerifiersCovering(new Matter(null))));
    }

    [Fact]
    public async Task However_often_an_event_is_delivered_everybody_is_told_once()
    {
        await using var town = await Staff.TownAsync(new TownOptions { Adjust = b => b.Services.AddSingleton<Fuse>().AddEventHandler<BellRang, TellDispatchers>() });
        await Bells.RingAsync(town, "a");

        Assert.Equal(1, await Bells.Delivery(town).DeliverAllAsync());
        Assert.Empty(await NoticesAsync(town));
        town.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(0, await Bells.Delivery(town).DeliverAllAsync());
        Assert.Equal(2, (await NoticesAsync(town)).Count);

        // Even a delivery whose mark was lost tells nobody again.
        await town.InScopeAsync(async (LinliDb db) =>
        {
            await db.Set<OutboxMessage>().ExecuteUpdateAsync(set => set.SetProperty(m => m.DoneAt, (DateTimeOffset?)null).SetProperty(m => m.DoneBy, "").SetProperty(m => m.NextAt, town.Clock.Now));
        });
        Assert.Equal(0, await Bells.Delivery(town).DeliverAllAsync());
        Assert.Equal(2, (await NoticesAsync(town)).Count);
    }

    [Fact]
    public async Task Who_did_it_is_not_told_of_it()
    {
        await using var town = await Staff.TownAsync();
        var dispatcher = await town.IdAsync("dispatcher");
        await TellAsync(town, new Notification([Recipients.DispatchersCovering(new Matter(Staff.TownArea))], Text, Except: dispatcher));
        Assert.Equal([await town.IdAsync("town-dispatcher")], (await NoticesAsync(town)).Select(n => n.AccountId));
    }

    [Fact]
    public async Task A_notice_is_read_in_the_readers_language_with_its_names_times_and_words()
    {
        await using var town = await Staff.TownAsync();
        var texts = town.Services.GetRequiredService<Texts>();
        var at = new DateTimeOffset(2026, 3, 2, 1, 30, 0, TimeSpan.Zero);
        var written = new NoticeText("{0}|{1}|{2}|{3:yyyy-MM-dd HH:mm}|{4}", "A-1", 3, new Named("供水公司", "Water company"), at, new Word("登录"));
        var read = NoticeText.Read(written.Key, written.Write());

        Assert.Equal("A-1|3|供水公司|2026-03-02 09:30|登录", read.In(texts, CultureInfo.GetCultureInfo("zh-CN")));
        Assert.Equal("A-1|3|Water company|2026-03-02 09:30|Sign in", read.In(texts, CultureInfo.GetCultureInfo("en")));
    }

    [Fact]
    public async Task The_inbox_is_read_in_pages_newest_first_and_marked_as_read()
    {
        await using var town = await Staff.TownAsync();
        var dispatcher = await town.IdAsync("dispatcher");
        for (var i = 0; i < 35; i++)
        {
            await TellAsync(town, new Notification([Recipients.Person(dispatcher)], new NoticeText("没有编号为 {0} 的消息。", i), "/work"));
        }

        using var client = await town.SignedInAsync("dispatcher");
        var first = (await client.GetFromJsonAsync<InboxList>("/api/inbox", Json.Plain))!;
        Assert.Equal((35, 30), (first.Unread, first.Items.Count));
        Assert.Equal("没有编号为 34 的消息。", first.Items[0].Text);
        var second = (await client.GetFromJsonAsync<InboxList>($"/api/inbox?before={first.Older}", Json.Plain))!;
        Assert.Equal(5, second.Items.Count);
        Assert.Null(second.Older);

        var opened = await client.GetAsync($"/inbox/{first.Items[0].Id}");
        Assert.Equal("/work", opened.Headers.Location!.OriginalString);
        Assert.Equal(34, (await client.GetFromJsonAsync<InboxList>("/api/inbox?unread=true", Json.Plain))!.Unread);

        await client.PutAsync($"/api/inbox/read?upTo={first.Items[1].Id}", null);
        Assert.Equal(0, (await client.GetFromJsonAsync<InboxList>("/api/inbox", Json.Plain))!.Unread);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/inbox")).StatusCode);
    }

    [Fact]
    public async Task Nobody_reads_or_marks_the_notices_of_another()
    {
        await using var town = await Staff.TownAsync();
        await TellAsync(town, new Notification([Recipients.Person(await town.IdAsync("dispatcher"))], Text));
        var id = (await NoticesAsync(town))[0].Id;

        using var client = await town.SignedInAsync("supervisor");
        Assert.Empty((await client.GetFromJsonAsync<InboxList>("/api/inbox", Json.Plain))!.Items);
        Assert.Equal(HttpStatusCode.NotFound, (await client.PutAsync($"/api/inbox/{id}/read", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/inbox/{id}")).StatusCode);
        await client.PutAsync($"/api/inbox/read?upTo={id}", null);
        Assert.Null((await NoticesAsync(town))[0].ReadAt);
    }

    internal static Task TellAsync(Town town, Notification notification) => town.InScopeAsync(async (IServiceProvider scope) =>
    {
        await scope.GetRequiredService<Notify>().HandleAsync(notification, null, CancellationToken.None);
        await scope.GetRequiredService<LinliDb>().CommitAsync(Act.BySystem("test.tell", town.Clock.Now));
    });

    private static Task<List<Notice>> NoticesAsync(Town town) => town.InScopeAsync((LinliDb db) => db.Set<Notice>().OrderBy(n => n.Id).ToListAsync());

    private static Task<Guid> OrganisationAsync(Town town, string code) =>
        town.InScopeAsync((LinliDb db) => db.Set<Organisation>().Where(o => o.Code == code).Select(o => o.Id).SingleAsync());

    internal static async Task<List<string>> FindAsync(Town town, params Recipients[] to)
    {
        var ids = await town.InScopeAsync((FindRecipients find) => find.HandleAsync(to, CancellationToken.None));
        return await town.InScopeAsync((LinliDb db) => db.Set<Account>().Where(a => ids.Contains(a.Id)).Select(a => a.UserName!).OrderBy(n => n).ToListAsync());
    }

    private sealed class Fuse
    {
        public bool Blown { get; set; }
    }

    /// <summary>Tells, and then fails the first time.</summary>
    private sealed class TellDispatchers(Notify notify, Fuse fuse) : IEventHandler<BellRang>
    {
        public async Task HandleAsync(BellRang happened, Delivery delivery, CancellationToken cancellation)
        {
            await notify.HandleAsync(new Notification([Recipients.DispatchersCovering(new Matter(Staff.TownArea))], Text), delivery, cancellation);
            if (!fuse.Blown)
            {
                fuse.Blown = true;
                throw new InvalidOperationException("the first time always");
            }
        }
    }
}
