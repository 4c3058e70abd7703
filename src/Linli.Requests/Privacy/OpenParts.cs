using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linli.Requests.Privacy;

/// <summary>One look at personal data, or the wish for one.</summary>
/// <param name="By">The person's name, for staff; for the person concerned only where the county shows names.</param>
/// <param name="Words">What was written as the reason; for staff.</param>
/// <param name="IsGranted">Absent while it waits for a second person.</param>
public sealed record UnmaskingView(
    Guid Id, PersonalPart Part, DateTimeOffset At, Role Role, string? Organisation, UnmaskingReason Reason, string? Words, string? By, bool? IsGranted, DateTimeOffset ExpiresAt);

/// <summary>Reads personal data of a request for somebody who may read it now; masked for everybody else.</summary>
internal sealed class OpenParts(LinliDb db, ContactVault contacts, KeepOriginals originals, IOptions<PrivacyOptions> options, TimeProvider time)
{
    private const int MostShown = 100;

    /// <summary>What is open to one person on one request at this moment.</summary>
    internal sealed record Opened(IReadOnlySet<PersonalPart> Parts, IReadOnlyDictionary<string, string> Words)
    {
        public static Opened None { get; } = new(new HashSet<PersonalPart>(), new Dictionary<string, string>());

        public bool Has(PersonalPart part) => Parts.Contains(part);

        /// <summary>The text as it was written; null where it is not open or nothing was masked.</summary>
        public string? Of(string field) => Words.GetValueOrDefault(field);
    }

    public async Task<Opened> OfAsync(Guid request, Guid account, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var parts = await db.Set<Unmasking>().AsNoTracking().Where(u => u.RequestId == request && u.AccountId == account && u.IsGranted && u.ExpiresAt > now)
            .Select(u => u.Part).Distinct().ToListAsync(cancellation);
        return parts.Count == 0 ? Opened.None : new Opened(parts.ToHashSet(), parts.Contains(PersonalPart.Words) ? await WordsAsync(request, cancellation) : Opened.None.Words);
    }

    /// <summary>Every text as it was written, by field.</summary>
    public async Task<IReadOnlyDictionary<string, string>> WordsAsync(Guid request, CancellationToken cancellation) =>
        (await db.Set<RequestOriginal>().AsNoTracking().Where(o => o.RequestId == request).ToListAsync(cancellation)).ToDictionary(o => o.Field, originals.Open);

    public async Task<OpenContact?> ContactAsync(Guid request, Opened opened, CancellationToken cancellation) =>
        await ContactAsync(request, cancellation) is { } contact ? opened.Has(PersonalPart.Contact) ? contact : contact.ToMasked() : null;

    public async Task<OpenContact?> ContactAsync(Guid request, CancellationToken cancellation) =>
        await db.Set<ReporterContact>().AsNoTracking().SingleOrDefaultAsync(c => c.RequestId == request, cancellation) is { } contact ? contacts.Open(contact) : null;

    /// <summary>The member of staff that it is about: for whoever may see the request, who has to keep them out of it.</summary>
    public string? AboutOf(ServiceRequest request) => contacts.AboutOf(request);

    /// <summary>谁看过: newest first.</summary>
    /// <param name="request">Whose.</param>
    /// <param name="withNames">For staff. The person concerned reads which organisation and role looked, and only what was really shown.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<IReadOnlyList<UnmaskingView>> WhoLookedAsync(Guid request, bool withNames, CancellationToken cancellation)
    {
        var rows = await (
            from u in db.Set<Unmasking>()
            where u.RequestId == request && (withNames || u.IsGranted)
            join o in db.Set<Organisation>() on u.OrganisationId equals o.Id into organisations
            from o in organisations.DefaultIfEmpty()
            join a in db.Set<Account>() on u.AccountId equals a.Id into accounts
            from a in accounts.DefaultIfEmpty()
            orderby u.AskedAt descending, u.Id
            select new { Row = u, o.Name, o.NameEn, By = a.Name }).AsNoTracking().Take(MostShown).ToListAsync(cancellation);
        var named = withNames || options.Value.ShowStaffNames;
        return [.. rows.Select(r => new UnmaskingView(
            r.Row.Id, r.Row.Part, r.Row.AskedAt, r.Row.Role, r.Name is null ? null : Texts.Pick(r.Name, r.NameEn), r.Row.ReasonCode, withNames ? r.Row.Reason : null,
            named ? r.By : null, r.Row.DecidedAt is null ? null : r.Row.IsGranted, r.Row.ExpiresAt))];
    }
}
