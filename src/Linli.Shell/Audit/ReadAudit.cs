using System.Runtime.CompilerServices;
using Linli.Kernel;
using Linli.Kernel.Audit;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Linli.Shell.Clients;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Audit;

/// <summary>One entry, as a sentence.</summary>
/// <param name="Id">Of the record.</param>
/// <param name="Sequence">Number in the chain; absent until it is sealed.</param>
/// <param name="Actor">Name of whoever acted; residents have none here.</param>
/// <param name="Login">Of staff.</param>
/// <param name="What">What was done, in the reader's language.</param>
/// <param name="Subject">What it was about, as the act names it.</param>
/// <param name="Changes">Which tables were touched and how.</param>
public sealed record AuditLine(
    long Id, long? Sequence, DateTimeOffset At, ActorKind ActorKind, Guid ActorId, string Actor, string? Login, string Verb, AuditKind Kind, string What, string? Subject, string? Reason, string Changes);

/// <summary>A page of the log, newest first.</summary>
/// <param name="Next">Ask for entries before this one to go on; absent at the end.</param>
public sealed record AuditPage(IReadOnlyList<AuditLine> Items, long? Next);

/// <summary>Searches the log for an auditor. What a module hides from this reader is neither found nor counted.</summary>
internal sealed class ReadAudit(LinliDb db, IEnumerable<VerbWords> words, IEnumerable<IHiddenSubjects> hiding, Texts texts)
{
    public const int PageSize = 50;
    private const int MostPeople = 50;
    private readonly Dictionary<string, VerbWords> _words = words.DistinctBy(w => w.Verb).ToDictionary(w => w.Verb);

    public IEnumerable<VerbWords> Verbs => _words.Values.OrderBy(w => w.Kind).ThenBy(w => w.Verb, StringComparer.Ordinal);

    public async Task<AuditPage> ListAsync(AuditFilter filter, Actor reader, CancellationToken cancellation)
    {
        var rows = await Rows(await NarrowAsync(filter, reader, cancellation)).Take(PageSize + 1).ToListAsync(cancellation);
        var page = rows.Take(PageSize).ToList();
        var names = await NamesAsync(page, cancellation);
        return new AuditPage([.. page.Select(r => Say(r, names))], rows.Count > PageSize ? page[^1].Entry.Id : null);
    }

    /// <summary>Everything that fits, for an export.</summary>
    public async IAsyncEnumerable<AuditLine> AllAsync(AuditFilter filter, Actor reader, int most, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var rows = Rows(await NarrowAsync(filter, reader, cancellation));
        for (long? before = filter.Before; most > 0;)
        {
            var from = before;
            var batch = await rows.Where(r => from == null || r.Entry.Id < from).Take(Math.Min(most, 1_000)).ToListAsync(cancellation);
            var names = await NamesAsync(batch, cancellation);
            foreach (var row in batch)
            {
                yield return Say(row, names);
            }

            if (batch.Count < 1_000)
            {
                yield break;
            }

            (before, most) = (batch[^1].Entry.Id, most - batch.Count);
        }
    }

    private async Task<IQueryable<AuditEntry>> NarrowAsync(AuditFilter filter, Actor reader, CancellationToken cancellation)
    {
        var entries = db.Set<AuditEntry>().AsNoTracking();
        foreach (var hidden in hiding.Select(h => h.HiddenFrom(reader)))
        {
            entries = entries.Where(e => e.Subject == null || !hidden.Contains(e.Subject));
        }

        if (filter.Person is { } person)
        {
            var ids = await PeopleAsync(person, cancellation);
            var subjects = ids.ConvertAll(id => (string?)id.ToString());
            entries = entries.Where(e => ids.Contains(e.ActorId) || subjects.Contains(e.Subject));
        }

        if (filter.Kind is { } kind)
        {
            var (own, others) = (Of(k => k == kind), Of(k => k != AuditKind.Act));
            entries = kind == AuditKind.Act ? entries.Where(e => !others.Contains(e.Verb)) : entries.Where(e => own.Contains(e.Verb));
        }

        entries = filter.Verb is { } verb ? entries.Where(e => e.Verb == verb) : entries;
        entries = filter.Subject is { } subject ? entries.Where(e => e.Subject == subject) : entries;
        entries = filter.Start is { } start ? entries.Where(e => e.At >= start) : entries;
        entries = filter.End is { } end ? entries.Where(e => e.At < end) : entries;
        return filter.Before is { } before ? entries.Where(e => e.Id < before) : entries;
    }

