using System.Security.Cryptography;
using System.Text.Json;
using System.Xml;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Kernel.Privacy;
using Linli.Requests.Catalogue;
using Linli.Requests.Suggestions;
using Linli.Shell.People;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Inbound.Chat;

/// <param name="Mapping">Name of a shipped mapping, or one's own as JSON.</param>
/// <param name="Most">Messages in an hour.</param>
/// <param name="AppId">With which photos are fetched: DingTalk's AppKey, Feishu's App ID. Without it messages come without photos.</param>
/// <param name="AppSecret">Feishu's App Secret.</param>
public sealed record AddressInput(string? Name, string? Mapping, string? ServiceType, int? Most, string? Token, string? Key, string? AppId = null, string? AppSecret = null);

public sealed record ShownAddress(Guid Id, string Name, string MappingZh, string MappingEn, string ServiceType, int Most, bool IsActive, DateTimeOffset CreatedAt, DateTimeOffset? LastAt);

/// <param name="Path">Shown this once: whoever has it may send.</param>
public sealed record MadeAddress(Guid Id, string Path);

/// <param name="Sample">A message as the program sends it, decrypted.</param>
public sealed record TrialInput(string? Mapping, string? Sample);

/// <summary>What would become of a message.</summary>
public sealed record Trial(bool IsMeant, string? Id, string? Text, string? Sender, string? Name, string? Address, int Photos, string? ServiceType, string? Challenge);

/// <summary>Addresses for chat programs, kept by administrators of the whole county: what comes in may be about any place.</summary>
internal sealed class KeepAddresses(LinliDb db, CatalogueReader catalogue, SuggestionSource suggestions, FieldCipher cipher, TimeProvider time)
{
    public const string Path = "/api/inbound/";
    private const int MostInAnHour = 5_000;
    private const int LongestSample = 100_000;

    public async Task<IReadOnlyList<ShownAddress>> AllAsync(Actor by, CancellationToken cancellation) => !AdministratorReach.Covers(by, null) ? [] :
        [.. (await db.Set<InboundAddress>().AsNoTracking().OrderByDescending(a => a.CreatedAt).Take(200).ToListAsync(cancellation)).Select(Shown)];

    public async Task<Outcome<MadeAddress>> MakeAsync(Actor by, AddressInput input, CancellationToken cancellation)
    {
        if (!AdministratorReach.Covers(by, null))
        {
            return AdministratorReach.Beyond;
        }

        var problems = new List<FieldProblem>();
        var json = MappingOf(input.Mapping);
        var mapping = ChatMapping.Read(json);
        if (!mapping.Succeeded)
        {
            problems.AddRange(((Failure.Invalid)mapping.Failure).Problems);
        }
        else if (json.Length > InboundAddress.LongestMapping)
        {
            problems.Add(new("mapping", "这里最多写 {0} 个字，现在是 {1} 个字。请缩短。", InboundAddress.LongestMapping, json.Length));
        }
        else
        {
            CheckSecrets(mapping.Value.Proof, input, problems);
        }

        if (string.IsNullOrWhiteSpace(input.Name) || input.Name.Trim().Length > 60)
        {
            problems.Add(new("name", "请写名称，最多 {0} 个字，例如“骑手一群”。", 60));
        }

        if (PlainLine.ProblemWith("name", input.Name) is { } unseen)
        {
            problems.Add(unseen);
        }

        if (await catalogue.FindTypeAsync(input.ServiceType ?? "other", cancellation) is not { IsActive: true } type)
        {
            problems.Add(new("serviceType", "没有这个事项。请从列表中选择。"));
            return new Failure.Invalid(problems);
        }

        if (input.Most is < 1 or > MostInAnHour)
        {
            problems.Add(new("most", "每小时的条数要在 1 到 {0} 之间。", MostInAnHour));
        }

        if (problems.Count > 0)
        {
            return new Failure.Invalid(problems);
        }

        var word = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        var now = time.GetUtcNow();
        var address = new InboundAddress
        {
            Name = input.Name!.Trim(), WordHash = TakeChat.HashOf(word), Mapping = json, ServiceType = type.Code, Most = input.Most ?? 60, CreatedAt = now, CreatedBy = by.Id,
        };
        address.Secrets = cipher.Seal(TakeChat.CellOf(address.Id), JsonSerializer.Serialize(new ChatSecrets(input.Token?.Trim(), input.Key?.Trim(), Trim(input.AppId), Trim(input.AppSecret))));
        db.Add(address);
        await db.CommitAsync(by.Act("requests.add-inbound", now, address.Name), cancellation);
        return new MadeAddress(address.Id, Path + word);
    }

