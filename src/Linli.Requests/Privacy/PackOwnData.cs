using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.Evidence;
using Linli.Requests.Life;
using Linli.Requests.Track;
using Linli.Shell.People;
using Linli.Shell.Site;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linli.Requests.Privacy;

/// <summary>One's own data as a file to take along: data.json for programs, index.html to read, the photos beside them.</summary>
internal sealed class PackOwnData(LinliDb db, EvidenceStore store, Texts texts, IOptions<SiteOptions> site, TimeProvider clock)
{
    private const string Style = "body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:1rem/1.6 system-ui,sans-serif;color:#1f2933}dt{margin-top:.8rem;color:#52606d;font-size:.9rem}"
        + "dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}h2{margin-top:2.5rem;border-top:1px solid #cbd2d9;padding-top:1rem}";

    private static readonly JsonSerializerOptions Readable = new(Json.Plain) { WriteIndented = true };

    /// <returns>A zip in a file that is gone when it is closed, rewound.</returns>
    public Task<Stream> RunAsync(OwnExport export, CancellationToken cancellation) =>
        PackAsync(export, PageOf(texts["我的诉求 {0}", export.Request.Number], [("", LinesOf(export))]), [export], cancellation);

    /// <summary>By which site and when: files of this kind lie about for years.</summary>
    /// <param name="number">Of the request, when it is about one.</param>
    public string NameOf(string? number = null) => string.Join('-', new[]
    {
        $"{Texts.Pick(site.Value.County, site.Value.CountyEn)}{(Texts.IsEnglish ? " " : "")}{Texts.Pick(site.Value.Name, site.Value.NameEn)}", number, $"{LocalTime.Of(clock.GetUtcNow()):yyyy-MM-dd}",
    }.Where(part => part is not null)) + ".zip";

    /// <summary>The same over all requests of an account.</summary>
    public Task<Stream> RunAsync(EverythingOwn own, CancellationToken cancellation) =>
        PackAsync(own, PageOf(texts["我的全部信息"],
        [
            (texts["我的账号"], [(texts["手机号码"], own.Account.Phone), (texts["邮箱"], own.Account.Email)]),
            (texts["登录记录"], [.. own.Sessions.Select(s => ($"{LocalTime.Of(s.StartedAt):yyyy-MM-dd HH:mm}", (string?)string.Join(" · ", new[]
            {
                s.Device, texts["最近使用 {0}", $"{LocalTime.Of(s.UsedAt):yyyy-MM-dd HH:mm}"], s.EndedAt is null ? "" : texts["已退出"],
            }.Where(w => w.Length > 0))))]),
            (texts["谁看过我的信息"], own.Looks.Count == 0 ? [(texts["没有人看过"], " ")] : [.. own.Looks.Select(l => LineOf(l.Look, l.Number))]),
            .. own.Requests.Select(r => (texts["我的诉求 {0}", r.Request.Number], LinesOf(r))),
        ]), own.Requests, cancellation);

    private async Task<Stream> PackAsync<TData>(TData data, string page, IReadOnlyList<OwnExport> requests, CancellationToken cancellation)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var packed = new FileStream(Path.Combine(Path.GetTempPath(), $"linli-{Guid.NewGuid():N}.zip"), options);
        try
        {
            await WriteAllAsync(packed, data, page, requests, cancellation);
            packed.Position = 0;
            return packed;
        }
        catch
        {
            await packed.DisposeAsync();
            throw;
        }
    }

    private async Task WriteAllAsync<TData>(FileStream packed, TData data, string page, IReadOnlyList<OwnExport> requests, CancellationToken cancellation)
    {
        await using var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true);
        await WriteAsync(zip, "data.json", stream => JsonSerializer.SerializeAsync(stream, data, Readable, cancellation), cancellation);
        await WriteAsync(zip, "index.html", async stream => await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(page), cancellation), cancellation);
        foreach (var request in requests)
        {
            var folder = requests.Count == 1 ? "photos" : $"photos/{request.Request.Number}";
            var ids = request.Request.Photos.Where(p => !p.IsBeingChecked).Select(p => p.Id).ToList();
            foreach (var file in await db.Set<EvidenceFile>().AsNoTracking().Where(f => ids.Contains(f.Id)).OrderBy(f => f.UploadedAt).ToListAsync(cancellation))
            {
                if (await store.OpenAsync(file.Sha256, thumbnail: false, cancellation) is { Content: var content })
                {
                    await using (content)
                    {
                        await WriteAsync(zip, $"{folder}/{file.Id:N}{ExtensionOf(file.ContentType)}", stream => content.CopyToAsync(stream, cancellation), cancellation);
                    }
                }
            }
        }
    }

    private List<(string Name, string? Value)> LinesOf(OwnExport export)
    {
        var lines = new List<(string Name, string? Value)>
        {
            (texts["编号"], export.Request.Number), (texts["事项"], export.Request.ServiceType), (texts["我说的"], export.Originals.GetValueOrDefault("text") ?? export.Request.Text),
            (texts["地点"], $"{export.Request.Area} {export.Originals.GetValueOrDefault("address") ?? export.Request.Address}".Trim()),
            (texts["称呼"], export.Contact?.Name), (texts["电话"], export.Contact?.Phone), (texts["电子邮箱"], export.Contact?.Email), (texts["住址"], export.Contact?.Home), (texts["其他联系方式"], export.Contact?.Other),
            (texts["反映的工作人员"], export.AboutPerson),
        };
        lines.AddRange(export.Request.Answers.Select(a => (a.Label, (string?)a.Value)));
        lines.AddRange(export.Request.History.Select(e => ($"{LocalTime.Of(e.At):yyyy-MM-dd HH:mm}", (string?)$"{TrackTexts.Of(texts, e)} {export.Originals.GetValueOrDefault($"event.{e.Sequence}.text") ?? e.Text}".Trim())));
        lines.AddRange(export.WhoLooked.Select(l => LineOf(l, null)));
        return lines;
    }

    private (string Name, string? Value) LineOf(UnmaskingView look, string? number) => ($"{LocalTime.Of(look.At):yyyy-MM-dd HH:mm} {number}".Trim(),
        texts["看过个人信息（{0}）：{1}，{2}", texts[Unmasking.Of(look.Part).Key], look.Organisation ?? RoleName.Show(look.Role), texts[Unmasking.Of(look.Reason).Key]]);

    private static string PageOf(string title, IReadOnlyList<(string Heading, List<(string Name, string? Value)> Lines)> parts) =>
        $"<!doctype html><html lang=\"{(Texts.IsEnglish ? "en" : "zh-CN")}\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{Safe(title)}</title><style>{Style}</style><h1>{Safe(title)}</h1>{string.Concat(parts.Select(PartOf))}</html>";

    private static string PartOf((string Heading, List<(string Name, string? Value)> Lines) part) =>
        $"{(part.Heading.Length == 0 ? "" : $"<h2>{Safe(part.Heading)}</h2>")}<dl>{string.Concat(part.Lines.Where(l => !string.IsNullOrEmpty(l.Value)).Select(l => $"<dt>{Safe(l.Name)}</dt><dd>{Safe(l.Value!)}</dd>"))}</dl>";

    private static string Safe(string text) => HtmlEncoder.Default.Encode(text);

    private static string ExtensionOf(string contentType) => contentType switch { "image/jpeg" => ".jpg", "image/png" => ".png", "image/webp" => ".webp", "application/pdf" => ".pdf", _ => "" };

    private static async Task WriteAsync(ZipArchive zip, string name, Func<Stream, Task> write, CancellationToken cancellation)
    {
        await using var stream = await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancellation);
        await write(stream);
    }
}
