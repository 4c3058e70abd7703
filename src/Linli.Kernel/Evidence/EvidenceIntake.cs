using Linli.Kernel.Evidence.Photos;
using Linli.Kernel.People;

namespace Linli.Kernel.Evidence;

/// <summary>One file as somebody sends it.</summary>
/// <param name="Content">Read once, from where it stands.</param>
/// <param name="Name">As the sender calls it; not believed.</param>
/// <param name="Field">The form field it came in, for refusals.</param>
public sealed record Upload(Stream Content, string? Name, string Field = "file");

/// <summary>Takes a file in: type by content, limits before decoding, photos made small and free of metadata, one row.</summary>
public sealed class EvidenceIntake(LinliDb db, EvidenceStore store, PhotoWorkshop workshop, EvidenceOptions options, TimeProvider clock)
{
    /// <summary>Keeps a file that no record uses yet; a record takes it with <see cref="EvidenceClaims"/>.</summary>
    public async Task<Outcome<EvidenceFile>> KeepAsync(Upload upload, Actor by, CancellationToken cancellation = default)
    {
        var limit = Math.Max(options.MaxPhotoBytes, options.MaxDocumentBytes);
        using var received = await store.ReceiveAsync(upload.Content, limit, cancellation);
        if (received is null)
        {
            return Refuse(EvidenceRefusals.TooLarge(upload.Field, limit));
        }

        FileSignature signature;
        ImageSize? size = null;
        await using (var file = received.OpenRead())
        {
            signature = FileSignature.Of(file);
            if (Check(signature, file.Length, upload.Field, by) is { } problem)
            {
                return Refuse(problem);
            }

            if (signature.Kind.IsPhoto())
            {
                size = ImageSize.Read(file, signature.Kind);
                if (CheckSize(size, upload.Field) is { } sizeProblem)
                {
                    return Refuse(sizeProblem);
                }
            }
        }

        if (size is null)
        {
            return await KeepAsync(received, null, null, signature.Kind.ContentType(), EvidenceFile.CleanName(upload.Name), by, cancellation);
        }

        using var kept = store.NewIncoming();
        using var thumbnail = store.NewIncoming();
        var made = await workshop.MakeAsync(new PhotoOrder(received.Path, signature.Kind, size.Value, kept.Path, thumbnail.Path), cancellation);
        return made.Result switch
        {
            PhotoResult.Damaged => Refuse(EvidenceRefusals.Damaged(upload.Field)),
            PhotoResult.NotReadableHere => Refuse(EvidenceRefusals.NotReadableHere(upload.Field, signature.Name)),
            _ => await KeepAsync(kept, File.Exists(thumbnail.Path) ? thumbnail : null, made.Size, made.Kind.ContentType(), null, by, cancellation),
        };
    }

    /// <summary>The refusal of something that is too long to be read at all.</summary>
    public static Failure TooLarge(string field, long limit) => Refuse(EvidenceRefusals.TooLarge(field, limit));

    /// <summary>The row is written before the bytes are placed; <see cref="EvidenceStore.RemoveAsync"/> relies on that order.</summary>
    private async Task<Outcome<EvidenceFile>> KeepAsync(
        IncomingFile bytes, IncomingFile? thumbnail, ImageSize? size, string contentType, string? name, Actor by, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var file = new EvidenceFile
        {
            Sha256 = await bytes.HashAsync(cancellation),
            ContentType = contentType,
            Length = new FileInfo(bytes.Path).Length,
            Width = size?.Width,
            Height = size?.Height,
            OriginalName = name,
            UploadedAt = now,
            UploadedByKind = by.Kind,
            UploadedById = by.Id,
        };
        db.Add(file);
        await db.CommitAsync(by.Act("evidence.upload", now, file.Id.ToString()), cancellation);
        store.Place(file.Sha256, bytes, thumbnail);
        return file;
    }

    private FieldProblem? Check(FileSignature found, long length, string field, Actor by) => found.Kind switch
    {
        _ when length == 0 => EvidenceRefusals.Empty(field),
        FileKind.Unknown => EvidenceRefusals.Unknown(field),
        FileKind.Other => EvidenceRefusals.Other(field, found.Name),
        FileKind.Word or FileKind.Excel when !by.IsStaff => EvidenceRefusals.StaffOnly(field, found.Name),
        var kind when kind.IsPhoto() && length > options.MaxPhotoBytes => EvidenceRefusals.TooLarge(field, options.MaxPhotoBytes),
        var kind when !kind.IsPhoto() && length > options.MaxDocumentBytes => EvidenceRefusals.TooLarge(field, options.MaxDocumentBytes),
        _ => null,
    };

    private FieldProblem? CheckSize(ImageSize? size, string field) => size switch
    {
        null => EvidenceRefusals.Damaged(field),
        { } s when s.Pixels > options.MaxPixels || s.Width > options.MaxSide || s.Height > options.MaxSide
            => EvidenceRefusals.TooManyPixels(field, s, options.MaxPixels),
        _ => null,
    };

    private static Failure.Invalid Refuse(FieldProblem problem) => new([problem]);
}
