using System.Globalization;
using System.Text.Json;
using System.Xml;
using Microsoft.AspNetCore.Http;

namespace Linli.Requests.Inbound.Chat;

/// <summary>What a call from a chat program holds, once it has proved itself.</summary>
/// <param name="Echo">The program asks whether the address is ours; answered with this.</param>
internal sealed record OpenedCall(string Body, string? Echo);

/// <summary>Checks a call as its program signs it, and opens what is encrypted.</summary>
internal static class OpenCall
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(60); // what DingTalk asks for

    /// <returns>Null when the call does not prove itself.</returns>
    public static OpenedCall? Of(ChatProof proof, ChatSecrets secrets, HttpRequest call, string body, DateTimeOffset now)
    {
        try
        {
            return proof switch
            {
                ChatProof.None => new OpenedCall(body, null),
                ChatProof.Hmac => IsFresh(call.Headers["X-Linli-Timestamp"], 1, now) && ChatSigns.Same(call.Headers["X-Linli-Signature"], ChatSigns.Own(secrets.Token!, call.Headers["X-Linli-Timestamp"]!, body)) ? new OpenedCall(body, null) : null,
                ChatProof.DingTalk => IsFresh(call.Headers["timestamp"], 1_000, now) && ChatSigns.Same(call.Headers["sign"], ChatSigns.DingTalk(secrets.Token!, call.Headers["timestamp"]!)) ? new OpenedCall(body, null) : null,
                ChatProof.WeCom => WeCom(secrets, call, body),
                ChatProof.Feishu => Feishu(secrets, call, body, now),
                _ => null,
            };
        }
        catch (Exception wrong) when (wrong is JsonException or XmlException or InvalidOperationException)
        {
            return null;
        }
    }

    private static OpenedCall? WeCom(ChatSecrets secrets, HttpRequest call, string body)
    {
        var isEcho = HttpMethods.IsGet(call.Method);
        var text = isEcho ? call.Query["echostr"].ToString() : MessagePath.First(MessagePath.Parse(body, isXml: !body.TrimStart().StartsWith('{')), ["/xml/Encrypt", "/encrypt"]);
        var sign = WeComSeal.Sign(secrets.Token!, call.Query["timestamp"].ToString(), call.Query["nonce"].ToString(), text ?? "");
        return text is not null && ChatSigns.Same(call.Query["msg_signature"], sign) && WeComSeal.Open(secrets.Key!, text) is { } plain ? new OpenedCall(plain, isEcho ? plain : null) : null;
    }

    private static OpenedCall? Feishu(ChatSecrets secrets, HttpRequest call, string body, DateTimeOffset now)
    {
        if (secrets.Key is { Length: > 0 } key)
        {
            var sealedText = MessagePath.First(MessagePath.Parse(body, isXml: false), ["/encrypt"]);
            var time = call.Headers["X-Lark-Request-Timestamp"].ToString();
            var isSigned = IsFresh(time, 1, now) && ChatSigns.Same(call.Headers["X-Lark-Signature"], ChatSigns.Feishu(key, time, call.Headers["X-Lark-Request-Nonce"].ToString(), body));
            var plain = sealedText is null ? null : ChatSigns.OpenFeishu(key, sealedText);
            return plain is not null && (isSigned || IsQuestion(plain)) && HasToken(secrets, plain) ? new OpenedCall(plain, null) : null; // the first question comes unsigned
        }

        return HasToken(secrets, body) ? new OpenedCall(body, null) : null;
    }

    private static bool IsQuestion(string body) => MessagePath.First(MessagePath.Parse(body, isXml: false), ["/type"]) == "url_verification";

    private static bool HasToken(ChatSecrets secrets, string body) => ChatSigns.Same(MessagePath.First(MessagePath.Parse(body, isXml: false), ["/header/token", "/token"]), secrets.Token ?? "");

    private static bool IsFresh(string? time, long perSecond, DateTimeOffset now) =>
        long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at / perSecond is > 0 and < 253_402_300_799 and var seconds && (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() < Fresh;
}
