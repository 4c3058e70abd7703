using Linli.Kernel;
using Linli.Kernel.Evidence;
using Linli.Shell.Evidence.Links;
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
        .WithSummary("A photo or document, for those who see what it belongs to; with thumb, its small picture; with key, for whoever was given a link.")
        .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");

    private static async Task<IResult> HandleAsync(
        Guid id, string? thumb, string? key, HttpContext context, LinliDb db, EvidenceStore store, EvidenceReaders readers, EvidenceLinks links, CancellationToken cancellation)
    {
        var file = await db.Set<EvidenceFile>().AsNoTracking().FirstOrDefaultAsync(f => f.Id == id, cancellation);
        var isLinked = file is not null && key is not null && await links.EnterAsync(key, file, context, cancellation);
        var audience = file is null ? EvidenceAudience.Nobody : await readers.AudienceAsync(file, context, cancellation);
        if (file is null || audience == EvidenceAudience.Nobody || await store.OpenAsync(file.Sha256, thumb is not null, cancellation) is not { } bytes)
        {
            return Refusal.Of(new Failure.NotFound("没有这个文件，或者您不能查看。"));
        }

        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.CacheControl = audience == EvidenceAudience.Everybody && !isLinked ? "public, max-age=3600" : "private, no-store";
        headers.ContentDisposition = Disposition(file);
        return Results.Stream(bytes.Content, bytes.IsThumbnail ? "image/jpeg" : file.ContentType, lastModified: file.UploadedAt,
            entityTag: new EntityTagHeaderValue($"\"{file.Sha256}{(bytes.IsThumbnail ? "-t" : "")}\""), enableRangeProcessing: true);
    }

    /// <summary>Photos are shown; everything else is only saved, never opened in the page's place.</summary>
    private static string Disposition(EvidenceFile file)
    {
        var disposition = new ContentDispositionHeaderValue(file.IsPhoto ? "inline" : "attachment");
        disposition.SetHttpFileName(file.OriginalName ?? $"{file.Id:N}{FileKinds.EndingOf(file.ContentType)}");
        return disposition.ToString();
    }
}