    public async Task<Outcome<ShownAddress>> SwitchAsync(Actor by, Guid id, bool isActive, CancellationToken cancellation)
    {
        if (!AdministratorReach.Covers(by, null))
        {
            return AdministratorReach.Beyond;
        }

        if (await db.Set<InboundAddress>().SingleOrDefaultAsync(a => a.Id == id, cancellation) is not { } address)
        {
            return new Failure.NotFound("没有这个接入地址。");
        }

        address.IsActive = isActive;
        await db.CommitAsync(by.Act("requests.switch-inbound", time.GetUtcNow(), address.Name, isActive ? "on" : "off"), cancellation);
        return Shown(address);
    }

    /// <summary>Writes nothing and fetches nothing.</summary>
    public async Task<Outcome<Trial>> TryAsync(TrialInput input, CancellationToken cancellation)
    {
        var mapping = ChatMapping.Read(MappingOf(input.Mapping));
        if (!mapping.Succeeded)
        {
            return mapping.Failure;
        }

        if (string.IsNullOrWhiteSpace(input.Sample) || input.Sample.Length > LongestSample)
        {
            return new Failure.Invalid("sample", "请贴一条消息，最多 {0} 个字符。", LongestSample);
        }

        try
        {
            var read = ReadChat.Of(mapping.Value, MessagePath.Parse(input.Sample, mapping.Value.Xml));
            var best = (await suggestions.NowAsync(cancellation)).For(read.Text, 1).Best;
            return new Trial(read.IsMeant, read.Id, read.Text, read.Sender, read.SenderName, read.Place?.Address, read.Photos.Count + read.PhotoData.Count + read.PhotoKeys.Count, best?.Type.Code, read.Challenge);
        }
        catch (Exception wrong) when (wrong is JsonException or XmlException)
        {
            return new Failure.Invalid("sample", "这条消息读不懂：{0}", wrong.Message);
        }
    }

    private static void CheckSecrets(ChatProof proof, AddressInput input, List<FieldProblem> problems)
    {
        if (proof is not ChatProof.None && (input.Token?.Trim().Length ?? 0) is < 3 or > 200)
        {
            problems.Add(new("token", "请填对方设置里的 Token 或 appSecret，它证明消息是对方发来的。"));
        }

        if (input.AppId?.Trim().Length > 200 || input.AppSecret?.Trim().Length > 200)
        {
            problems.Add(new(input.AppId?.Trim().Length > 200 ? "appId" : "appSecret", "这里最多写 {0} 个字，现在是 {1} 个字。请缩短。", 200, Math.Max(input.AppId?.Trim().Length ?? 0, input.AppSecret?.Trim().Length ?? 0)));
        }

        if (proof == ChatProof.Feishu && Trim(input.AppId) is null != Trim(input.AppSecret) is null)
        {
            problems.Add(new(Trim(input.AppId) is null ? "appId" : "appSecret", "要取照片，App ID 和 App Secret 都要填；不取就都不填。"));
        }

        if (proof == ChatProof.WeCom && !WeComSeal.IsKey(input.Key?.Trim()))
        {
            problems.Add(new("key", "EncodingAESKey 是 43 个字母和数字，请从企业微信的设置里原样复制。"));
        }
    }

    private static string? Trim(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string MappingOf(string? nameOrJson) => ChatMapping.Shipped(nameOrJson?.Trim()) ?? nameOrJson ?? "";

    private static ShownAddress Shown(InboundAddress a)
    {
        var mapping = ChatMapping.Read(a.Mapping);
        return new ShownAddress(a.Id, a.Name, mapping.Succeeded ? mapping.Value.NameZh : "?", mapping.Succeeded ? mapping.Value.NameEn : "?", a.ServiceType, a.Most, a.IsActive, a.CreatedAt, a.LastAt);
    }
}
