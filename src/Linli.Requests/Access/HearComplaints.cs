using Linli.Requests.Life;
using Linli.Requests.Steps;

namespace Linli.Requests.Access;

/// <summary>What a reporter adds later can complain about somebody, too: they are out of it from then on, and it leaves the public pages.</summary>
internal sealed class HearComplaints(FindConcerned find, SharedConcern shared)
{
    /// <returns>Who was complained about, for the history; null for nobody who was not out already.</returns>
    public async Task<string?> InAsync(StepScene scene, RequestEvent taken, CancellationToken cancellation)
    {
        var request = scene.Request;
        if (!IsReporters(scene, taken) || await find.InAsync([taken.Text], cancellation) is not { IsNobody: false } found)
        {
            return null;
        }

        var before = request.Concern;
        find.Add(found, request);
        if (request.Concern == before)
        {
            return null;
        }

        var group = await shared.GroupAsync(request, cancellation);
        shared.Spread(group);
        await shared.TakeNoticesAsync(group, cancellation);
        return found.Names;
    }

    /// <summary>Written by whoever reported it, or by staff who wrote down the reporter's answer.</summary>
    private static bool IsReporters(StepScene scene, RequestEvent taken) => taken.Text is not null && taken.Step switch
    {
        Step.Answer => true,
        Step.Note or Step.Reopen or Step.Rate => scene.Parties.HasFlag(Party.Reporter) || scene.Request.ReportedByAccount == scene.Caller.Actor.Id,
        _ => false,
    };
}
