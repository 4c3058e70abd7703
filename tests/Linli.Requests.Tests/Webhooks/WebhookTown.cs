using System.Net;
using Linli.Kernel;
using Linli.Requests.Tests.Loop;
using Linli.Shell.Http.Outbound;
using Linli.Shell.Webhooks;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Tests.Webhooks;

/// <summary>A town with an administrator who tells other systems what happens, and one such system on this machine, which is allowed.</summary>
internal sealed class WebhookTown : IAsyncDisposable
{
    private WebhookTown(LoopTown loop, Receiver receiver, Visitor admin) => (Loop, Receiver, Admin) = (loop, receiver, admin);

    public static TownOptions Options { get; } = new() { Settings = s => s.Configure<OutboundOptions>(o => o.Allowed = ["127.0.0.1"]) };

    public LoopTown Loop { get; }
    public Receiver Receiver { get; }
    public Visitor Admin { get; }

    public static async Task<WebhookTown> FoundAsync()
    {
        var loop = await LoopTown.FoundAsync(options: Options);
        return new WebhookTown(loop, await Receiver.StartAsync(), await loop.Town.HttpAsync("guanli"));
    }

    /// <summary>Adds a webhook over the API; the receiver's when no address is given.</summary>
    public async Task<WebhookSecretShown> AddAsync(string? url = null, string[]? types = null, string? area = null, string[]? serviceTypes = null, string reach = "public", string name = "城管平台")
    {
        var answer = await Admin.SendJsonAsync(HttpMethod.Post, "/api/webhooks", new { name, url = url ?? Receiver.Url(), types, area, serviceTypes, reach });
        Assert.True(answer.Status == HttpStatusCode.Created, answer.Text);
        return answer.Json<WebhookSecretShown>();
    }

    /// <summary>Everything that is due leaves, as the workers would see to it.</summary>
    public async Task SendAsync()
    {
        await Loop.DeliverAsync();
        await Deliver.DeliverAllAsync();
    }

    public DeliverWebhooks Deliver => Loop.Town.Services.GetRequiredService<DeliverWebhooks>();

    /// <summary>Time goes by in steps small enough that nothing waits longer than it has to.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        for (var gone = TimeSpan.Zero; gone < time; gone += TimeSpan.FromMinutes(30))
        {
            Loop.Clock.Advance(TimeSpan.FromMinutes(30));
            await Deliver.DeliverAllAsync();
        }
    }

    public async Task<ShownWebhook> ReadAsync(Guid id) => (await SignedInAsync(v => v.GetAsync($"/api/webhooks/{id}"))).Json<ShownWebhook>();

    public async Task<IReadOnlyList<ShownDelivery>> DeliveriesAsync(Guid id, string? state = null)
    {
        var answer = await SignedInAsync(v => v.GetAsync($"/api/webhooks/{id}/deliveries{(state is null ? "" : "?state=" + state)}"));
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return answer.Json<DeliveryList>().Items;
    }

    /// <summary>Signed in anew where much time has passed.</summary>
    public async Task<Answer> SignedInAsync(Func<Visitor, Task<Answer>> call) => await call(await Loop.AsAsync("guanli"));

    public Task<List<WebhookDelivery>> RowsAsync() => Loop.Town.ReadAsync(db => db.Set<WebhookDelivery>().AsNoTracking().OrderBy(d => d.Id).ToListAsync());

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await Loop.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}
