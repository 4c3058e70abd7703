using System.Text.Json;
using System.Text.Json.Serialization;
using Linli.Kernel;
using Linli.Requests.Import;

namespace Linli.Requests.Inbound.Chat;

/// <summary>How a program proves that a message is its own, and whether it encrypts it.</summary>
internal enum ChatProof
{
    /// <summary>By the long word in the address alone.</summary>
    None,

    /// <summary>X-Linli-Signature: HMAC-SHA256 over time and body.</summary>
    Hmac,
    WeCom,
    DingTalk,
    Feishu,
}

/// <summary>How a message of another program is read: paths (<see cref="MessagePath"/>) to what a request needs. data/mappings/chat has the shipped ones.</summary>
internal sealed record ChatMapping
{
    public required string NameZh { get; init; }
    public required string NameEn { get; init; }
    public IReadOnlyList<string> Why { get; init; } = [];
    public ChatProof Proof { get; init; }

    /// <summary>Messages are XML.</summary>
    public bool Xml { get; init; }

    public required IReadOnlyList<string> Id { get; init; }
    public required IReadOnlyList<string> Text { get; init; }
    public IReadOnlyList<string> Sender { get; init; } = [];
    public IReadOnlyList<string> SenderName { get; init; } = [];
    public IReadOnlyList<string> Phone { get; init; } = [];
    public IReadOnlyList<string> Address { get; init; } = [];
    public IReadOnlyList<string> Longitude { get; init; } = [];
    public IReadOnlyList<string> Latitude { get; init; } = [];

    /// <summary>wgs84, gcj02 (what Chinese maps say) or bd09.</summary>
    public string System { get; init; } = "gcj02";

    /// <summary>Paths to addresses of photos.</summary>
    public IReadOnlyList<string> Photos { get; init; } = [];

    /// <summary>Paths to photos as Base64.</summary>
    public IReadOnlyList<string> PhotoData { get; init; } = [];

    /// <summary>Paths to what DingTalk or Feishu call a photo by, to fetch it with the app's own key.</summary>
    public IReadOnlyList<string> PhotoKeys { get; init; } = [];

    /// <summary>Only a message with one of these words is meant for us; the word is taken out. Empty: every message is.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>Answered as it stands, with what stands here in the message: some programs ask once whether the address is ours.</summary>
    public IReadOnlyList<string> Challenge { get; init; } = [];

    /// <summary>Paths and what stands there in a message of one person to the robot alone. Only such a message is answered with the secret code: a group reads along.</summary>
    public IReadOnlyDictionary<string, string> Alone { get; init; } = new Dictionary<string, string>();

    public string ReplyType { get; init; } = "application/json";

    /// <summary>What is answered, with {reply}, written as the format wants it; empty: nothing.</summary>
    public string Reply { get; init; } = "";

    private static readonly JsonSerializerOptions Strict = new(Json.Plain)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true,
    };

    public static Outcome<ChatMapping> Read(string? json)
    {
        try
        {
            var mapping = JsonSerializer.Deserialize<ChatMapping>(json ?? "", Strict) ?? throw new JsonException("null");
            var wrong = mapping.Paths().FirstOrDefault(p => !MessagePath.IsOne(p));
            return mapping.Text.Count == 0 || mapping.Id.Count == 0 ? new Failure.Invalid("mapping", "映射里要写明正文（text）和消息编号（id）在哪里。")
                : wrong is not null ? new Failure.Invalid("mapping", "映射里的路径“{0}”不对：要以 / 开头，例如 /text/content。", wrong)
                : mapping;
        }
        catch (JsonException wrong)
        {
            return MappingFault.Of(null, wrong);
        }
    }

    public static IEnumerable<string> ShippedNames() => Directory.EnumerateFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal);

    /// <returns>Null for a name that is none.</returns>
    public static string? Shipped(string? name) => ShippedNames().Contains(name) ? File.ReadAllText(Path.Combine(Folder, name + ".json")) : null;

    private static string Folder => Path.Combine(ShippedData.Folder("mappings"), "chat");

    private IEnumerable<string> Paths() => Id.Concat(Text).Concat(Sender).Concat(SenderName).Concat(Phone).Concat(Address).Concat(Longitude).Concat(Latitude).Concat(Photos).Concat(PhotoData).Concat(PhotoKeys).Concat(Challenge).Concat(Alone.Keys);
}
