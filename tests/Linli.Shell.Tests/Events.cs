using Linli.Kernel;
using Linli.Shell.Background;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.Tests;

/// <summary>Something that happens in tests only.</summary>
public sealed record BellRang(string Word) : IEvent;

/// <summary>What the handlers of a test town do and have done.</summary>
internal sealed class Bells
{
    /// <summary>Called by the first handler after it has left its row; may throw.</summary>
    public Func<BellRang, Task> First { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called by the one that acts outside, before its row.</summary>
    public Func<BellRang, Task> Outside { get; set; } = _ => Task.CompletedTask;

    public static TownOptions Town(Bells bells, bool backgroundWork = false) => new()
    {
        BackgroundWork = backgroundWork,
        Adjust = builder => builder.Services.AddSingleton(bells).AddEventHandler<BellRang, Write>().AddEventHandler<BellRang, Count>().AddEventHandler<BellRang, Call>(),
    };

    public static Task RingAsync(Town town, params string[] words) => town.InScopeAsync(async (LinliDb db) =>
    {
        foreach (var word in words)
        {
            db.Publish(new BellRang(word));
        }

        await db.CommitAsync(Act.BySystem("test.ring", town.Clock.Now));
    });

    public static Task<List<string>> RowsAsync(Town town) => town.InScopeAsync((LinliDb db) =>
        db.Set<ChangeStamp>().Where(s => s.Name != ChangeStamp.Map).OrderBy(s => s.Name).Select(s => s.Name).ToListAsync());

    public static OutboxDelivery Delivery(Town town) => town.Services.GetRequiredService<OutboxDelivery>();

    /// <summary>Leaves a row whose name is its key, so that doing it twice fails.</summary>
    public sealed class Write(LinliDb db, Bells bells) : IEventHandler<BellRang>
    {
        public async Task HandleAsync(BellRang happened, Delivery delivery, CancellationToken cancellation)
        {
            db.Add(new ChangeStamp { Name = $"write {happened.Word}", Value = Guid.NewGuid() });
            await db.CommitAsync(Act.BySystem("test.write", delivery.At), cancellation);
            await bells.First(happened);
        }
    }

    public sealed class Count(LinliDb db) : IEventHandler<BellRang>
    {
        public Task HandleAsync(BellRang happened, Delivery delivery, CancellationToken cancellation)
        {
            db.Add(new ChangeStamp { Name = $"count {happened.Word}", Value = Guid.NewGuid() });
            return Task.CompletedTask;
        }
    }

    public sealed class Call(LinliDb db, Bells bells) : IEventHandler<BellRang>
    {
        public static bool ActsOutside => true;

        public async Task HandleAsync(BellRang happened, Delivery delivery, CancellationToken cancellation)
        {
            await bells.Outside(happened);
            db.Add(new ChangeStamp { Name = $"call {happened.Word}", Value = Guid.NewGuid() });
        }
    }
}
