using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Life;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Privacy;

/// <summary>
/// What versions before sealing wrote in the open: contacts are sealed, numbers in texts masked, and the files of the store
/// rewritten so that no old page keeps them. In batches, each a commit of its own: interrupted, it goes on where it was.
/// </summary>
internal sealed class SealOldRows(LinliDb db, ContactVault contacts, KeepOriginals originals, CodeSeal seal, TimeProvider time)
{
    private const int Batch = 200;

    /// <summary>Characters of a secret code's hash as older versions kept it; sealed it has one more.</summary>
    private const int PlainHash = 64;

    /// <returns>How many contacts and requests were written anew.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var count = await SealContactsAsync(cancellation) + await SealAboutAsync(cancellation) + await MaskTextsAsync(cancellation) + await SealCodesAsync(cancellation);
        if (count > 0)
        {
            await db.Dialect.ForgetAsync(db.Database, isThorough: true, cancellation);
        }

        return count;
    }

    private async Task<int> SealContactsAsync(CancellationToken cancellation)
    {
        var count = 0;
        while (await db.Set<ReporterContact>().Where(c => c.OldName != null || c.OldPhone != null || c.OldEmail != null)
            .OrderBy(c => c.RequestId).Take(Batch).ToListAsync(cancellation) is { Count: > 0 } batch)
        {
            foreach (var contact in batch)
            {
                contacts.Seal(contact, new OpenContact(contact.OldName, contact.OldPhone, contact.OldEmail, null, null));
                (contact.OldName, contact.OldPhone, contact.OldEmail) = (null, null, null);
            }

            count += batch.Count;
            await CommitAsync("privacy.seal-contacts", batch.Count, cancellation);
        }

        return count;
    }

    private async Task<int> SealAboutAsync(CancellationToken cancellation)
    {
        var count = 0;
        while (await db.Set<ServiceRequest>().Where(r => r.OldAboutPerson != null).OrderBy(r => r.Id).Take(Batch).ToListAsync(cancellation) is { Count: > 0 } batch)
        {
            foreach (var request in batch)
            {
                contacts.SealAbout(request, request.AnonymisedAt is null ? request.OldAboutPerson : null);
                request.OldAboutPerson = null;
            }

            count += batch.Count;
            await CommitAsync("privacy.seal-about", batch.Count, cancellation);
        }

        return count;
    }

    private async Task<int> MaskTextsAsync(CancellationToken cancellation)
    {
        var count = 0;
        while (await db.Set<ServiceRequest>().Where(r => !r.AreTextsMasked).Include(r => r.Events).Include(r => r.Tasks).Include(r => r.TimeRequests).Include(r => r.Originals)
            .AsSplitQuery().OrderBy(r => r.Id).Take(Batch).ToListAsync(cancellation) is { Count: > 0 } batch)
        {
            foreach (var request in batch)
            {
                originals.Of(request);
                foreach (var imported in request.Events.Where(e => e.Step == Step.Import && e.Details is not null))
                {
                    imported.Details = PersonalNumbers.Mask(imported.Details!);   // values in quotation marks: masking digits leaves them so
                }
            }

            count += batch.Count;
            await CommitAsync("privacy.mask-texts", batch.Count, cancellation);
        }

        return count;
    }

    private async Task<int> SealCodesAsync(CancellationToken cancellation)
    {
        var count = 0;
        while (await db.Set<ServiceRequest>().Where(r => r.SecretHash.Length == PlainHash).OrderBy(r => r.Id).Take(Batch).ToListAsync(cancellation) is { Count: > 0 } batch)
        {
            batch.ForEach(request => request.SecretHash = seal.OfHash(request.Id, request.SecretHash));
            count += batch.Count;
            await CommitAsync("privacy.seal-codes", batch.Count, cancellation);
        }

        return count;
    }

    private async Task CommitAsync(string verb, int count, CancellationToken cancellation)
    {
        await db.CommitAsync(Act.BySystem(verb, time.GetUtcNow(), $"{count}"), cancellation);
        db.ChangeTracker.Clear();
    }
}
