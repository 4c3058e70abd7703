using Linli.Kernel;
using Linli.Kernel.Evidence;
using Linli.Kernel.Evidence.Uploads;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Linli.Shell.Http;
using Linli.Shell.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Evidence.Uploads;

/// <summary>
/// Files over connections that break: the protocol tus 1.0 (tus.io) with creation, expiration and termination. Whoever began an upload asks how far
/// it came and goes on from there; when it is whole, PUT …/evidence turns it into a file, and may be repeated when its answer was lost.
/// </summary>
internal static class UploadInPieces
{
    private const string Place = "/api/evidence/uploads";

    /// <param name="Address">Of the upload; whoever has no account is known by it.</param>
    /// <param name="Until">When it is thrown away, whole or not.</param>
    internal sealed record Begun(string Address, DateTimeOffset Until);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods(Place, [HttpMethods.Options], Describe).Public().ExcludeFromDescription();
        routes.MapPost(Place, BeginAsync).Public().Costs(Cost.Uploading).WithName("BeginUpload").WithTags("evidence")
            .WithSummary("Begins an upload in pieces for connections that break (tus 1.0): Upload-Length says how many bytes there will be; the answer's Location is its address, for a day.")
            .WithDescription("Upload-Metadata may carry filename, and as=resident for what staff report as a resident does, each value in base64.")
            .Produces<Begun>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        routes.MapMethods(Place + "/{id}", [HttpMethods.Head], FindAsync).Public().WithName("FindUpload").WithTags("evidence")
            .WithSummary("How far an upload came: Upload-Offset is the next byte that is wanted.").Produces(StatusCodes.Status200OK);
        routes.MapPatch(Place + "/{id}", AppendAsync).Public().TakesFiles().Costs(Cost.Reading).WithName("ContinueUpload").WithTags("evidence")
            .WithSummary("Sends the next bytes of an upload, from Upload-Offset on. What came before a connection broke is kept.")
            .Accepts<Stream>(TusHeaders.Piece).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status409Conflict);
        routes.MapDelete(Place + "/{id}", RemoveAsync).Public().WithName("DropUpload").WithTags("evidence")
            .WithSummary("Gives an upload up; its bytes are gone at once.").Produces(StatusCodes.Status204NoContent);
        routes.MapPut(Place + "/{id}/evidence", FinishAsync).Public().TakesFiles().Costs(Cost.Uploading).WithName("FinishUpload").WithTags("evidence")
            .WithSummary("Takes in an upload whose bytes have all come; answers with the id that a report or a step then names. Repeated, it is the same file.")
            .Produces<UploadedEvidence>().ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static IResult Describe(HttpContext context, EvidenceOptions options)
    {
        TusHeaders.Describe(context.Response.Headers, options.MaxBytes);
        return Results.NoContent();
    }

    private static async Task<IResult> BeginAsync(HttpContext context, PartShelf shelf, EvidenceOptions options, CurrentActor actor, TimeProvider clock, CancellationToken cancellation)
    {
        if (TusHeaders.Refuse(context) is { } refusal)
        {
            return refusal;
        }

        if (TusHeaders.Number(context.Request, TusHeaders.Length) is not { } length || length <= 0)
        {
            return new Problem(new Failure.Invalid("file", "请求头 {0} 应写明文件有多少字节。", TusHeaders.Length));
        }

        if (length > options.MaxBytes)
        {
            return new Problem(EvidenceIntake.TooLarge("file", options.MaxBytes));
        }

        var told = TusHeaders.Metadata(context.Request);
        var by = told.GetValueOrDefault("as") == "resident" ? Actor.Anonymous : actor.Value;
        var from = shelf.Hide(CallerAddress.Of(context));
        var upload = new PartialUpload(PartShelf.NewId(), length, told.GetValueOrDefault("filename"), by.Kind, by.Id, from, clock.GetUtcNow());
        if (!await shelf.BeginAsync(upload, cancellation))
        {
            return new Problem(new Failure.Conflict("too_many_uploads", "现在没有传完的文件太多了。请等几分钟再传，或直接随表单提交。"));
        }

        context.Response.Headers.Location = $"{Place}/{upload.Id}";
        TusHeaders.State(context.Response.Headers, 0, upload.Length, shelf.ExpiryOf(upload));
        return Results.Json(new Begun($"{Place}/{upload.Id}", shelf.ExpiryOf(upload)), Json.Plain, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> FindAsync(string id, HttpContext context, PartShelf shelf, CurrentActor actor, CancellationToken cancellation)
    {
        if (await OwnAsync(id, shelf, actor, cancellation) is not { } upload)
        {
            return Unknown();
        }

        TusHeaders.State(context.Response.Headers, shelf.OffsetOf(upload), upload.Length, shelf.ExpiryOf(upload));
        context.Response.Headers.CacheControl = "no-store";
        return Results.Ok();
    }

    private static async Task<IResult> AppendAsync(string id, HttpContext context, PartShelf shelf, CurrentActor actor, CancellationToken cancellation)
    {
        if (TusHeaders.Refuse(context) is { } refusal)
        {
            return refusal;
        }

        if (await OwnAsync(id, shelf, actor, cancellation) is not { } upload)
        {
            return Unknown();
        }

        if (context.Request.ContentType != TusHeaders.Piece || TusHeaders.Number(context.Request, TusHeaders.Offset) is not { } offset)
        {
            return new Problem(new Failure.Invalid("file", "请用 Content-Type: {0} 发送，并用请求头 {1} 写明从第几个字节开始。", TusHeaders.Piece, TusHeaders.Offset));
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = upload.Length - Math.Min(offset, upload.Length) + 1;
        }

        try
        {
            // Not ended with the call: what has come in is written down to the last byte.
            var next = await shelf.AppendAsync(upload, offset, context.Request.Body, CancellationToken.None);
            TusHeaders.State(context.Response.Headers, next, upload.Length, shelf.ExpiryOf(upload));
            return Results.NoContent();
        }
        catch (WrongOffsetException wrong)
        {
            TusHeaders.State(context.Response.Headers, wrong.Offset, upload.Length, shelf.ExpiryOf(upload));
            return new Problem(new Failure.Conflict("upload_offset", "应从第 {0} 个字节接着传，这里是第 {1} 个。", wrong.Offset, offset));
        }
        catch (UploadBusyException)
        {
            return Busy();
        }
        catch (Exception tooMuch) when (tooMuch is InvalidDataException or IncompleteUploadException { InnerException: BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } })
        {
            return new Problem(new Failure.Invalid("file", "传来的比写明的 {0} 个字节多。请重新开始上传。", upload.Length));
        }
        catch (IncompleteUploadException)
        {
            return new Problem(new Failure.Invalid("file", "文件没有传完整。请检查网络后重新上传。"));
        }
    }

    private static async Task<IResult> RemoveAsync(string id, HttpContext context, PartShelf shelf, CurrentActor actor, CancellationToken cancellation)
    {
        if (await OwnAsync(id, shelf, actor, cancellation) is not { } upload)
        {
            return Unknown();
        }

        try
        {
            shelf.Remove(upload);
            TusHeaders.Greet(context.Response.Headers);
            return Results.NoContent();
        }
        catch (UploadBusyException)
        {
            return Busy();
        }
    }

    private static async Task<IResult> FinishAsync(string id, PartShelf shelf, EvidenceIntake intake, LinliDb db, CurrentActor actor, CancellationToken cancellation)
    {
        if (await OwnAsync(id, shelf, actor, cancellation) is not { } upload)
        {
            return Unknown();
        }

        if (upload.Evidence is null && shelf.OffsetOf(upload) < upload.Length)
        {
            return new Problem(new Failure.Conflict("upload_incomplete", "文件还没有传完：有 {0} 个字节，应有 {1} 个。请接着传。", shelf.OffsetOf(upload), upload.Length));
        }

        try
        {
            Outcome<EvidenceFile>? taken = null;
            var by = upload.ById == actor.Value.Id ? actor.Value : Actor.Anonymous;
            if (upload.Evidence is null)
            {
                await shelf.FinishAsync(upload, async part => (taken = await intake.KeepAsync(part, upload.Name, "file", by, cancellation)).Succeeded ? taken.Value.Id : null, cancellation);
            }

            return taken is { Succeeded: false } refused ? new Problem(refused.Failure)
                : (taken?.Value ?? await db.Set<EvidenceFile>().AsNoTracking().FirstOrDefaultAsync(f => f.Id == upload.Evidence, cancellation)) is { } file ? Results.Json(UploadedEvidence.Of(file), Json.Plain)
                : Unknown();
        }
        catch (UploadBusyException)
        {
            return Busy();
        }
    }

    /// <summary>What another account began is as if it did not exist. What was begun as a resident is known by its address alone.</summary>
    private static async Task<PartialUpload?> OwnAsync(string id, PartShelf shelf, CurrentActor actor, CancellationToken cancellation) =>
        await shelf.FindAsync(id, cancellation) is { } upload && (upload.Belongs(actor.Value) || upload.Belongs(Actor.Anonymous)) ? upload : null;

    private static Problem Unknown() => new(new Failure.NotFound("没有这个上传，或者它已过期。请重新选择文件。"));

    private static Problem Busy() => new(new Failure.Conflict("upload_busy", "这个文件正在接收。请稍等一两秒再试。"));
}
