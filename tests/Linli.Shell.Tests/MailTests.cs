using Linli.Kernel.People;
using System.Diagnostics;
using System.Text.Json;
using Linli.Kernel;
using Linli.Shell.Inbox;
using Linli.Shell.Mail;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.Tests;

/// <summary>Letters over a real mail server (tests/smtp).</summary>
public sealed class MailTests
{
    [Fact]
    public async Task A_letter_arrives_with_readable_chinese_and_a_subject_without_personal_data()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await TownAsync(server, ("Mail:User", "linli"), ("Mail:Password", "right-password"));
        await WriteAsync(town, new Letter("zhang@example.com", null, new NoticeText("{0} 您的诉求“路灯不亮💡”已办结。", "A-26-1"), "/requests/A-26-1", "request:1", "A-26-1"));

        Assert.Equal(0, await Bells.Delivery(town).DeliverAllAsync());

        var letter = await server.NextAsync();
        Assert.Equal("linli@huguan.example", letter.GetProperty("from").GetString());
        Assert.Equal("zhang@example.com", letter.GetProperty("to")[0].GetString());
        Assert.Equal("邻里：A-26-1 有新的进展", letter.GetProperty("subject").GetString());
        var text = letter.GetProperty("text").GetString()!;
        Assert.Contains("A-26-1 您的诉求“路灯不亮💡”已办结。", text, StringComparison.Ordinal);
        Assert.Contains("https://linli.example/requests/A-26-1", text, StringComparison.Ordinal);
        Assert.Equal("auto-generated", letter.GetProperty("autoSubmitted").GetString());
        Assert.Equal("linli", letter.GetProperty("user").GetString());
        var raw = letter.GetProperty("raw").GetString()!;
        Assert.True(raw.All(c => c < 128), "What travels is ASCII, so that no server on the way can break it.");
        Assert.Contains("charset=utf-8", raw, StringComparison.OrdinalIgnoreCase);

