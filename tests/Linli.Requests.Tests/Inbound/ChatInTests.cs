using System.Net;
using System.Text;
using System.Text.Json;
using Linli.Kernel;
using Linli.Requests.Inbound;
using Linli.Requests.Inbound.Chat;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Tests.Inbound;

/// <summary>Messages of chat programs: proved, meant for us, filed once, and answered in the program's own form.</summary>
public sealed class ChatInTests
{
    /// <summary>Token and key of the example in WeCom's public documents.</summary>
    private const string Token = "QDG6eK";
    private const string Key = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";

    [Fact]
    public void The_example_of_WeCom_s_own_documents_is_signed_and_opened()
    {
        const string echo = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==";

        Assert.Equal("5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3", WeComSeal.Sign(Token, "1409659589", "263014780", echo));
        Assert.Equal("1616140317555161061", WeComSeal.Open(Key, echo));
        Assert.Equal("你好", WeComSeal.Open(Key, WeComSeal.Close(Key, "你好", "wx5823bf96d3bd56c7")));
        Assert.Null(WeComSeal.Open(Key, echo[4..]));
        Assert.Null(WeComSeal.Open(Key.Replace('j', 'k'), echo));
    }

    /// <summary>The second example of the same page (developer.work.weixin.qq.com, 加解密方案说明, 举例说明): a message, with its signature.</summary>
    [Fact]
    public void The_message_of_WeCom_s_own_documents_is_signed_and_opened()
    {
        const string text = "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==";

        Assert.Equal("477715d11cdb4164915debcba66cb864d751f3e6", WeComSeal.Sign(Token, "1409659813", "1372623149", text));
        var message = MessagePath.Parse(WeComSeal.Open(Key, text)!, isXml: true);
        Assert.Equal(("mycreate", "text"), (MessagePath.First(message, ["/xml/FromUserName"]), MessagePath.First(message, ["/xml/MsgType"])));
    }

    [Fact]
    public async Task A_message_with_a_photo_in_a_riders_group_becomes_a_request_and_the_robot_answers_with_its_number()
    {
        await using var town = await Town.FoundAsync();
        var path = await MakeAsync(town, "generic");
        using var robot = await town.HttpAsync();
        var message = new { id = "m1", text = "城南社区卫生站对面的路灯不亮", sender = "rider-7", name = "骑手小王", photoData = new[] { Convert.ToBase64String(Pictures.Png(4, 3)) } };

        var answer = await robot.SendJsonAsync(HttpMethod.Post, path, message);
        var again = await robot.SendJsonAsync(HttpMethod.Post, path, message);

        var request = await town.ReadAsync(db => db.Set<ServiceRequest>().AsNoTracking().Include(r => r.Photos).SingleAsync());
        Assert.Equal((Channel.Chat, "street-lamp", 1), (request.Channel, request.ServiceTypeCode, request.Photos.Count));
        Assert.Contains(request.Number, answer.Json().GetProperty("reply").GetString(), StringComparison.Ordinal);
        Assert.Equal(answer.Text, again.Text);
        Assert.Equal(1, await town.ReadAsync(db => db.Set<InboundRecord>().CountAsync()));
    }

