using Linli.Kernel;
using Linli.Kernel.Evidence;
using Linli.Shell.Accounts;
using Linli.Shell.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Linli.Shell.Evidence;

/// <summary>Sends a file to those who may read it, in a way that it can do nothing in their browser.</summary>
internal static class ServeEvidence
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapMethods("/files/{id:guid}", [HttpMethods.Get, HttpMethods.Head], HandleAsync).Public().WithName("ReadFile").WithTags("evidence")
        .WithSummary("A photo or document, for those who see what it belongs to; with thumb, its small picture.").Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");

    /// <summary>Address of a file; of its thumbnail where it has one.</summary>
    public static string Address(Guid id, bool thumbnail = false) => thumbnail ? $"/files/{id}?thumb" : $"/files/{id}";

    private static async Task<IResult> HandleAsync(
        Guid id, string? thumb, HttpContext context, LinliDb db, EvidenceStore store, CurrentActor actor, IEnumerable<IEvidenceAccess> modules, CancellationToken cancellation)
    {
        var file = await db.Set<EvidenceFile>().AsNoTracking().FirstOrDefaultAsync(f => f.Id == id, cancellation);
        var audience = file is null ? EvidenceAudience.Nobody : await AudienceAsync(file, context, actor, modules, cancellation);
        var thumbnail = thumb is not null;
        if (file is null || audience == EvidenceAudience.Nobody || store.Open(file.Sha256, thumbnail) is not { } bytes)
        {
            return Refusal.Of(new Failure.NotFound("没有这个文件，或者您不能查看。"));
        }

        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.CacheControl = audience == EvidenceAudience.Everybody ? "public, max-age=3600" : "private, no-cache";
        headers.ContentDisposition = Disposition(file);
        var isSmall = thumbnail && store.HasThumbnail(file.Sha256);
        return Results.Stream(bytes, isSmall ? "image/jpeg" : file.ContentType, lastModified: file.UploadedAt,
            entityTag: new EntityTagHeaderValue($"\"{file.Sha256}{(isSmall ? "-t" : "")}\""), enableRangeProcessing: true);
    }

    /// <summary>What no record uses yet is seen by the member of staff who sent it alone.</summary>
    private static async Task<EvidenceAudience> AudienceAsync(
        EvidenceFile file, HttpContext context, CurrentActor actor, IEnumerable<IEvidenceAccess> modules, CancellationToken cancellation)
    {
        if (file.ClaimedAt is null)
        {
            return actor.Value.IsStaff && file.CanBeClaimedBy(actor.Value) ? EvidenceAudience.Reader : EvidenceAudience.Nobody;
        }

        var widest = EvidenceAudience.Nobody;
        foreach (var module in modules)
        {
            var answer = await module.AudienceAsync(file, context, cancellation);
            widest = answer > widest ? answer : widest;
        }

        return widest;
    }

    /// <summary>Photos are shown; everything else is only saved, never opened in the page's place.</summary>
    private static string Disposition(EvidenceFile file)
    {
        var extension = file.ContentType switch
        {
            "image/jpeg" => ".jpg",
            "image/png" => ".png",
            "application/pdf" => ".pdf",
            _ => "",
        };
        var disposition = new ContentDispositionHeaderValue(file.IsPhoto ? "inline" : "attachment");
        disposition.SetHttpFileName(file.OriginalName ?? $"{file.Id:N}{extension}");
        return disposition.ToString();
    }
}
