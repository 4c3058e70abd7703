using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Requests.Report;
using Linli.Shell.Clients;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Open311;

/// <summary>Takes a report of a client in. Whoever never got the answer may send it again: for ten minutes the same words from the same client are the same request.</summary>
internal sealed class GeoReports(LinliDb db, ReportRequest report, CatalogueReader catalogue, AreaMaps maps, MediaOfReport media, TimeProvider time)
{
    public const string KeyHeader = "Idempotency-Key";
    private const int MostAddress = 200;
    private static readonly TimeSpan SameCall = TimeSpan.FromMinutes(10);

    /// <summary>Where the request came from, as the request keeps it.</summary>
    public static string SourceOf(ApiClient client) => $"open311:{client.Id:N}";

    public async Task<Outcome<GeoAnswer>> SendAsync(GeoParameters given, ApiClient client, string apiKey, HttpRequest call, CancellationToken cancellation)
    {
        var type = await catalogue.FindTypeAsync(given["service_code"], cancellation);
        var input = InputOf(given, client, type);
        await CheckPlaceAsync(input.Place!, given, cancellation);
        if (given.Problems.Count == 0 && input.ServiceType is { } code && !client.Takes(code))
        {
            return new Failure.Forbidden("这个密钥不能报“{0}”这类事项。需要的话，请向本地的管理员申请。", Steps.Check.Short(code));
        }

        if (given.Problems.Count > 0)
        {
            return new Failure.Invalid(given.Problems);
        }

        var actor = client.AsReporter();
        if (await KnownAsync(apiKey, actor, given, call, cancellation) is { } known)
        {
            return await AnswerAsync(known, cancellation);
        }

        var files = await media.TakeAsync(given, call, actor, cancellation);
        if (!files.Succeeded)
        {
            return files.Failure;
        }

        var outcome = await report.RunAsync(input with
        {
            Photos = files.Value.Kept, UnfetchedMedia = files.Value.Unfetched,
            IdempotencyKey = KeyOf(apiKey, call, 0), EarlierKey = call.Headers[KeyHeader].Count > 0 ? null : KeyOf(apiKey, call, 1),
        }, new Caller(actor), cancellation);
        return !outcome.Succeeded ? outcome.Failure
            : outcome.Value.IsPublic ? Answer(outcome.Value.Id, outcome.Value.Number) : await AnswerAsync(outcome.Value.Id, cancellation);
    }

    /// <summary>What became of the request that was answered with a token.</summary>
    public async Task<Outcome<GeoAnswer>> TokenAsync(string token, CancellationToken cancellation)
    {
        if (!Guid.TryParseExact(token, "N", out var id) || !await db.Set<ServiceRequest>().AnyAsync(r => r.Id == id && r.ExternalSource != null && r.ExternalSource.StartsWith("open311:"), cancellation))
        {
            return new Failure.NotFound("没有这个 token。请核对。");
        }

        var number = await db.Set<ServiceRequest>().VisibleToAll().Where(r => r.Id == id).Select(r => r.Number).SingleOrDefaultAsync(cancellation);
        return GeoAnswer.Of("service_requests", "request", [new GeoRecord().With("token", token).With("service_request_id", number ?? "")]);
    }

    private static ReportRequest.Input InputOf(GeoParameters given, ApiClient client, ServiceType? type)
    {
        var (lat, lon, address, area) = (given.Degrees("lat"), given.Degrees("long"), given["address_string"], given["address_id"]);
        if (lat is null && lon is null && address is null && area is null)
        {
            given.Problems.Add(new("lat, long", "请说明在哪里：lat 和 long，或者 address_string，或者 address_id（区域代码）。"));
        }

        if (address?.Length > MostAddress)
        {
            given.Problems.Add(new("address", "这里最多写 {0} 个字，现在是 {1} 个字。请缩短。", MostAddress, address.Length));
        }

        var name = string.Join(Texts.IsEnglish ? " " : "", new[] { given["last_name"], given["first_name"] }.Where(n => n is not null));
        return new ReportRequest.Input(
            given["service_code"], given["description"] ?? type?.NameZh, null, new PlaceInput(area, address, lon, lat, null), AnswersOf(given.Attributes(), type),
            name.Length == 0 ? null : name, given["phone"], given["email"], Texts.IsEnglish ? "en" : "zh-CN", null, null, null, Channel.Api)
        { ExternalSource = SourceOf(client), Within = new[] { client.AreaCode, given.Part }.Where(a => !string.IsNullOrEmpty(a)).MaxBy(a => a!.Length) };
    }