    /// <summary>Whoever has the code is the reporter.</summary>
    [Fact]
    public async Task A_group_is_told_the_number_alone_and_one_person_alone_the_secret_code_too()
    {
        await using var town = await Town.FoundAsync();
        using var robot = await town.HttpAsync();
        var (generic, ding, wecom) = (await MakeAsync(town, "generic"), await MakeAsync(town, "dingtalk"), await MakeAsync(town, "wecom"));
        var now = town.Clock.Now.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

        Assert.DoesNotContain("查询码", (await robot.SendJsonAsync(HttpMethod.Post, generic, new { id = "1", text = "路灯不亮" })).Text, StringComparison.Ordinal);
        Assert.Contains("查询码", (await robot.SendJsonAsync(HttpMethod.Post, generic, new { id = "2", text = "路灯不亮", alone = true })).Text, StringComparison.Ordinal);
        foreach (var (type, isTold) in new[] { ("1", true), ("2", false) })
        {
            var body = $$$"""{"msgId":"{{{type}}}","conversationType":"{{{type}}}","text":{"content":"#报 路灯不亮"}}""";
            var answer = (await PostAsync(robot, ding, body, now, ChatSigns.DingTalk(Token, now))).Text;
            Assert.Equal((true, isTold), (answer.Contains("已登记", StringComparison.Ordinal), answer.Contains("查询码", StringComparison.Ordinal)));
        }

        foreach (var (type, isTold) in new[] { ("single", true), ("group", false) })
        {
            var filed = await SendAsync(robot, wecom, $"<xml><MsgId>{type}</MsgId><ChatType>{type}</ChatType><From><UserId>u</UserId></From><Text><Content>#报 路灯不亮</Content></Text></xml>");
            var words = WeComSeal.Open(Key, MessagePath.First(MessagePath.Parse(filed.Text, isXml: true), ["/xml/Encrypt"])!)!;
            Assert.Equal((true, isTold), (words.Contains("已登记", StringComparison.Ordinal), words.Contains("查询码", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task A_mixed_message_of_WeCom_is_opened_filed_and_answered_sealed_and_one_without_the_word_is_left_alone()
    {
        await using var town = await Town.FoundAsync();
        var path = await MakeAsync(town, "wecom");
        using var robot = await town.HttpAsync();

        var echo = WeComSeal.Close(Key, "12345", "");
        Assert.Equal("12345", (await robot.GetAsync($"{path}?msg_signature={WeComSeal.Sign(Token, "1", "n", echo)}&timestamp=1&nonce=n&echostr={Uri.EscapeDataString(echo)}")).Text);

        var chat = await SendAsync(robot, path, "<xml><MsgId>1</MsgId><MsgType>text</MsgType><From><UserId>u</UserId></From><Text><Content>中午吃什么</Content></Text></xml>");
        var filed = await SendAsync(robot, path, "<xml><MsgId>2</MsgId><MsgType>mixed</MsgType><From><UserId>u</UserId><Name>小李</Name></From><MixedMessage><MsgItem><MsgType>text</MsgType><Text><Content>@邻里 #报 常平村口井盖没了</Content></Text></MsgItem><MsgItem><MsgType>image</MsgType><Image><ImageUrl>http://127.0.0.1/a.jpg</ImageUrl></Image></MsgItem></MixedMessage></xml>");

        Assert.Equal("", chat.Text);
        var request = await town.ReadAsync(db => db.Set<ServiceRequest>().AsNoTracking().SingleAsync());
        Assert.Equal("@邻里  常平村口井盖没了", request.Text);
        var sealedReply = MessagePath.First(MessagePath.Parse(filed.Text, isXml: true), ["/xml/Encrypt"])!;
        Assert.Contains(request.Number, WeComSeal.Open(Key, sealedReply), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_does_not_prove_itself_is_refused_and_an_address_that_was_closed_is_none()
    {
        await using var town = await Town.FoundAsync();
        var path = await MakeAsync(town, "dingtalk");
        using var robot = await town.HttpAsync();
        var body = """{"msgId":"1","text":{"content":"#报 路灯不亮"},"senderNick":"小张"}""";
        var now = town.Clock.Now.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(robot, path, body, now, "wrong")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(robot, path, body, "1000", ChatSigns.DingTalk(Token, "1000"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(robot, path + "0", body, now, ChatSigns.DingTalk(Token, now))).Status);
        Assert.Contains("已登记", (await PostAsync(robot, path, body, now, ChatSigns.DingTalk(Token, now))).Text, StringComparison.Ordinal);

        using var administrator = await town.HttpAsync("guanli");
        var id = (await administrator.GetAsync("/api/inbound-addresses")).Json()[0].GetProperty("id").GetString();
        await administrator.SendJsonAsync(HttpMethod.Put, $"/api/inbound-addresses/{id}/active", new { active = false });
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(robot, path, body, now, ChatSigns.DingTalk(Token, now))).Status);
    }

    [Fact]
    public async Task Feishu_s_question_and_its_encrypted_message_are_understood()
    {
        await using var town = await Town.FoundAsync();
        var path = await MakeAsync(town, "feishu", "encrypt-key");
        using var robot = await town.HttpAsync();

        var question = await robot.SendJsonAsync(HttpMethod.Post, path, new { encrypt = Feishu($$"""{"challenge":"c-1","token":"{{Token}}","type":"url_verification"}""") });
        Assert.Equal("c-1", question.Json().GetProperty("challenge").GetString());

        var plain = JsonSerializer.Serialize(new { header = new { token = Token }, @event = new { message = new { message_id = "m", content = """{"text":"@_user_1 #report 路灯不亮"}""" }, sender = new { sender_id = new { open_id = "o" } } } });
        var body = JsonSerializer.Serialize(new { encrypt = Feishu(plain) });
        var now = town.Clock.Now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var call = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(town.Address), path)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        call.Headers.Add("X-Lark-Request-Timestamp", now);
        call.Headers.Add("X-Lark-Request-Nonce", "n");
        call.Headers.Add("X-Lark-Signature", ChatSigns.Feishu("encrypt-key", now, "n", body));

        Assert.Equal(HttpStatusCode.OK, (await robot.SendAsync(call)).Status);
        Assert.Equal("@_user_1  路灯不亮", await town.ReadAsync(db => db.Set<ServiceRequest>().Select(r => r.Text).SingleAsync()));
    }

    [Fact]
    public async Task A_group_has_so_many_messages_in_an_hour()
    {
        await using var town = await Town.FoundAsync();
        var path = await MakeAsync(town, "generic", most: 1);
        using var robot = await town.HttpAsync();

        await robot.SendJsonAsync(HttpMethod.Post, path, new { id = "1", text = "路灯不亮" });
        var second = await robot.SendJsonAsync(HttpMethod.Post, path, new { id = "2", text = "井盖没了" });

        Assert.Contains("太多", second.Text, StringComparison.Ordinal);
        Assert.Equal(1, await town.ReadAsync(db => db.Set<ServiceRequest>().CountAsync()));
    }

    /// <summary>What a sender does not have is hidden by these classes; its style is web/src/styles/_controls.scss.</summary>
    [Theory]
    [InlineData("wecom", "token key")]
    [InlineData("dingtalk", "token appId")]
    [InlineData("feishu", "token key appId appSecret")]
    [InlineData("generic", "")]
    public async Task Each_sender_is_asked_for_its_own_secrets_by_their_own_names(string sender, string fields)
    {
        await using var town = await Town.FoundAsync();
        using var administrator = await town.HttpAsync("guanli");
        var page = (await administrator.GetAsync("/admin/inbound")).Page;
        var asked = page.QuerySelectorAll(".not-generic, .not-wecom, .not-dingtalk").Where(f => !f.ClassList.Contains("not-" + sender)).Select(f => f.QuerySelector("input")!.GetAttribute("name")!);
        Assert.Equal(fields, string.Join(' ', asked));
        Assert.Contains("钉钉的 AppSecret", page.QuerySelector("label[for=f-token]")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"text":"<xml/>"}""", "/text", "<xml/>")]
    [InlineData("""{"a":[{"b":"1"},{"b":"2"}]}""", "/a/1/b", "2")]
    [InlineData("""{"a":[{"c":"1"},{"b":"2"}]}""", "/a/*/b", "2")]
    [InlineData("""{"a/b":{"m~n":"x"}}""", "/a~1b/m~0n", "x")]
    [InlineData("""{"a":"{\"b\":\"in\"}"}""", "/a!/b", "in")]
    [InlineData("""{"a":"no json"}""", "/a!/b", null)]
    public void Paths_lead_to_what_stands_there(string message, string path, string? found) => Assert.Equal(found, MessagePath.First(MessagePath.Parse(message, false), [path]));

    [Fact]
    public void Xml_that_declares_entities_is_refused() =>
        Assert.Throws<System.Xml.XmlException>(() => MessagePath.Parse("""<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><Content>&e;</Content></xml>""", isXml: true));

    [Fact]
    public async Task The_trial_says_what_would_become_of_a_message_and_wrong_settings_are_named()
    {
        await using var town = await Town.FoundAsync();
        using var administrator = await town.HttpAsync("guanli");

        var trial = (await administrator.SendJsonAsync(HttpMethod.Post, "/api/inbound-addresses/trial", new { mapping = "dingtalk", sample = """{"msgId":"1","text":{"content":"#报 路灯不亮"}}""" })).Json();
        Assert.Equal((true, "路灯不亮"), (trial.GetProperty("isMeant").GetBoolean(), trial.GetProperty("text").GetString()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await administrator.SendJsonAsync(HttpMethod.Post, "/api/inbound-addresses", new { name = "一群", mapping = "wecom", token = Token, key = "short" })).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await administrator.SendJsonAsync(HttpMethod.Post, "/api/inbound-addresses", new { name = "一群", mapping = "{\"text\":[\"a\"]}" })).Status);
        var page = await administrator.PostFormAsync("/admin/inbound/trial", ("mapping", "generic"), ("sample", """{"id":"1","text":"路灯不亮"}"""));
        Assert.Contains("会登记为诉求", page.Text, StringComparison.Ordinal);
        Assert.Equal(0, await town.ReadAsync(db => db.Set<ServiceRequest>().CountAsync()));
    }

    private static async Task<string> MakeAsync(Town town, string mapping, string key = Key, int most = 60)
    {
        using var administrator = await town.HttpAsync("guanli");
        var made = await administrator.SendJsonAsync(HttpMethod.Post, "/api/inbound-addresses", new { name = "骑手一群", mapping, serviceType = "other", most, token = Token, key });
        return made.Status == HttpStatusCode.Created ? made.Json().GetProperty("path").GetString()! : throw new InvalidOperationException(made.Text);
    }

    private static Task<Answer> SendAsync(Visitor robot, string path, string plain)
    {
        var text = WeComSeal.Close(Key, plain, "");
        return robot.SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri($"http://localhost{path}?msg_signature={WeComSeal.Sign(Token, "1", "n", text)}&timestamp=1&nonce=n"))
        {
            Content = new StringContent($"<xml><ToUserName>x</ToUserName><Encrypt><![CDATA[{text}]]></Encrypt></xml>", Encoding.UTF8, "text/xml"),
        });
    }

    private static Task<Answer> PostAsync(Visitor robot, string path, string body, string time, string sign) =>
        robot.SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri($"http://localhost{path}")) { Content = new StringContent(body, Encoding.UTF8, "application/json"), Headers = { { "timestamp", time }, { "sign", sign } } });

    private static string Feishu(string plain)
    {
        using var aes = System.Security.Cryptography.Aes.Create();
        aes.Key = System.Security.Cryptography.SHA256.HashData("encrypt-key"u8);
        var iv = new byte[16];
        return Convert.ToBase64String([.. iv, .. aes.EncryptCbc(Encoding.UTF8.GetBytes(plain), iv)]);
    }
}
