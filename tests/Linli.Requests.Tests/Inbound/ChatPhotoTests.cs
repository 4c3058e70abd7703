using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Linli.Requests.Inbound.Chat;
using Linli.Shell.Http.Outbound;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Linli.Requests.Tests.Inbound;

/// <summary>Photos that a message only names: by a link, or by a code that the chat program's own interface exchanges for the file.</summary>
public sealed class ChatPhotoTests
{
    [Fact]
    public async Task A_photo_of_DingTalk_is_fetched_with_the_code_that_the_message_holds()
    {
        await using var platform = await Platform.StartAsync();
        await using var town = await platform.TownAsync();
        var path = await MakeAsync(town, new { name = "骑手一群", mapping = "dingtalk", token = "app-secret", appId = "ding-app" });
        using var robot = await town.HttpAsync();
        var answer = await DingTalkAsync(town, robot, path, """{"msgId":"m1","msgtype":"richText","robotCode":"ding-robot","senderNick":"小张","content":{"richText":[{"text":"#报 城南社区卫生站对面的路灯不亮"},{"type":"picture","downloadCode":"code-1"},{"type":"picture","downloadCode":"gone"}]}}""");

        Assert.Contains("有 1 张照片没有收到", answer.Text, StringComparison.Ordinal);
        var filed = await town.ReadAsync(db => db.Set<ServiceRequest>().AsNoTracking().Include(r => r.Photos).SingleAsync());
        Assert.Equal((1, "street-lamp"), (filed.Photos.Count, filed.ServiceTypeCode));
        Assert.Equal(["""POST /v1.0/oauth2/accessToken {"appKey":"ding-app","appSecret":"app-secret"}""", """POST /v1.0/robot/messageFiles/download t-ding {"downloadCode":"code-1","robotCode":"ding-robot"}""", "GET /file.png"], platform.Asked.Take(3));
    }

    [Fact]
    public async Task A_photo_of_Feishu_is_fetched_from_its_message()
    {
        await using var platform = await Platform.StartAsync();
        await using var town = await platform.TownAsync();
        var path = await MakeAsync(town, new { name = "骑手一群", mapping = "feishu", token = "verify", appId = "cli_1", appSecret = "s" });
        using var robot = await town.HttpAsync();
        var content = JsonSerializer.Serialize(new { title = "", content = new object[][] { [new { tag = "text", text = "#报 村口井盖没了" }], [new { tag = "img", image_key = "img_1" }] } });
        await robot.SendJsonAsync(HttpMethod.Post, path, new { header = new { token = "verify" }, @event = new { message = new { message_id = "om_1", content }, sender = new { sender_id = new { open_id = "o" } } } });

        var filed = await town.ReadAsync(db => db.Set<ServiceRequest>().AsNoTracking().Include(r => r.Photos).SingleAsync());
        Assert.Equal((1, "村口井盖没了"), (filed.Photos.Count, filed.Text));
        Assert.Equal(["""POST /open-apis/auth/v3/tenant_access_token/internal {"app_id":"cli_1","app_secret":"s"}""", "GET /open-apis/im/v1/messages/om_1/resources/img_1?type=image Bearer t-feishu"], platform.Asked);
    }

    /// <summary>The address is anybody's, so only such as the whole internet may call are called; words are filed in either case.</summary>
    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task A_photo_by_link_is_fetched_where_it_may_be_and_never_from_this_machine(bool isAllowed, int photos)
    {
        await using var platform = await Platform.StartAsync();
        await using var town = await platform.TownAsync(isAllowed);
        var path = await MakeAsync(town, new { name = "骑手一群", mapping = "generic" });
        using var robot = await town.HttpAsync();
        var answer = await robot.SendJsonAsync(HttpMethod.Post, path, new { id = "1", text = "路灯不亮", photos = new[] { platform.Url + "/file.png" } });

        Assert.Equal((HttpStatusCode.OK, !isAllowed), (answer.Status, answer.Text.Contains("没有收到", StringComparison.Ordinal)));
        Assert.Equal(photos, await town.ReadAsync(db => db.Set<ServiceRequest>().Select(r => r.Photos.Count).SingleAsync()));
        Assert.Equal(photos, platform.Asked.Count);
    }

