using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Kernel.Privacy;
using Linli.Requests.Open311;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Inbound.Chat;

/// <summary>What is answered to a chat program.</summary>
internal sealed record ChatAnswer(int Status, string Type, string Body);

/// <summary>One message from a chat program: proved, read by the mapping, and filed if it is meant for us. The same message again gets the same answer.</summary>
internal sealed class TakeChat(LinliDb db, TakeMessage take, FetchMedia media, FetchChatPhotos photos, FieldCipher cipher, BlindIndex index, Texts texts, TimeProvider time)
{
    private const string Plain = "text/plain";
    private static readonly ChatAnswer Unknown = new(StatusCodes.Status404NotFound, Plain, "");

    /// <param name="word">The long word of the address.</param>
    public async Task<ChatAnswer> RunAsync(string word, HttpRequest call, string sent, CancellationToken cancellation)
    {
        var hash = HashOf(word);
        var address = await db.Set<InboundAddress>().AsNoTracking().SingleOrDefaultAsync(a => a.WordHash == hash && a.IsActive, cancellation);
        if (address is null || ChatMapping.Read(address.Mapping) is not { Succeeded: true, Value: var mapping })
        {
            return Unknown;
        }

        var secrets = SecretsOf(cipher, address);
        if (OpenCall.Of(mapping.Proof, secrets, call, sent, time.GetUtcNow()) is not { } opened)
        {
            return new ChatAnswer(StatusCodes.Status401Unauthorized, Plain, "");
        }

        if (opened.Echo is not null)
        {
            return new ChatAnswer(StatusCodes.Status200OK, Plain, opened.Echo);
        }

        ChatMessage message;
        JsonNode? body;
        try
        {
            body = MessagePath.Parse(opened.Body, mapping.Xml);
            message = ReadChat.Of(mapping, body);
        }
        catch (Exception wrong) when (wrong is JsonException or XmlException)
        {
            return new ChatAnswer(StatusCodes.Status400BadRequest, Plain, "");
        }

        if (message.Challenge is { } challenge)
        {
            return new ChatAnswer(StatusCodes.Status200OK, "application/json", JsonSerializer.Serialize(new { challenge }));
        }

        var source = address.Id.ToString("N");
        if (!message.IsMeant)
        {
            return new ChatAnswer(StatusCodes.Status200OK, mapping.ReplyType, "");
        }

        var hourAgo = time.GetUtcNow().AddHours(-1);
        if (await db.Set<InboundRecord>().CountAsync(r => r.Source == source && r.At > hourAgo, cancellation) >= address.Most)
        {
            return Reply(mapping, secrets, StatusCodes.Status200OK, texts.In(Chinese, "这个群一小时内的消息太多，请过一会儿再发，或打电话。"));
        }

        var id = message.Id ?? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(opened.Body)));
        var taken = await take.RunAsync(
            new InboundMessage(
                source, id, Channel.Chat, null, message.Text, message.SenderName ?? message.Sender, null, PhoneOf(message.Phone), $"{address.Name} {message.Sender}".Trim(), null, message.Place, address.ServiceType,
                [.. message.Photos.Select(Fetched), .. message.PhotoData.Select(Sent), .. message.PhotoKeys.Select(k => new InboundFile((_, c) => photos.TryAsync(mapping.Proof, secrets, body, k, c)))]), cancellation);
        await WriteAsync(address.Id, source, id, message.Sender, taken, cancellation);
        return Reply(mapping, secrets, StatusCodes.Status200OK, taken.Succeeded
            ? Filed(taken.Value, message.IsAlone)
            : texts.In(Chinese, "没有登记：{0}", texts.In(Chinese, taken.Failure is Failure.Invalid invalid ? invalid.Problems[0].Message : taken.Failure.Message, taken.Failure is Failure.Invalid { Problems: [var first, ..] } ? first.Values : taken.Failure.Values)));
    }

    public static string HashOf(string word) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(word)));

    public static ChatSecrets SecretsOf(FieldCipher cipher, InboundAddress address) =>
        cipher.Open(CellOf(address.Id), address.Secrets) is { } json ? JsonSerializer.Deserialize<ChatSecrets>(json)! : new ChatSecrets(null, null);

    public static Cell CellOf(Guid address) => Cell.Of<InboundAddress>(nameof(InboundAddress.Secrets), address);

    private static System.Globalization.CultureInfo Chinese { get; } = System.Globalization.CultureInfo.GetCultureInfo("zh-CN");

    private async Task WriteAsync(Guid address, string source, string id, string? sender, Outcome<TakenMessage> taken, CancellationToken cancellation)
    {
        var row = index.OfMessage("row", source, id);
        if (await db.Set<InboundRecord>().AnyAsync(r => r.MessageHash == row, cancellation))
        {
            return;
        }

        var now = time.GetUtcNow();
        db.ChangeTracker.Clear();
        db.Add(new InboundRecord
        {
            MessageHash = row, Source = source, SenderIndex = sender is null ? null : index.OfMessage("sender", source, sender), At = now,
            Result = taken.Succeeded ? InboundResult.Filed : InboundResult.Refused, Number = taken.Succeeded ? taken.Value.Receipt.Number : null,
        });
        try
        {
            await db.CommitAsync(Act.BySystem("requests.take-chat", now, taken.Succeeded ? taken.Value.Receipt.Number : null) with { Reason = $"{address}" }, cancellation);
            await db.Set<InboundAddress>().Where(a => a.Id == address).ExecuteUpdateAsync(s => s.SetProperty(a => a.LastAt, now), cancellation);
        }
        catch (DbUpdateException) when (!cancellation.IsCancellationRequested)
        {
            db.ChangeTracker.Clear(); // the same message at the same instant: the other one wrote it down
        }
    }

    private InboundFile Fetched(string link) => new((_, cancellation) => media.TryAsync(link, Actor.Anonymous, cancellation));

    private static InboundFile Sent(string data) => new(async (intake, cancellation) =>
    {
        var bytes = new byte[data.Length];
        if (!Convert.TryFromBase64String(data[(data.IndexOf(',', StringComparison.Ordinal) + 1)..], bytes, out var length))
        {
            return null;
        }

        return await InboundFile.Of(null, () => new MemoryStream(bytes, 0, length)).KeepAsync(intake, cancellation);
    });

    /// <summary>With the code whoever reads it could read all of the request, withdraw it and rate it: a group is told the number alone.</summary>
    private string Filed(TakenMessage taken, bool isAlone) =>
        (isAlone ? texts.In(Chinese, "已登记，编号 {0}，查询码 {1}。", taken.Receipt.Number, taken.Receipt.SecretCode) : texts.In(Chinese, "已登记，编号 {0}。", taken.Receipt.Number))
        + (taken.RefusedFiles == 0 ? "" : isAlone ? texts.In(Chinese, "有 {0} 张照片没有收到，请凭编号和查询码在网上补充。", taken.RefusedFiles) : texts.In(Chinese, "有 {0} 张照片没有收到，请再发一次。", taken.RefusedFiles));

    /// <summary>What is no number is kept out of the contact, not refused.</summary>
    private static string? PhoneOf(string? phone) => BlindIndex.NormalPhone(phone) is { Length: >= 7 and <= 15 } normal ? normal : null;

    private ChatAnswer Reply(ChatMapping mapping, ChatSecrets secrets, int status, string words)
    {
        if (mapping.Reply.Length == 0)
        {
            return new ChatAnswer(status, Plain, "");
        }

        var written = mapping.Xml ? words.Replace("]]>", "", StringComparison.Ordinal) : JsonSerializer.Serialize(words, Json.Plain)[1..^1];
        var body = mapping.Reply.Replace("{reply}", written, StringComparison.Ordinal);
        return mapping.Proof == ChatProof.WeCom ? new ChatAnswer(status, "application/xml", Sealed(secrets, body)) : new ChatAnswer(status, mapping.ReplyType, body);
    }

    private string Sealed(ChatSecrets secrets, string body)
    {
        var (stamp, nonce, text) = (time.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), WeComSeal.Close(secrets.Key!, body, ""));
        return $"<xml><Encrypt><![CDATA[{text}]]></Encrypt><MsgSignature><![CDATA[{WeComSeal.Sign(secrets.Token!, stamp, nonce, text)}]]></MsgSignature><TimeStamp>{stamp}</TimeStamp><Nonce><![CDATA[{nonce}]]></Nonce></xml>";
    }
}
