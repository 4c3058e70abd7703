using Linli.Kernel;
using Linli.Shell.Limits;
using Linli.Kernel.Evidence;
using Linli.Shell.Accounts;
using Linli.Shell.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Linli.Shell.Evidence;

/// <summary>What a program gets for a file: its id, to be named in the report or step that uses it within a day.</summary>
public sealed record UploadedEvidence(Guid Id, string ContentType, long Length, int? Width, int? Height, string? Name)
{
    public static UploadedEvidence Of(EvidenceFile file) => new(file.Id, file.ContentType, file.Length, file.Width, file.Height, file.OriginalName);
}

/// <summary>Takes one file, as the body itself or as the first file of a multipart form, streamed to disk and never held in memory.</summary>
internal static class UploadEvidence
{
    // Room for the headers and boundaries of a multipart body.
    private const int Wrapping = 64 * 1024;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/evidence", HandleAsync).DisableAntiforgery().Public().TakesFiles().Costs(Cost.Uploading)
        .WithName("SendEvidence").WithTags("evidence").TakesFile("file")
        .WithSummary("Sends one photo or document; answers with the id that a report or a step then names.")
        .Produces<UploadedEvidence>(StatusCodes.Status201Created);

    private static async Task<IResult> HandleAsync(
        HttpContext context, EvidenceIntake intake, EvidenceOptions options, CurrentActor actor, CancellationToken cancellation)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = options.MaxBytes + Wrapping;
        }

        try
        {
            if (await FirstFileAsync(context.Request, cancellation) is not { } upload)
            {
                return new Problem(new Failure.Invalid("file", "请求里没有文件。请用 multipart/form-data 发送，字段名为 {0}，或直接把文件作为请求正文。", "file"));
            }

            var kept = await intake.KeepAsync(upload, actor.Value, cancellation);
            return kept.Succeeded
                ? Results.Json(UploadedEvidence.Of(kept.Value), Json.Plain, statusCode: StatusCodes.Status201Created)
                : new Problem(kept.Failure);
        }
        catch (IncompleteUploadException broken)
        {
            return new Problem(broken.InnerException is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }
                ? EvidenceIntake.TooLarge("file", options.MaxBytes)
                : new Failure.Invalid("file", "文件没有传完整。请检查网络后重新上传。"));
        }
    }

    private static async Task<Upload?> FirstFileAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            return await FindFileAsync(request, cancellation);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            throw new IncompleteUploadException(broken);
        }
    }

    private static async Task<Upload?> FindFileAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
        {
            return request.ContentLength == 0 ? null : new Upload(request.Body, request.Query["name"]);
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > 100)
        {
            return null;
        }

        var reader = new MultipartReader(boundary, request.Body);
        while (await reader.ReadNextSectionAsync(cancellation) is { } section)
        {
            if (section.GetContentDispositionHeader() is { } disposition && disposition.IsFileDisposition())
            {
                var name = disposition.FileNameStar.HasValue ? disposition.FileNameStar.Value : HeaderUtilities.RemoveQuotes(disposition.FileName).Value;
                return new Upload(section.Body, name);
            }
        }

        return null;
    }
}