    [Fact]
    public async Task Without_an_app_or_with_half_of_one_nothing_is_fetched_and_the_words_are_filed()
    {
        await using var platform = await Platform.StartAsync();
        await using var town = await platform.TownAsync();
        using var administrator = await town.HttpAsync("guanli");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await administrator.SendJsonAsync(HttpMethod.Post, "/api/inbound-addresses", new { name = "一群", mapping = "feishu", token = "verify", appId = "cli_1" })).Status);
        var path = await MakeAsync(town, new { name = "骑手一群", mapping = "dingtalk", token = "app-secret" });
        using var robot = await town.HttpAsync();
        await DingTalkAsync(town, robot, path, """{"msgId":"m1","content":{"richText":[{"text":"#报 路灯不亮"},{"downloadCode":"code-1"}]}}""");

        Assert.Equal(0, await town.ReadAsync(db => db.Set<ServiceRequest>().Select(r => r.Photos.Count).SingleAsync()));
        Assert.Empty(platform.Asked);
    }

    private static Task<Answer> DingTalkAsync(Town town, Visitor robot, string path, string body)
    {
        var now = town.Clock.Now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return robot.SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri($"http://localhost{path}"))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"), Headers = { { "timestamp", now }, { "sign", ChatSigns.DingTalk("app-secret", now) } },
        });
    }

    private static async Task<string> MakeAsync(Town town, object input)
    {
        using var administrator = await town.HttpAsync("guanli");
        var made = await administrator.SendJsonAsync(HttpMethod.Post, "/api/inbound-addresses", input);
        return made.Status == HttpStatusCode.Created ? made.Json().GetProperty("path").GetString()! : throw new InvalidOperationException(made.Text);
    }

    /// <summary>The interfaces of DingTalk and Feishu as their documents describe them, on a real port.</summary>
    private sealed class Platform(WebApplication app) : IAsyncDisposable
    {
        public List<string> Asked { get; } = [];

        public string Url => app.Urls.Single();

        public static async Task<Platform> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var platform = new Platform(app);
            app.Run(platform.AnswerAsync);
            await app.StartAsync();
            return platform;
        }

        public Task<Town> TownAsync(bool isAllowed = true) => Town.FoundAsync(new TownOptions
        {
            Settings = s => s.Configure<OutboundOptions>(o => o.Allowed = isAllowed ? ["127.0.0.1"] : []).Configure<ChatInOptions>(o => (o.DingTalk, o.Feishu) = (Url, Url)),
        });

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private async Task AnswerAsync(HttpContext http)
        {
            using var reader = new StreamReader(http.Request.Body);
            var body = await reader.ReadToEndAsync();
            var token = http.Request.Headers["x-acs-dingtalk-access-token"].ToString() + http.Request.Headers.Authorization;
            Asked.Add(string.Join(' ', new[] { http.Request.Method, http.Request.Path + http.Request.QueryString, token, body }.Where(t => t.Length > 0)));
            switch (http.Request.Path.Value)
            {
                case "/v1.0/oauth2/accessToken":
                    await http.Response.WriteAsJsonAsync(new { accessToken = "t-ding", expireIn = 7200 });
                    break;
                case "/v1.0/robot/messageFiles/download" when body.Contains("gone", StringComparison.Ordinal):
                    http.Response.StatusCode = StatusCodes.Status400BadRequest;
                    break;
                case "/v1.0/robot/messageFiles/download":
                    await http.Response.WriteAsJsonAsync(new { downloadUrl = Url + "/file.png" });
                    break;
                case "/open-apis/auth/v3/tenant_access_token/internal":
                    await http.Response.WriteAsJsonAsync(new { code = 0, tenant_access_token = "t-feishu", expire = 7200 });
                    break;
                default:
                    await http.Response.Body.WriteAsync(Pictures.Png(4, 3));
                    break;
            }
        }
    }
}
