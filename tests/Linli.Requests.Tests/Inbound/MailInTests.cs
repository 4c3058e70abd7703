using System.Net;
using System.Net.Sockets;
using Linli.Kernel;
using Linli.Requests.Inbound;
using Linli.Requests.Inbound.Mail;
using Linli.Requests.Life;
using Linli.Requests.Tests.Loop;
using Linli.Shell.Mail;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Linli.Requests.Tests.Inbound;

/// <summary>Letters in a real mailbox become requests, once each, and are answered once.</summary>
public sealed class MailInTests
{
    private const string Sender = "zhang@example.com";

    [Fact]
    public async Task A_letter_with_a_photo_becomes_a_request_and_is_answered_with_number_and_code_once()
    {
        var (server, user) = await NewAsync();
        var post = new Postbox();
        await using var town = await TownAsync(server, user, post);
        await server.DeliverAsync(user, Letter("路灯不亮", "城南社区卫生站对面的路灯不亮，已经三天了。\n\n-- \n张三\n13900000000", photo: true));

        Assert.Equal(1, await ReadAsync(town));

        var request = await town.ReadAsync(db => db.Set<ServiceRequest>().AsNoTracking().Include(r => r.Photos).Include(r => r.Contact).SingleAsync());
        Assert.Equal(("路灯不亮", "城南社区卫生站对面的路灯不亮，已经三天了。", Channel.Mail, "street-lamp"), (request.Title, request.Text, request.Channel, request.ServiceTypeCode));
        Assert.Single(request.Photos);
        Assert.NotNull(request.Contact!.EmailIndex);
        Assert.Equal((0, 1, 0), await server.CountAsync(user));

        await town.DeliverAsync();
        var answer = Assert.Single(post.All);
        Assert.Equal(Sender, answer.To);
        Assert.Contains(request.Number, answer.Subject, StringComparison.Ordinal);
        var code = System.Text.RegularExpressions.Regex.Match(answer.Body, "[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{2}").Value;
        using var reporter = await town.HttpAsync();
        Assert.Contains("已经三天了", (await reporter.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(town.Address), $"/api/requests/{request.Number}")) { Headers = { { "X-Linli-Code", code } } })).Text, StringComparison.Ordinal);

        await ReadAsync(town);
        await town.DeliverAsync();
        Assert.Single(post.All);
    }

    [Fact]
    public async Task The_same_letter_twice_and_one_that_was_not_moved_in_time_are_one_request_and_one_answer()
    {
        var (server, user) = await NewAsync();
        var post = new Postbox();
        await using var town = await TownAsync(server, user, post);
        var letter = Letter("垃圾没人收", "常平村口的垃圾堆了一星期没人收。");
        await server.DeliverAsync(user, letter, letter);
        await ReadAsync(town);
        await town.InScopeAsync((TakeMail take) => take.RunAsync(letter, CancellationToken.None)); // as after a crash before the move

        await town.DeliverAsync();
        Assert.Equal(1, await town.ReadAsync(db => db.Set<ServiceRequest>().CountAsync()));
        Assert.Single(post.All);
        Assert.Equal((0, 2, 0), await server.CountAsync(user));
    }

    [Fact]
    public async Task A_reply_of_the_same_sender_is_added_and_one_of_somebody_else_is_a_request_of_its_own()
    {
        var (server, user) = await NewAsync();
        var post = new Postbox();
        await using var town = await TownAsync(server, user, post);
        await server.DeliverAsync(user, Letter("路灯不亮", "城南社区卫生站对面的路灯不亮，已经三天了。"));
        await ReadAsync(town);
        var number = await town.ReadAsync(db => db.Set<ServiceRequest>().Select(r => r.Number).SingleAsync());

        await server.DeliverAsync(
            user,
            Letter($"回复：邻里：{number} 有新的进展", $"今晚又有两盏不亮了。\n\n在 2026年3月2日 09:00，邻里 写道：\n> 您的诉求已经收到"),
            Letter($"Re: {number}", "路灯的事我也想知道。", from: "li@example.com"));
        await ReadAsync(town);

        var events = await town.ReadAsync(db => db.Set<RequestEvent>().Where(e => e.Step == Step.Note).Select(e => e.Text).ToListAsync());
        Assert.Equal(["今晚又有两盏不亮了。"], events);
        Assert.Equal(2, await town.ReadAsync(db => db.Set<ServiceRequest>().CountAsync()));
    }

    [Fact]
    public async Task Machines_are_never_answered_and_leave_no_request()
    {
        var (server, user) = await NewAsync();
        var post = new Postbox();
        await using var town = await TownAsync(server, user, post);
        await server.DeliverAsync(
            user,
            Letter("自动回复", "我在休假", header: ("Auto-Submitted", "auto-replied")), Letter("周报", "本周要闻", header: ("List-Id", "<news.example.com>")),
            Letter("退信", "Undelivered", from: "MAILER-DAEMON@example.com"), Letter("自己", "自己写给自己", from: user),
            Letter("促销", "大减价", header: ("Precedence", "bulk")));

        Assert.Equal(5, await ReadAsync(town));

        await town.DeliverAsync();
        Assert.Empty(post.All);
        Assert.Equal(0, await town.ReadAsync(db => db.Set<ServiceRequest>().CountAsync()));
        Assert.Equal((0, 0, 5), await server.CountAsync(user));
    }

    [Fact]
    public async Task One_sender_has_so_many_letters_in_a_day_and_the_mailbox_so_many_in_an_hour()
    {
        var (server, user) = await NewAsync();
        await using var town = await TownAsync(server, user, new Postbox(), o => (o.MostPerSender, o.MostPerHour) = (2, 4));
        await server.DeliverAsync(user, [.. Enumerable.Range(1, 3).Select(n => Letter("坑", $"第 {n} 个坑在常平村口。")), .. Enumerable.Range(1, 3).Select(n => Letter("灯", $"第 {n} 盏灯不亮。", from: $"p{n}@example.com"))]);

        await ReadAsync(town);
        Assert.Equal((2, 3, 1), await server.CountAsync(user));
        town.Clock.Advance(TimeSpan.FromHours(1.1));
        await ReadAsync(town);
        Assert.Equal((0, 5, 1), await server.CountAsync(user));
    }

    [Fact]
    public async Task A_letter_without_a_word_is_answered_with_what_to_do_and_one_that_is_too_large_waits_for_somebody_in_its_folder()
    {
        var (server, user) = await NewAsync();
        var post = new Postbox();
        await using var town = await TownAsync(server, user, post, o => o.MaxBytes = 20_000);
        await server.DeliverAsync(user, Letter("", "\n> 只有引用\n"), Letter("大", new string('长', 30_000), from: "li@example.com"));
        await ReadAsync(town);
        await town.DeliverAsync();

        Assert.Contains("没有能登记", Assert.Single(post.All).Body, StringComparison.Ordinal);
        Assert.Equal((0, 0, 2), await server.CountAsync(user));
    }

    [Fact]
    public async Task A_letter_that_comes_while_Linli_waits_at_the_mailbox_becomes_a_request_without_a_look()
    {
        var (server, user) = await NewAsync();
        await using var town = await TownAsync(server, user, new Postbox());
        using var stop = new CancellationTokenSource();
        var watch = town.Services.GetRequiredService<WatchMailbox>();
        var watching = watch.WatchAsync(stop.Token);
        await UntilAsync(() => Task.FromResult(watch.IsWaiting), watching);
        for (var n = 1; n <= 2; n++)   // it goes back to waiting
        {
            await server.DeliverAsync(user, Letter($"路灯 {n}", $"城南社区卫生站对面的路灯不亮，第 {n} 盏。"));
            await UntilAsync(async () => await town.ReadAsync(db => db.Set<ServiceRequest>().CountAsync()) == n, watching);
            await UntilAsync(async () => (await server.CountAsync(user)).Processed == n, watching);
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
    }

    /// <summary>The least an IMAP server can be: it takes every password and can nothing.</summary>
    [Fact]
    public async Task A_server_that_cannot_call_is_asked_again_after_hours_not_each_minute()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var town = await Town.FoundAsync(new TownOptions
        {
            Settings = s => s.Configure<MailInOptions>(o => (o.Host, o.Port, o.Security, o.User, o.Password) = ("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, MailSecurity.None, "u", "p")),
        });
        var watching = town.Services.GetRequiredService<WatchMailbox>().WatchAsync(TestContext.Current.CancellationToken);
        using var caller = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        using var lines = new StreamReader(caller.GetStream());
        await using var answers = new StreamWriter(caller.GetStream()) { AutoFlush = true, NewLine = "\r\n" };
        await answers.WriteLineAsync("* OK [CAPABILITY IMAP4rev1] ready");
        while (!watching.IsCompleted && await lines.ReadLineAsync(TestContext.Current.CancellationToken) is { } asked)
        {
            await answers.WriteLineAsync(asked.Contains(" CAPABILITY", StringComparison.Ordinal) ? "* CAPABILITY IMAP4rev1" : asked.Contains(" LIST", StringComparison.Ordinal) ? "* LIST () \"/\" \"\"" : "* OK");
            await answers.WriteLineAsync($"{asked.Split(' ')[0]} OK done");
        }

        Assert.Equal(WatchMailbox.WithoutIdle, await watching);
    }

    [Theory]
    [InlineData(MailSecurity.Tls)]
    [InlineData(MailSecurity.StartTls)]
    public async Task A_protected_mailbox_is_read_when_its_certificate_is_from_the_authority_that_was_named(MailSecurity security)
    {
        var (server, user) = await NewAsync();
        await using var town = await TownAsync(server, user, new Postbox(), o => Protected(o, server, security, server.Authority));
        await server.DeliverAsync(user, Letter("路灯不亮", "城南社区卫生站对面的路灯不亮。"));
        Assert.Equal(1, await ReadAsync(town));
    }

    [Theory]
    [InlineData(MailSecurity.Tls, "localhost", false, "nobody that is trusted")]
    [InlineData(MailSecurity.StartTls, "localhost", false, "nobody that is trusted")]
    [InlineData(MailSecurity.Tls, "127.0.0.1", true, "another name")]
    [InlineData(MailSecurity.StartTls, "127.0.0.1", true, "another name")]
    public async Task A_wrong_certificate_is_refused_before_the_password_is_sent_and_the_log_says_why(MailSecurity security, string host, bool isNamed, string reason)
    {
        var (server, user) = await NewAsync();
        await using var town = await TownAsync(server, user, new Postbox(), o =>
        {
            Protected(o, server, security, isNamed ? server.Authority : null);
            o.Host = host;
        });
        await server.DeliverAsync(user, Letter("路灯不亮", "城南社区卫生站对面的路灯不亮。"));

        Assert.Equal(0, await ReadAsync(town));
        Assert.Equal((1, 0, 0), await server.CountAsync(user));
        await ReadAsync(town);
        Assert.Contains(host, Assert.Single(town.Log.Errors, l => l.Contains(reason, StringComparison.Ordinal)), StringComparison.Ordinal);
        town.Clock.Advance(TimeSpan.FromHours(1.1));
        await ReadAsync(town);
        Assert.Equal(2, town.Log.Errors.Count(l => l.Contains(reason, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("<p>路灯<b>不亮</b></p><script>alert(1)</script><style>p{}</style><div>第二行&lt;i&gt;</div><blockquote>旧的话</blockquote>", "路灯不亮\n\n第二行<i>")]
    [InlineData("<html><head><title>标题</title></head><body>一<br>二<br/>三</body></html>", "一\n二\n三")]
    public void Html_is_read_as_words(string html, string words) => Assert.Equal(words, MailWords.Of(new MimeMessage { Body = new TextPart("html") { Text = html } }));

    private static async Task<(Dovecot Server, string User)> NewAsync() => (await Dovecot.GetAsync(), $"u{Guid.NewGuid():N}@huguan.example");

    private static Task<int> ReadAsync(Town town) => town.Services.GetRequiredService<ReadMailbox>().RunAsync(CancellationToken.None);

    private static void Protected(MailInOptions options, Dovecot server, MailSecurity security, string? authority) =>
        (options.Host, options.Security, options.Port, options.Authority) = ("localhost", security, security == MailSecurity.Tls ? server.TlsPort : server.Port, authority);

    /// <summary>What happens in another process has no task to wait for.</summary>
    private static async Task UntilAsync(Func<Task<bool>> isSo, Task watching)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (!await isSo())
        {
            Assert.False(watching.IsCompleted, watching.Exception?.ToString() ?? "It stopped watching.");
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30), "It did not happen.");
            await Task.Yield();
        }
    }

    private static Task<Town> TownAsync(Dovecot server, string user, Postbox post, Action<MailInOptions>? more = null) => Town.FoundAsync(new TownOptions
    {
        Settings = services =>
        {
            services.AddSingleton<IMailer>(post);
            services.Configure<MailOptions>(o => (o.Host, o.From) = ("mail.example", "linli@huguan.example"));
            services.Configure<MailInOptions>(o =>
            {
                (o.Host, o.Port, o.Security, o.User, o.Password) = ("127.0.0.1", server.Port, MailSecurity.None, user, Dovecot.Password);
                more?.Invoke(o);
            });
        },
    });

    private static MimeMessage Letter(string subject, string text, string from = Sender, bool photo = false, (string Name, string Value)? header = null)
    {
        var body = new BodyBuilder { TextBody = text };
        if (photo)
        {
            body.Attachments.Add("lamp.png", Pictures.Png(4, 3), new ContentType("image", "png"));
        }

        var letter = new MimeMessage([new MailboxAddress("张", from)], [new MailboxAddress("", "county@huguan.example")], subject, body.ToMessageBody());
        if (header is { } more)
        {
            letter.Headers.Add(more.Name, more.Value);
        }

        return letter;
    }
}
