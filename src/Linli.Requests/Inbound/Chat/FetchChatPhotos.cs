using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Linli.Kernel.Evidence;
using Linli.Kernel.People;
using Linli.Requests.Open311;
using Linli.Shell.Http.Outbound;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Linli.Requests.Inbound.Chat;

/// <summary>Where photos of messages are fetched; others where a county uses Lark or a gateway of its own.</summary>
public sealed class ChatInOptions
{
    public string DingTalk { get; set; } = "https://api.dingtalk.com";
    public string Feishu { get; set; } = "https://open.feishu.cn";
}

/// <summary>
/// Photos that a message only names: DingTalk gives a temporary link for a download code, Feishu the file itself, each to whoever shows the app's own
/// key (DingTalk: "download the file content of the robot receiving message"; Feishu: "get resource files in messages").
/// </summary>
internal sealed class FetchChatPhotos(OutboundCalls calls, FetchMedia media, EvidenceIntake intake, IOptions<ChatInOptions> options, ILogger<FetchChatPhotos> log)
{
    private const int LongestAnswer = 64 * 1024;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <param name="key">What the message says of the photo: a download code, an image key.</param>
    /// <returns>Null when there is none to be had, which is no reason to turn the message away.</returns>
    public async Task<Guid?> TryAsync(ChatProof proof, ChatSecrets secrets, JsonNode? message, string key, CancellationToken cancellation)
    {
        if (secrets.AppId is not { Length: > 0 } app)
        {
            return null;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Longest);
        try
        {
            return proof switch
            {
                ChatProof.DingTalk => await DingTalkAsync(app, secrets.Token ?? "", MessagePath.First(message, ["/robotCode"]) ?? app, key, limit.Token),
                ChatProof.Feishu when MessagePath.First(message, ["/event/message/message_id"]) is { } id => await FeishuAsync(app, secrets.AppSecret ?? "", id, key, limit.Token),
                _ => null,
            };
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or JsonException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            log.LogInformation(failure, "A photo of a group message could not be fetched");
            return null;
        }
    }

    private async Task<Guid?> DingTalkAsync(string app, string secret, string robot, string code, CancellationToken cancellation)
    {
        var site = options.Value.DingTalk.TrimEnd('/');
        if (await AskAsync($"{site}/v1.0/oauth2/accessToken", new { appKey = app, appSecret = secret }, "/accessToken", null, cancellation) is not { } token)
        {
            return null;
        }

        var link = await AskAsync($"{site}/v1.0/robot/messageFiles/download", new { downloadCode = code, robotCode = robot }, "/downloadUrl", call => call.Headers.Add("x-acs-dingtalk-access-token", token), cancellation);
        return link is null ? null : await media.TryAsync(link, Actor.Anonymous, cancellation);
    }

    private async Task<Guid?> FeishuAsync(string app, string secret, string message, string key, CancellationToken cancellation)
    {
        var site = options.Value.Feishu.TrimEnd('/');
        if (await AskAsync($"{site}/open-apis/auth/v3/tenant_access_token/internal", new { app_id = app, app_secret = secret }, "/tenant_access_token", null, cancellation) is not { } token)
        {
            return null;
        }

        using var call = new HttpRequestMessage(HttpMethod.Get, $"{site}/open-apis/im/v1/messages/{Uri.EscapeDataString(message)}/resources/{Uri.EscapeDataString(key)}?type=image");
        call.Headers.Authorization = new("Bearer", token);
        using var answer = await calls.SendAsync(call, cancellation);
        if (!answer.IsSuccessStatusCode)
        {
            return null;
        }

        await using var content = await answer.Content.ReadAsStreamAsync(cancellation);
        var kept = await intake.KeepAsync(new Upload(content, null, "media_url"), Actor.Anonymous, cancellation);
        return kept.Succeeded ? kept.Value.Id : null;
    }

    private async Task<string?> AskAsync(string address, object input, string path, Action<HttpRequestMessage>? sign, CancellationToken cancellation)
    {
        using var call = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(input) };
        sign?.Invoke(call);
        using var answer = await calls.SendAsync(call, cancellation);
        if (!answer.IsSuccessStatusCode)
        {
            log.LogInformation("{Host} answered {Status} when a photo of a group message was asked for", call.RequestUri!.Host, (int)answer.StatusCode);
            return null;
        }

        await answer.Content.LoadIntoBufferAsync(LongestAnswer, cancellation);
        var found = MessagePath.First(MessagePath.Parse(await answer.Content.ReadAsStringAsync(cancellation), isXml: false), [path]);
        if (found is null)
        {
            log.LogInformation("{Host} gave nothing for a photo of a group message: are the app's key and its permissions right?", call.RequestUri!.Host);
        }

        return found;
    }
}