        var kept = await town.InScopeAsync((LinliDb db) => db.Set<MailOut>().SingleAsync());
        Assert.Equal(("", "", true), (kept.To, kept.Body, kept.SentAt is not null));
        Assert.Equal($"<{kept.Id:N}@huguan.example>", letter.GetProperty("messageId").GetString());
    }

    [Fact]
    public async Task While_it_waits_neither_address_nor_text_can_be_read_in_the_database()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await TownAsync(server);
        await WriteAsync(town, new Letter("zhang@example.com", "en", new NoticeText("没有编号为 {0} 的消息。", 5)));

        var waiting = await town.InScopeAsync((LinliDb db) => db.Set<MailOut>().SingleAsync());
        Assert.DoesNotContain("zhang", waiting.To, StringComparison.Ordinal);
        Assert.DoesNotContain("消息", waiting.Body, StringComparison.Ordinal);
        var payload = await town.InScopeAsync((LinliDb db) => db.Set<OutboxMessage>().Select(m => m.Payload).SingleAsync());
        Assert.DoesNotContain("zhang", payload, StringComparison.Ordinal);

        await Bells.Delivery(town).DeliverAllAsync();
        var letter = await server.NextAsync();
        Assert.Equal("Linli: there is news for you", letter.GetProperty("subject").GetString());
        Assert.Contains("There is no notice number 5.", letter.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mailbox_that_is_full_is_tried_again_and_one_that_does_not_exist_is_given_up()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await TownAsync(server);
        await WriteAsync(town, new Letter("full@example.com", null, new NoticeText("消息")));
        await WriteAsync(town, new Letter("nobody@example.com", null, new NoticeText("消息")));

        Assert.Equal(1, await Bells.Delivery(town).DeliverAllAsync());

        var letters = await town.InScopeAsync((LinliDb db) => db.Set<MailOut>().OrderBy(m => m.CreatedAt).ThenBy(m => m.Id).ToListAsync());
        Assert.Equal(1, letters.Count(m => m.GivenUpAt is not null && m.To.Length == 0));
        Assert.Equal(1, letters.Count(m => m.GivenUpAt is null && m.SentAt is null && m.To.Length > 0));
    }

    [Fact]
    public async Task A_server_that_is_away_is_tried_again_until_it_is_back()
    {
        var server = await MailServer.StartAsync();
        await using var town = await TownAsync(server);
        await server.DisposeAsync();
        await WriteAsync(town, new Letter("zhang@example.com", null, new NoticeText("消息")));
        Assert.Equal(1, await Bells.Delivery(town).DeliverAllAsync());

        await using var back = await MailServer.StartAsync(port: server.Port);
        town.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(0, await Bells.Delivery(town).DeliverAllAsync());
        Assert.Equal("zhang@example.com", (await back.NextAsync()).GetProperty("to")[0].GetString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task When_encryption_is_wanted_nothing_leaves_without_it(bool offersIt)
    {
        // The second server offers encryption with a certificate that nobody vouches for.
        await using var server = await MailServer.StartAsync(offersIt);
        await using var town = await TownAsync(server, ("Mail:StartTls", "true"));
        await WriteAsync(town, new Letter("zhang@example.com", null, new NoticeText("消息")));
        Assert.Equal(1, await Bells.Delivery(town).DeliverAllAsync());
    }

    [Fact]
    public async Task Staff_with_an_address_get_their_notices_by_mail_too()
    {
        await using var server = await MailServer.StartAsync();
        await using var town = await TownAsync(server);
        var id = await town.IdAsync("dispatcher");
        await town.InScopeAsync((People.ChangePerson change) =>
            change.HandleAsync(Kernel.People.Actor.System, id, new People.PersonInput(null, "戴派单", null, "dai@example.com", "en"), CancellationToken.None));

        await Bells.Delivery(town).DeliverAllAsync();
        Assert.Equal("Linli: there is news for you", (await server.NextAsync()).GetProperty("subject").GetString());   // that an administrator changed the address

        await NoticeTests.TellAsync(town, new Notification([Recipients.DispatchersCovering(new Matter(Staff.TownArea))], new NoticeText("没有编号为 {0} 的消息。", 9), Number: "A-26-9"));
        await Bells.Delivery(town).DeliverAllAsync();

        var letter = await server.NextAsync();
        Assert.Equal("dai@example.com", letter.GetProperty("to")[0].GetString());
        Assert.Equal("Linli: A-26-9 has moved on", letter.GetProperty("subject").GetString());
        Assert.Equal(2, await town.InScopeAsync((LinliDb db) => db.Set<MailOut>().CountAsync()));
    }

    [Theory]
    [InlineData("no address")]
    [InlineData("a@example.com\r\nBcc: b@example.com")]
    [InlineData("a@example.com, b@example.com")]
    public async Task What_cannot_be_an_address_is_not_written_to(string address)
    {
        await using var town = await TownAsync(null, ("Mail:Host", "127.0.0.1"));
        await town.InScopeAsync((IServiceProvider scope) =>
        {
            scope.GetRequiredService<QueueMail>().Queue(new Letter(address, null, new NoticeText("消息")));
            Assert.False(scope.GetRequiredService<LinliDb>().HasChanges);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Without_a_mail_server_no_letter_is_kept()
    {
        await using var town = await Staff.TownAsync();
        await NoticeTests.TellAsync(town, new Notification([Recipients.DispatchersCovering(new Matter(null))], new NoticeText("消息")));
        Assert.Equal(0, await town.InScopeAsync((LinliDb db) => db.Set<MailOut>().CountAsync()));
    }

    internal static Task<Town> TownAsync(MailServer? server, params (string Key, string Value)[] settings) => Staff.TownAsync(new TownOptions
    {
        Adjust = builder =>
        {
            builder.Configuration["Mail:Host"] = server is null ? null : "127.0.0.1";
            builder.Configuration["Mail:Port"] = $"{server?.Port ?? 1}";
            builder.Configuration["Mail:From"] = "linli@huguan.example";
            builder.Configuration["Mail:StartTls"] = "false";
            builder.Configuration["Mail:SiteAddress"] = "https://linli.example/";
            foreach (var (key, value) in settings)
            {
                builder.Configuration[key] = value;
            }
        },
    });

    private static Task WriteAsync(Town town, Letter letter) => town.InScopeAsync(async (IServiceProvider scope) =>
    {
        scope.GetRequiredService<QueueMail>().Queue(letter);
        await scope.GetRequiredService<LinliDb>().CommitAsync(Act.BySystem("test.write", town.Clock.Now));
    });

    /// <summary>The server of tests/smtp as a process of its own.</summary>
    internal sealed class MailServer : IAsyncDisposable
    {
        private readonly Process _process;

        private MailServer(Process process, int port) => (_process, Port) = (process, port);

        public int Port { get; }

        public static async Task<MailServer> StartAsync(bool tls = false, int? port = null)
        {
            var folder = Folder();
            Assert.SkipUnless(Directory.Exists(Path.Combine(folder, "node_modules")), "Run npm ci in tests/smtp, or `dotnet dev.cs test`, which does.");
            List<string> arguments = ["server.mjs", $"--port={port ?? 0}"];
            if (tls)
            {
                arguments.Add("--tls");
            }

            var process = Process.Start(new ProcessStartInfo("node", arguments)
            {
                WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardInput = true, StandardOutputEncoding = System.Text.Encoding.UTF8,
            })!;
            return new MailServer(process, (await ReadAsync(process)).GetProperty("port").GetInt32());
        }

        public Task<JsonElement> NextAsync() => ReadAsync(_process);

        public async ValueTask DisposeAsync()
        {
            if (!_process.HasExited)
            {
                _process.StandardInput.Close();
                await _process.WaitForExitAsync();
            }

            _process.Dispose();
        }

        private static async Task<JsonElement> ReadAsync(Process process) =>
            JsonDocument.Parse((await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)))!).RootElement;

        private static string Folder()
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Linli.slnx")))
            {
                folder = folder.Parent!;
            }

            return Path.Combine(folder.FullName, "tests", "smtp");
        }
    }
}
