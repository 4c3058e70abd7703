using Linli.Kernel.Evidence.Documents;
using Linli.Kernel.Evidence.Photos;
using Linli.Kernel.Evidence.Scanning;
using Linli.Kernel.People;

namespace Linli.Kernel.Evidence;

/// <summary>One file as somebody sends it.</summary>
/// <param name="Content">Read once, from where it stands.</param>
/// <param name="Name">As the sender calls it; not believed.</param>
/// <param name="Field">The form field it came in, for refusals.</param>
public sealed record Upload(Stream Content, string? Name, string Field = "file");

/// <summary>Takes a file in: type by content, limits before decoding, a look by the scanner, photos made small and free of metadata, one row.</summary>
public sealed class EvidenceIntake(
    LinliDb db, EvidenceStore store, IncomingFiles incoming, PhotoWorkshop photos, DocumentWorkshop documents, IEvidenceScanner scanner, EvidenceOptions options, TimeProvider clock)
{
    /// <summary>Keeps a file that no record uses yet; a record takes it with <see cref="EvidenceClaims"/>.</summary>
    public async Task<Outcome<EvidenceFile>> KeepAsync(Upload upload, Actor by, CancellationToken cancellation = default)
    {
        using var received = await incoming.ReceiveAsync(upload.Content, options.MaxBytes, cancellation);
        return received is null
            ? Refuse(EvidenceRefusals.TooLarge(upload.Field, options.MaxBytes))
            : await KeepAsync(received, upload.Name, upload.Field, by, cancellation);
    }

    /// <summary>The same for a file that stands on the disk already, in the evidence folder; it is gone afterwards when it was taken.</summary>
    public async Task<Outcome<EvidenceFile>> KeepAsync(IncomingFile received, string? name, string field, Actor by, CancellationToken cancellation = default)
    {
        FileSignature signature;
        ImageSize? size = null;
        ScanState scan;
        await using (var file = received.OpenRead())
        {
            signature = FileSignature.Of(file);
            if (Check(signature, file.Length, field, by) is { } problem)
            {
                return Refuse(problem);
            }

            if (signature.Kind.IsPhoto())
            {
                size = ImageSize.Read(file, signature.Kind);
                if (CheckSize(size, field) is { } sizeProblem)
                {
                    return Refuse(sizeProblem);
                }
            }

            var looked = await ScanAsync(file, field, by, cancellation);
            if (!looked.Succeeded)
            {
                return looked.Failure;
            }

            scan = looked.Value;
        }

        using var kept = incoming.New();
        if (size is null)
        {
            return await documents.CleanAsync(signature.Kind, received.Path, kept.Path, cancellation) switch
            {
                DocumentResult.Bomb => Refuse(EvidenceRefusals.Bomb(field)),
                DocumentResult.TwoInOne => Refuse(EvidenceRefusals.Other(field, "PDF / ZIP")),
                var done => await KeepAsync(
                    done == DocumentResult.Cleaned ? kept : received, null, null, signature.Kind, EvidenceFile.CleanName(name, signature.Kind), scan, by, cancellation),
            };
        }

        using var thumbnail = incoming.New();
        var made = await photos.MakeAsync(new PhotoOrder(received.Path, signature.Kind, size.Value, kept.Path, thumbnail.Path), cancellation);
        return made.Result switch
        {
            PhotoResult.Damaged => Refuse(EvidenceRefusals.Damaged(field)),
            PhotoResult.NotReadableHere => Refuse(EvidenceRefusals.NotReadableHere(field, signature.Name)),
            _ => await KeepAsync(kept, File.Exists(thumbnail.Path) ? thumbnail : null, made.Size, made.Kind, null, scan, by, cancellation),
        };
    }

    /// <summary>The refusal of something that is too long to be read at all.</summary>
    public static Failure TooLarge(string field, long limit) => Refuse(EvidenceRefusals.TooLarge(field, limit));

    /// <summary>The row is written before the bytes are placed; <see cref="EvidenceStore.RemoveAsync"/> relies on that order.</summary>
    private async Task<Outcome<EvidenceFile>> KeepAsync(
        IncomingFile bytes, IncomingFile? thumbnail, ImageSize? size, FileKind kind, string? name, ScanState scan, Actor by, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var file = new EvidenceFile
        {
            Sha256 = await bytes.HashAsync(cancellation),
            ContentType = kind.ContentType(),
            Length = bytes.Length,
            Width = size?.Width,
            Height = size?.Height,
            OriginalName = name,
            UploadedAt = now,
            UploadedByKind = by.Kind,
            UploadedById = by.Id,
            Scan = scan,
        };
        db.Add(file);
        await db.CommitAsync(by.Act("evidence.upload", now, file.Id.ToString()), cancellation);
        await store.PlaceAsync(file.Sha256, bytes, thumbnail, cancellation);
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

    /// <summary>As it was sent, before anything of ours decodes it. What is infected is written down, and nothing of it is kept.</summary>
    private async Task<Outcome<ScanState>> ScanAsync(FileStream file, string field, Actor by, CancellationToken cancellation)
    {
        if (!scanner.IsConfigured)
        {
            return ScanState.Unscanned;
        }

        file.Position = 0;
        var answer = await scanner.ScanAsync(file, cancellation);
        if (answer.Verdict == ScanVerdict.Infected)
        {
            await db.CommitAsync(by.Act("evidence.infected", clock.GetUtcNow(), reason: answer.Found), cancellation);
            return Refuse(EvidenceRefusals.Infected(field));
        }

        return (answer.Verdict, options.WhenScannerIsAway) switch
        {
            (ScanVerdict.Clean, _) => ScanState.Clean,
            (_, WhenScannerIsAway.Hold) => ScanState.Held,
            (_, WhenScannerIsAway.Take) => ScanState.Due,
            _ => Refuse(EvidenceRefusals.NotScanned(field)),
        };
    }

    private static Failure.Invalid Refuse(FieldProblem problem) => new([problem]);
}
