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
    private Act? _act;

    /// <summary>What this store's engine writes in its own way.</summary>
    public abstract IDialect Dialect { get; }

    /// <summary>Value of a <see cref="ChangeStamp"/> as it is now; null before anything of its kind was written.</summary>
    public async ValueTask<Guid?> StampAsync(string name, CancellationToken cancellation) =>
        watch is not null && Database.CurrentTransaction is null
            ? (await watch.NowAsync()).Stamp(name)
            : await Set<ChangeStamp>().AsNoTracking().Where(s => s.Name == name).Select(s => (Guid?)s.Value).FirstOrDefaultAsync(cancellation);   // it sees its own changes

    /// <summary>Queues an event that is written with the next commit, or not at all.</summary>
    public void Publish(IEvent happened) => _events.Add(happened);

    /// <summary>Something waits for the next commit.</summary>
    public bool HasChanges => _events.Count > 0 || ChangeTracker.HasChanges();

    /// <summary>Writes the tracked changes, their audit entry and their events in one transaction.</summary>
    /// <exception cref="DbUpdateConcurrencyException">Somebody else changed one of the rows first; nothing is written.</exception>
    public Task CommitAsync(Act act, CancellationToken cancellation = default) => WriteAsync(act, together: false, cancellation);

    /// <summary>
    /// As <see cref="CommitAsync"/>, together with what others write at the same instant: for what many send at once and what only adds.
    /// Nothing is tracked afterwards.
    /// </summary>
    /// <exception cref="DbUpdateException">The database refuses one of the rows, as there is one with that key; nothing of it is written.</exception>
    public Task CommitTogetherAsync(Act act, CancellationToken cancellation = default) => WriteAsync(act, together: true, cancellation);

    private async Task WriteAsync(Act act, bool together, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(act);
        _act = act;
        try
        {
            if (together)
            {
                // Looked for once: it is all new, and each question for what has changed would look at every value again.
                ChangeTracker.DetectChanges();
                ChangeTracker.AutoDetectChangesEnabled = false;
            }

            await AddOwnRowsAsync(act, cancellation);
            if (together && groups?.TryWrite(this, [.. ChangeTracker.Entries()]) is { } written)
            {
                await written;   // not given up half-way: whether it was written must be known
                ChangeTracker.Clear();
            }
            else
            {
                await SaveChangesAsync(cancellation);
            }

            signal?.Raise();
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = true;
            _act = null;
            _events.Clear();
        }
    }

    public sealed override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new InvalidOperationException($"Use {nameof(CommitAsync)}: every write names its act.");

    public sealed override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) =>
        _act is null
            ? throw new InvalidOperationException($"Use {nameof(CommitAsync)}: every write names its act.")
            : base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);

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

    private async Task AddOwnRowsAsync(Act act, CancellationToken cancellation)
    {
        Add(AuditEntry.Of(act, DescribeChanges(), auditKeys?.Current));
        foreach (var happened in _events)
        {
            Add(new OutboxMessage
            {
                Type = happened.GetType().Name,
                Payload = JsonSerializer.Serialize(happened, happened.GetType(), Json.Plain),
                CreatedAt = act.At.ToUniversalTime(),
                NextAt = act.At.ToUniversalTime(),
            });
        }

        await StampChangesAsync(cancellation);
    }

    private async Task StampChangesAsync(CancellationToken cancellation)
    {
        var touched = ChangeTracker.Entries().Where(e => e.State is not (EntityState.Unchanged or EntityState.Detached))
            .Select(e => e.Entity switch { Area or Organisation => ChangeStamp.Map, IRemembered row => row.Stamp, _ => null });
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
