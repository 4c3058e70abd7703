using Linli.Requests.Catalogue;
using Linli.Requests.Dispatch;
using Linli.Requests.Handling;
using Linli.Requests.Life;
using Linli.Requests.Steps;
using Linli.Requests.Triage;

namespace Linli.Requests.Demo;

/// <summary>The last half hour before somebody looks: whoever is on duty works on what lies there, so that every state can be seen, on a Sunday too.</summary>
internal sealed class DemoFinale(DemoStage stage)
{
    private readonly Random _chance = new(140427);

    public async Task PlayAsync(IReadOnlyDictionary<string, ServiceType> types, CancellationToken cancellation)
    {
        var waiting = new Queue<(string Number, string Type)>(await stage.InStateAsync(RequestState.Reported));
        await FillAsync(RequestState.AwaitingReporter, 3, waiting, (number, _) => AskAsync(number, cancellation));
        await FillAsync(RequestState.Offered, 3, waiting, (number, type) => OfferAsync(number, types[type], cancellation));
        await FillAsync(RequestState.Dispatched, 4, waiting, (number, _) => DispatchAsync(number, cancellation));
        await FillAsync(RequestState.InArbitration, 2, waiting, (number, _) => DisputeAsync(number, cancellation));
        var inHand = new Queue<(string Number, string Type)>(await stage.InStateAsync(RequestState.InHand));
        await FillAsync(RequestState.Paused, 2, inHand, (number, _) => stage.PauseAsync(number, 5, _chance, cancellation));
    }

    private async Task FillAsync(RequestState state, int wanted, Queue<(string Number, string Type)> from, Func<string, string, Task> play)
    {
        for (var missing = wanted - (await stage.InStateAsync(state)).Count; missing > 0 && from.TryDequeue(out var next); missing--)
        {
            await play(next.Number, next.Type);
        }
    }

    private Task<StepTaken> AskAsync(string number, CancellationToken cancellation) =>
        stage.DoAsync<AskReporter>(u => u.RunAsync(number, new("请问具体在什么位置？最好说一下旁边有什么，或者补一张照片。", null), stage.Cast.Dispatcher, cancellation));

    /// <summary>Those whose login the demo names are always asked, so that somebody who tries it finds something to claim.</summary>
    private Task<StepTaken> OfferAsync(string number, ServiceType type, CancellationToken cancellation) =>
        stage.DoAsync<OfferRequest>(u => u.RunAsync(
            number, new([.. stage.InvitedFor(type, _chance).Select(o => o.Code).Union(Volunteers)], 48, null, null), stage.Cast.Dispatcher, cancellation));

    private static readonly string[] Volunteers = ["social-neighbourhood", "team-repairs", "team-youth"];

    private async Task DispatchAsync(string number, CancellationToken cancellation)
    {
        var owner = await stage.OwnerOfAsync(number, cancellation);
        await stage.DoAsync<DispatchRequest>(u => u.RunAsync(number, new(owner.Code, null, null, null, null), stage.Cast.Dispatcher, cancellation));
    }

    private async Task DisputeAsync(string number, CancellationToken cancellation)
    {
        var owner = await stage.OwnerOfAsync(number, cancellation);
        for (var turn = 0; turn < 2; turn++)
        {
            var wrong = stage.SomebodyElse(owner, _chance);
            await stage.DoAsync<DispatchRequest>(u => u.RunAsync(number, new(wrong.Code, null, null, null, null), stage.Cast.Dispatcher, cancellation));
            await stage.DoAsync<ReturnRequest>(u => u.RunAsync(number, new(stage.Reason("return", _chance).Code, $"不在我单位职责范围，建议交{owner.Name}。", null, null), stage.Cast.HandlerOf(wrong.Id), cancellation));
        }
    }
}