    /// <summary>GeoReport's datetime is a day here, and clients write yes and no in several ways.</summary>
    private static Dictionary<string, string?> AnswersOf(Dictionary<string, string?> answers, ServiceType? type)
    {
        foreach (var field in type?.Fields ?? [])
        {
            if (answers.GetValueOrDefault(field.Code) is { } said)
            {
                answers[field.Code] = field.Type switch
                {
                    FieldType.Date when GeoParameters.TimeOf(said) is { } at => LocalTime.Of(at).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    FieldType.YesNo when said is "true" or "1" => "yes",
                    FieldType.YesNo when said is "false" or "0" => "no",
                    _ => said,
                };
            }
        }

        return answers;
    }

    /// <summary>A point that is plainly in another area than the one that is named: nobody could say which was meant.</summary>
    private async Task CheckPlaceAsync(PlaceInput place, GeoParameters given, CancellationToken cancellation)
    {
        var map = await maps.CurrentAsync(cancellation);
        if (place is { Area: { } code, Latitude: { } latitude, Longitude: { } longitude } && map.Find(code) is { } named && map.Locate(longitude, latitude) is { } located
            && !located.Code.StartsWith(code, StringComparison.Ordinal) && !code.StartsWith(located.Code, StringComparison.Ordinal)
            && map.WithinRadius(new GeoPoint(longitude, latitude), PlaceFinder.BorderMetres, named.Level).All(a => a.Code != code))
        {
            given.Problems.Add(new("address_id", "经纬度在“{0}”，address_id 却是“{1}”。请只留一个，或核对。", Texts.Pick(located.Name, located.NameEn), Texts.Pick(named.Name, named.NameEn)));
        }
    }

    /// <summary>What comes again is noticed where it is written; looked for before it are only pictures, which need not be taken twice.</summary>
    private async Task<Guid?> KnownAsync(string apiKey, Actor actor, GeoParameters given, HttpRequest call, CancellationToken cancellation)
    {
        foreach (var back in (int[])(call.Form.Files.Count == 0 && given["media_url"] is null ? [] : [0, 1]))
        {
            var key = KeyOf(apiKey, call, back);
            if (await report.FindAsync(SecretCode.HashOfKey(key, actor), key, cancellation) is { } known)
            {
                return known.Id;
            }
        }

        return null;
    }

    /// <summary>The client's own key, or one made of everything that was sent. The API key in it keeps others from making the same.</summary>
    private string KeyOf(string apiKey, HttpRequest call, int windowsBack)
    {
        var said = call.Headers[KeyHeader].ToString();
        var window = time.GetUtcNow().UtcTicks / SameCall.Ticks - windowsBack;
        var all = said.Length > 0 ? $"key\n{said}" : $"call\n{window}\n" + string.Join('\n', call.Query.Concat(call.Form).Where(f => f.Key != "api_key").OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}={f.Value}"))
            + string.Concat(call.Form.Files.Select(f => $"\n{f.Name} {f.FileName} {f.Length}"));
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(apiKey), Encoding.UTF8.GetBytes(all)));
    }

    /// <summary>The number where everybody may read it at once; else a token, which becomes a number when the request is public.</summary>
    private async Task<GeoAnswer> AnswerAsync(Guid id, CancellationToken cancellation)
    {
        var number = await db.Set<ServiceRequest>().VisibleToAll().Where(r => r.Id == id).Select(r => r.Number).SingleOrDefaultAsync(cancellation);
        return Answer(id, number);
    }

    private static GeoAnswer Answer(Guid id, string? number)
    {
        var record = number is null ? new GeoRecord().With("token", id.ToString("N")) : new GeoRecord().With("service_request_id", number);
        return GeoAnswer.Of("service_requests", "request", [record.With("service_notice", "").With("account_id", null)]);
    }
}