    private List<string> Of(Func<AuditKind, bool> kind) => [.. _words.Values.Where(w => kind(w.Kind)).Select(w => w.Verb)];

    private async Task<List<Guid>> PeopleAsync(string person, CancellationToken cancellation)
    {
        if (Guid.TryParse(person, out var id))
        {
            return [id];
        }

        var login = person.ToUpperInvariant();
        var programs = await db.Set<ApiClient>().Where(c => c.Name.Contains(person)).OrderBy(c => c.IssuedAt).Select(c => c.Id).Take(MostPeople).ToListAsync(cancellation);
        return [.. programs, .. await Staff().Where(a => a.NormalizedUserName == login || a.Name.Contains(person)).OrderBy(a => a.Id).Select(a => a.Id).Take(MostPeople).ToListAsync(cancellation)];
    }

    /// <summary>Residents may have accounts too; their names have no place in the log.</summary>
    private IQueryable<Account> Staff() => db.Set<Account>().AsNoTracking().Where(a => db.Set<Appointment>().Any(p => p.AccountId == a.Id));

    private IQueryable<Row> Rows(IQueryable<AuditEntry> entries) =>
        from entry in entries
        join link in db.Set<AuditLink>() on entry.Id equals link.EntryId into links
        from link in links.DefaultIfEmpty()
        orderby entry.Id descending
        select new Row { Entry = entry, Sequence = link == null ? null : link.Sequence };

    private async Task<Dictionary<Guid, Named>> NamesAsync(List<Row> rows, CancellationToken cancellation)
    {
        var ids = rows.Select(r => r.Entry.ActorId).Concat(rows.Select(r => Guid.TryParse(r.Entry.Subject, out var id) ? id : Guid.Empty)).Where(id => id != Guid.Empty).Distinct().ToList();
        var names = await Staff().Where(a => ids.Contains(a.Id)).Select(a => new Named(a.Id, a.UserName!, a.Name, a.NameEn)).ToDictionaryAsync(a => a.Id, cancellation);
        var programs = rows.Where(r => r.Entry.Actor == ActorKind.Program).Select(r => r.Entry.ActorId).Distinct().ToList();
        foreach (var program in programs.Count == 0 ? [] : await db.Set<ApiClient>().Where(c => programs.Contains(c.Id)).Select(c => new Named(c.Id, null, c.Name, null)).ToListAsync(cancellation))
        {
            names.TryAdd(program.Id, program);
        }

        return names;
    }

    private AuditLine Say(Row row, Dictionary<Guid, Named> names)
    {
        var entry = row.Entry;
        var known = _words.GetValueOrDefault(entry.Verb) ?? new VerbWords(entry.Verb, "{0} " + entry.Verb);
        var actor = names.GetValueOrDefault(entry.ActorId);
        var subject = Guid.TryParse(entry.Subject, out var id) && names.TryGetValue(id, out var about) ? Texts.Pick(about.Name, about.NameEn) : entry.Subject ?? "";
        var name = (entry.Actor, actor) switch
        {
            (_, { } staff) => Texts.Pick(staff.Name, staff.NameEn),
            (ActorKind.System, _) => texts["系统"],
            (ActorKind.Program, _) => texts["别的单位的程序"],
            (ActorKind.Resident, _) => texts["群众或没有登录的人"],
            _ => texts["已不在册的人员"],
        };
        return new AuditLine(
            entry.Id, row.Sequence, entry.At, entry.Actor, entry.ActorId, name, actor?.Login, entry.Verb, known.Kind, texts[known.Words, subject].Trim(), entry.Subject, ReasonOf(entry, known), entry.Changes);
    }

    private string? ReasonOf(AuditEntry entry, VerbWords known) => known.Codes is { } codes && entry.Reason is { } reason
        ? string.Join(" · ", reason.Split(' ').Select(code => codes.TryGetValue(code, out var words) ? texts[words] : code))
        : entry.Reason;

    private sealed record Named(Guid Id, string? Login, string Name, string? NameEn);

    private sealed class Row
    {
        public required AuditEntry Entry { get; init; }
        public required long? Sequence { get; init; }
    }
}
