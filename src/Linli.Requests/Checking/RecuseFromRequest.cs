using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Life;
using Linli.Requests.Steps;
using Linli.Shell.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Checking;

/// <summary>
/// 回避: somebody steps out of a request, or a dispatcher or supervisor takes a person or an organisation out of it. From then on it does not
/// exist for them: not in lists, counts, searches, files, notices or live news; what they had been told of it is taken out of their inbox. The same holds for all that is merged with it.
/// </summary>
internal sealed class RecuseFromRequest(LinliDb db, StepRunner steps, StepLookups lookups, SharedConcern shared) : IStepUseCase<RecuseFromRequest.Input>
{
    /// <param name="Person">Login or name of the member of staff; empty for oneself.</param>
    /// <param name="Organisation">Code of the organisation that the request turns out to be about; instead of a person.</param>
    /// <param name="Reason">Why; only staff read it.</param>
    public sealed record Input(string? Person, string? Organisation, string? Reason, int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.Recuse];
    public static string Noun => "recusals";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, Step.Recuse, caller, input.Version), async (scene, token) =>
            Check.Text("reason", input.Reason, isRequired: true)
            ?? (string.IsNullOrWhiteSpace(input.Organisation) ? await PersonAsync(scene, input, token) : await OrganisationAsync(scene, input, token)), cancellation);

    private async Task<Failure?> PersonAsync(StepScene scene, Input input, CancellationToken cancellation)
    {
        var (actor, request) = (scene.Caller.Actor, scene.Request);
        List<Named> people = [new(actor.Id, actor.Name)];
        if (input.Person?.Trim() is { Length: > 0 } person)
        {
            if ((scene.Parties & (Party.Dispatcher | Party.Supervisor)) == 0)
            {
                return new Failure.Forbidden("您可以自己申请回避；让别人回避由派单员或督办员决定。");
            }

            people = await db.Set<Account>().AsNoTracking().Where(a => a.UserName == person || a.Name == person).OrderBy(a => a.Id).Select(a => new Named(a.Id, a.Name)).ToListAsync(cancellation);
            if (people.Count == 0)
            {
                return new Failure.Invalid("person", "没有叫“{0}”的工作人员。请填写姓名或登录名。", Check.Short(person));
            }
        }

        var group = await shared.GroupAsync(request, cancellation);
        if (people.All(p => group.All(r => r.Concern.Accounts.Contains(p.Id))))
        {
            return new Failure.Conflict("already_recused", "{0}已经回避这件诉求。", people[0].Name);
        }

        people.ForEach(p => request.Recuse(p.Id));
        shared.Spread(group);
        if (await shared.NobodyLeftAsync(group, request.Number, cancellation) is { } stuck)
        {
            return stuck;
        }

        Write(scene, string.Join("、", people.Select(p => p.Name).Distinct()), input.Reason, new { people = people.Select(p => p.Id) });
        await shared.TakeNoticesAsync(group, cancellation);
        return null;
    }

    private async Task<Failure?> OrganisationAsync(StepScene scene, Input input, CancellationToken cancellation)
    {
        var request = scene.Request;
        if ((scene.Parties & (Party.Dispatcher | Party.Supervisor)) == 0)
        {
            return new Failure.Forbidden("您可以自己申请回避；让别人回避由派单员或督办员决定。");
        }

        var found = await lookups.OrganisationAsync("organisation", input.Organisation, request, cancellation);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        if (request.AboutOrganisationId is not null)
        {
            return new Failure.Conflict("already_barred", "诉求 {0} 已经标明反映的单位。", request.Number);
        }

        var group = await shared.GroupAsync(request, cancellation);
        if (await HandlesBelowAsync(group, found.Value, cancellation))
        {
            return new Failure.Conflict("organisation_handles_it", "诉求 {0} 正由{1}或它的下级办理。请先改派给别的单位，再让它回避。", request.Number, found.Value.Name);
        }

        request.AboutOrganisationId = found.Value.Id;
        shared.Spread(group);
        if (await shared.NobodyLeftAsync(group, request.Number, cancellation) is { } stuck)
        {
            return stuck;
        }

        Write(scene, found.Value.Name, input.Reason, new { organisation = found.Value.Code });
        await shared.TakeNoticesAsync(group, cancellation);
        return null;
    }

    private static void Write(StepScene scene, string who, string? reason, object details)
    {
        var taken = scene.Take();
        (taken.Text, taken.InternalText, taken.Details) = (who, Check.Clean(reason), JsonSerializer.Serialize(details, Json.Plain));
    }

    private async Task<bool> HandlesBelowAsync(List<ServiceRequest> group, Organisation about, CancellationToken cancellation)
    {
        IEnumerable<Guid?> handling =
        [
            .. group.Select(r => r.LeadOrganisationId), .. group.SelectMany(r => r.CoHandlers).Select(c => (Guid?)c.OrganisationId),
            .. group.SelectMany(r => r.Tasks).Select(t => (Guid?)t.OrganisationId), .. group.SelectMany(r => r.Offers).Select(o => (Guid?)o.OrganisationId),
        ];
        foreach (var id in handling.OfType<Guid>().Distinct())
        {
            if (await lookups.IsAtOrBelowAsync(id, about.Id, cancellation))
            {
                return true;
            }
        }

        return false;
    }

    private sealed record Named(Guid Id, string Name);
}

/// <summary>解除回避: a supervisor lets somebody back in, where the reason is gone or was wrong. Nobody lets themselves back in: they no longer see it.</summary>
internal sealed class ReadmitToRequest(LinliDb db, StepRunner steps, SharedConcern shared) : IStepUseCase<ReadmitToRequest.Input>
{
    /// <param name="Person">Login or name of the member of staff.</param>
    public sealed record Input(string? Person, string? Reason, int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.Readmit];
    public static string Noun => "readmission";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, Step.Readmit, caller, input.Version), async (scene, token) =>
        {
            if ((Check.Text("person", input.Person, isRequired: true, max: Account.MaxNameLength) ?? Check.Text("reason", input.Reason, isRequired: true)) is { } wrong)
            {
                return wrong;
            }

            var group = await shared.GroupAsync(scene.Request, token);
            var (person, barred) = (input.Person!.Trim(), group.SelectMany(r => r.Concern.Accounts).Distinct().ToList());
            var people = await db.Set<Account>().AsNoTracking().Where(a => (a.UserName == person || a.Name == person) && barred.Contains(a.Id)).Select(a => new { a.Id, a.Name }).ToListAsync(token);
            if (people.Count == 0)
            {
                return new Failure.Invalid("person", "“{0}”没有回避这件诉求。", Check.Short(person));
            }

            people.ForEach(p => group.ForEach(r => r.Admit(p.Id)));
            var taken = scene.Take();
            (taken.Text, taken.InternalText, taken.Details) = (people[0].Name, Check.Clean(input.Reason), JsonSerializer.Serialize(new { people = people.Select(p => p.Id) }, Json.Plain));
            return null;
        }, cancellation);
}
