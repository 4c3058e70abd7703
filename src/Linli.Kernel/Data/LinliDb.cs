using System.Text.Json;
using Linli.Kernel.Areas;
using Linli.Kernel.Audit;
using Linli.Kernel.Organisations;
using Linli.Kernel.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Linli.Kernel;

/// <summary>One module's share of the database model.</summary>
public interface IModelPart
{
    void Configure(ModelBuilder model);
}

/// <summary>
/// The one database session of the product, on the store of one jurisdiction. Modules add entities through <see cref="IModelPart"/>.
/// Writes go through <see cref="CommitAsync"/> alone.
/// </summary>
public abstract class LinliDb(DbContextOptions options, IEnumerable<IModelPart> parts, CommitSignal? signal, AuditKeys? auditKeys, ICommitGroups? groups, IStoreWatch? watch) : DbContext(options)
{
    private readonly List<IEvent> _events = [];
    private readonly List<NewRow> _new = [];
    private bool _isAwake;
    private Act? _act;

    /// <summary>What this store's engine writes in its own way.</summary>
    public abstract IDialect Dialect { get; }

    /// <summary>Value of a <see cref="ChangeStamp"/> as it is now; null before anything of its kind was written.</summary>
    public async ValueTask<Guid?> StampAsync(string name, CancellationToken cancellation) =>
        watch is not null && !IsInTransaction
            ? (await watch.NowAsync()).Stamp(name)
            : await Set<ChangeStamp>().AsNoTracking().Where(s => s.Name == name).Select(s => (Guid?)s.Value).FirstOrDefaultAsync(cancellation);   // it sees its own changes

    /// <summary>Queues an event that is written with the next commit, or not at all.</summary>
    public void Publish(IEvent happened) => _events.Add(happened);

    /// <summary>
    /// Queues a row that is new, with all that hangs on it, for <see cref="CommitTogetherAsync"/>. It is not tracked: what is known to be new need not be
    /// compared with anything.
    /// </summary>
    /// <param name="row">Refused like one that is there already when there is one that <paramref name="rival"/> describes.</param>
    /// <param name="rival">Looked for where it is written, which costs no question of its own.</param>
    public void AddNew<T>(T row, Rival? rival = null)
        where T : class =>
        _new.Add(new(row, rival, rival is null ? null : stop => Set<T>().AnyAsync(other => EF.Property<string>(other, rival.Property) == rival.Value, stop)));

    /// <summary>Something waits for the next commit.</summary>
    public bool HasChanges => _events.Count > 0 || _new.Count > 0 || HasTrackedChanges;

    /// <summary>Asking would wake a session that has done nothing yet, which costs more than many an answer.</summary>
    private bool HasTrackedChanges => _isAwake && ChangeTracker.HasChanges();

    private bool IsInTransaction => _isAwake && Database.CurrentTransaction is not null;

    /// <summary>Writes the tracked changes, their audit entry and their events in one transaction.</summary>
    /// <exception cref="DbUpdateConcurrencyException">Somebody else changed one of the rows first; nothing is written.</exception>
    public Task CommitAsync(Act act, CancellationToken cancellation = default) => WriteAsync(act, together: false, cancellation);

    /// <summary>
    /// As <see cref="CommitAsync"/>, together with what others write at the same instant: for what many send at once and what only adds
    /// (<see cref="AddNew"/>). Nothing is tracked afterwards.
    /// </summary>
    /// <exception cref="DbUpdateException">The database refuses one of the rows, as there is one with that key; nothing of it is written.</exception>
    public Task CommitTogetherAsync(Act act, CancellationToken cancellation = default) => WriteAsync(act, together: true, cancellation);

    private async Task WriteAsync(Act act, bool together, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(act);
        _act = act;
        try
        {
            if (together && !HasTrackedChanges && !IsInTransaction && groups?.TryWrite(this, _new, rows => Beside(act, rows)) is { } written)
            {
                await written;   // not given up half-way: whether it was written must be known
            }
            else
            {
                await AddNewRowsAsync(cancellation);
                AddRange(OwnRows(act, DescribeChanges()));
                await StampChangesAsync(cancellation);
                await SaveChangesAsync(cancellation);
            }

            if (together && _isAwake)
            {
                ChangeTracker.Clear();
            }

            signal?.Raise();
        }
        finally
        {
            watch?.Renew();
            _act = null;
            _events.Clear();
            _new.Clear();
        }
    }

    public sealed override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new InvalidOperationException($"Use {nameof(CommitAsync)}: every write names its act.");

    public sealed override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) =>
        _act is null
            ? throw new InvalidOperationException($"Use {nameof(CommitAsync)}: every write names its act.")
            : base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);

    /// <summary>Called when the session is used for the first time.</summary>
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => _isAwake = true;

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var part in parts)
        {
            part.Configure(modelBuilder);
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
        configurationBuilder.Properties<string>().HaveMaxLength(400);
        configurationBuilder.Properties<SealedText>().HaveConversion<SealedText.Column>();
    }

    /// <summary>Null when rows of a kind that is stamped are among them: the stamp is a change, and not new.</summary>
    private IEnumerable<object>? Beside(Act act, IEnumerable<(object Row, string Table)> added) =>
        added.Any(a => StampOf(a.Row) is not null) ? null : OwnRows(act, string.Join("; ", added.GroupBy(a => a.Table).Select(g => $"{EntityState.Added} {g.Key} ×{g.Count()}")));

    private IEnumerable<object> OwnRows(Act act, string changes) => _events.Select(happened => (object)new OutboxMessage
    {
        Type = happened.GetType().Name,
        Payload = JsonSerializer.Serialize(happened, happened.GetType(), Json.Plain),
        CreatedAt = act.At.ToUniversalTime(),
        NextAt = act.At.ToUniversalTime(),
    }).Prepend(AuditEntry.Of(act, changes, auditKeys?.Current));

    private async Task AddNewRowsAsync(CancellationToken cancellation)
    {
        foreach (var (row, _, hasRival) in _new)
        {
            if (hasRival is not null && await hasRival(cancellation))
            {
                throw new DbUpdateException("There is one like it already.");
            }

            Add(row);
        }
    }

    private static string? StampOf(object row) => row switch { Area or Organisation => ChangeStamp.Map, IRemembered kind => kind.Stamp, _ => null };

    private async Task StampChangesAsync(CancellationToken cancellation)
    {
        var touched = ChangeTracker.Entries().Where(e => e.State is not (EntityState.Unchanged or EntityState.Detached))
            .Select(e => StampOf(e.Entity));
        foreach (var name in touched.OfType<string>().Distinct().ToList())
        {
            if (await Set<ChangeStamp>().FindAsync([name], cancellation) is { } stamp)
            {
                stamp.Value = Guid.NewGuid();
            }
            else
            {
                Add(new ChangeStamp { Name = name, Value = Guid.NewGuid() });
            }
        }
    }

    private string DescribeChanges() =>
        string.Join("; ", ChangeTracker.Entries().Where(e => e.State is not (EntityState.Unchanged or EntityState.Detached))
            .GroupBy(e => (e.State, Table: e.Metadata.GetTableName())).Select(g => $"{g.Key.State} {g.Key.Table} ×{g.Count()}"));
}
