using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Shell.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Demo;

/// <summary>
/// Who plays: the demo accounts and, for organisations without one, a duty account that nobody can sign in with. Organisations are
/// known by id and code, people by what they are appointed to.
/// </summary>
internal sealed class DemoCast
{
    private readonly Dictionary<Guid, Actor> _handlers;

    private DemoCast(IReadOnlyList<Actor> actors, IReadOnlyList<Organisation> organisations)
    {
        (Organisations, Everybody) = (organisations, actors);
        Dispatcher = First(actors, Role.Dispatcher);
        Supervisor = First(actors, Role.Supervisor);
        Verifier = First(actors, Role.Verifier);
        GridWorkers = [.. actors.Where(a => a.Is(Role.GridWorker))];
        _handlers = actors.SelectMany(a => a.Posts.Where(p => p is { Role: Role.Handler, OrganisationId: not null }).Select(p => (p.OrganisationId!.Value, a)))
            .DistinctBy(p => p.Value).ToDictionary(p => p.Value, p => p.a);
    }

    public IReadOnlyList<Organisation> Organisations { get; }
    public IReadOnlyList<Actor> Everybody { get; }
    public Caller Dispatcher { get; }
    public Caller Supervisor { get; }
    public Caller Verifier { get; }
    public IReadOnlyList<Actor> GridWorkers { get; }

    public Caller HandlerOf(Guid organisation) => new(_handlers[organisation]);

    public Organisation Of(Guid id) => Organisations.Single(o => o.Id == id);

    public static async Task<DemoCast> GatherAsync(LinliDb db, LoadActor load, DateTimeOffset now, CancellationToken cancellation)
    {
        var organisations = await db.Set<Organisation>().OrderBy(o => o.Code).ToListAsync(cancellation);
        var served = await db.Set<Appointment>().Where(a => a.Role == Role.Handler && a.OrganisationId != null).Select(a => a.OrganisationId!.Value).ToListAsync(cancellation);
        foreach (var organisation in organisations.Where(o => !served.Contains(o.Id)))
        {
            var account = DutyAccountOf(organisation);
            db.Add(account);
            db.Add(new Appointment { AccountId = account.Id, Role = Role.Handler, OrganisationId = organisation.Id, AreaCode = organisation.AreaCode, From = now.AddYears(-1), SeesSensitive = true });
        }

        await db.CommitAsync(Act.BySystem("demo.cast", now), cancellation);
        db.ChangeTracker.Clear();
        var actors = new List<Actor>();
        foreach (var id in await db.Set<Account>().OrderBy(a => a.UserName).Select(a => a.Id).ToListAsync(cancellation))
        {
            if (await load.FindAsync(id, null, cancellation) is { } found)
            {
                actors.Add(found.Actor);
            }
        }

        return new DemoCast(actors, organisations);
    }

    private static Account DutyAccountOf(Organisation organisation) => new()
    {
        Id = Guid.CreateVersion7(),
        UserName = $"zhiban-{organisation.Code}",
        NormalizedUserName = $"ZHIBAN-{organisation.Code}".ToUpperInvariant(),
        SecurityStamp = Guid.NewGuid().ToString("N"),
        ConcurrencyStamp = Guid.NewGuid().ToString("N"),
        Name = $"{organisation.ShortName ?? organisation.Name}值班员",
        NameEn = organisation.NameEn is null ? null : $"Duty officer, {organisation.NameEn}",
    };

    private static Caller First(IReadOnlyList<Actor> actors, Role role) =>
        new(actors.First(a => a.Posts.Any(p => p.Role == role && p.IsJurisdictionWide)));
}
