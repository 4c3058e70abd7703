using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Requests.Owners;
using Linli.Requests.Privacy;
using Linli.Shell.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Access;

/// <summary>
/// Whom a reporter's words plainly complain about, where they did not say so in the form: few people know that there is a field for it, and
/// those concerned must not be the first to read it.
/// </summary>
internal sealed class FindConcerned(LinliDb db, ContactVault contacts)
{
    /// <param name="texts">Each for itself: title, text, answers, a note.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<Found> InAsync(IEnumerable<string?> texts, CancellationToken cancellation)
    {
        var likely = texts.OfType<string>().Select(Complaint.Fold).Where(Complaint.IsLikely).ToList();
        if (likely.Count == 0)
        {
            return Found.Nobody;   // nearly every report: nothing is read
        }

        var organisations = await db.Set<Organisation>().AsNoTracking().Where(o => o.IsActive).ToListAsync(cancellation);
        var accounts = await db.Set<Account>().AsNoTracking().Where(a => a.IsActive).Select(a => new { a.Id, a.Name, a.FormerNames }).ToListAsync(cancellation);
        var names = accounts.SelectMany(a => a.FormerNames.Prepend(a.Name), (a, name) => new Person(a.Id, name)).ToLookup(n => Complaint.Fold(n.Name));
        var people = names.Select(n => n.Key).ToList();
        return new Found(
            likely.Select(t => Complaint.In(t, organisations)?.Organisation).FirstOrDefault(o => o is not null),
            [.. likely.SelectMany(t => Complaint.PeopleIn(t, people)).Distinct().SelectMany(n => names[n])]);
    }

    /// <summary>From now on they are out of it: whoever the request is about by its field, and everybody else by their accounts.</summary>
    public void Add(Found found, ServiceRequest request)
    {
        request.AboutOrganisationId ??= found.Organisation?.Id;
        if (request.AboutPersonIndex is null && found.People is [var first, ..])
        {
            contacts.SealAbout(request, first.Name);
        }

        found.People.Select(p => p.Account).Distinct().ToList().ForEach(request.Recuse);
        request.IsPublished &= request is { AboutOrganisationId: null, AboutPersonIndex: null };
    }

    internal sealed record Person(Guid Account, string Name);

    internal sealed record Found(Organisation? Organisation, IReadOnlyList<Person> People)
    {
        public static Found Nobody { get; } = new(null, []);

        public bool IsNobody => Organisation is null && People.Count == 0;

        /// <summary>For the history: who is out.</summary>
        public string Names => string.Join("、", People.Select(p => p.Name).Prepend(Organisation?.Name).OfType<string>().Distinct());
    }
}
