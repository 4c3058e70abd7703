using Linli.Kernel.People;
using Microsoft.EntityFrameworkCore;

namespace Linli.Kernel.Evidence;

public static class EvidenceClaims
{
    extension(LinliDb db)
    {
        /// <summary>
        /// Takes uploads for a record, written with the record's own commit. Refused when one of them is gone, used already
        /// or somebody else's. Two records that take one file at once: the second commit throws as any lost race does.
        /// </summary>
        public async Task<Outcome<IReadOnlyList<EvidenceFile>>> ClaimEvidenceAsync(
            IReadOnlyCollection<Guid> ids, Actor by, DateTimeOffset at, string field = "photos", CancellationToken cancellation = default)
        {
            var wanted = ids.Distinct().ToList();
            var files = await db.Set<EvidenceFile>().Where(f => wanted.Contains(f.Id)).OrderBy(f => f.UploadedAt).ToListAsync(cancellation);
            if (files.Count < wanted.Count || !files.All(f => f.CanBeClaimedBy(by)))
            {
                return new Failure.Invalid([EvidenceRefusals.NotYours(field)]);
            }

            files.ForEach(f => f.Claim(at));
            return files;
        }
    }
}
