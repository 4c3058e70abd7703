using System.Runtime.CompilerServices;
using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Requests.Checking;
using Linli.Requests.Dispatch;
using Linli.Requests.Handling;
using Linli.Requests.Life;
using Linli.Requests.Report;
using Linli.Requests.Steps;
using Linli.Requests.Track;
using Linli.Requests.Triage;

namespace Linli.Requests.Demo;

/// <summary>
/// One request of the demo from its report on, played by the people of the cast through the real use cases. Each pause in the play
/// yields the time at which it goes on; a play that has not come to its end by today leaves its request where it stands.
/// </summary>
internal sealed class DemoCase(DemoStage stage, DemoStory story, DemoPlan plan, ServiceType type, Random chance)
{
    private string _number = "";
    private Caller _reporter = new(Kernel.People.Actor.Anonymous);

    public async IAsyncEnumerable<DateTimeOffset> PlayAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await ReportAsync(cancellation);
        if (plan.Withdraw)
        {
            yield return stage.Later(TimeSpan.FromHours(1 + (10 * chance.NextDouble())));
            await stage.DoAsync<WithdrawRequest>(u => u.RunAsync(_number, new("已经解决了，不用再处理。", null), _reporter, cancellation));
            yield break;
        }

        yield return Work(0.3, 5);
        await foreach (var pause in TriageAsync(cancellation))
        {
            yield return pause;
        }

        if (await stage.StateAsync(_number) is not (RequestState.Dispatched or RequestState.InHand))
        {
            yield break;
        }

        await foreach (var pause in HandleAsync(cancellation))
        {
            yield return pause;
        }

        await foreach (var pause in CloseAsync(cancellation))
        {
            yield return pause;
        }
    }

    private async Task ReportAsync(CancellationToken cancellation)
    {
        var place = stage.PlaceOf(story, chance);
        var filedBy = story.By == "gridWorker" ? new Caller(stage.Cast.GridWorkers[chance.Next(stage.Cast.GridWorkers.Count)]) : _reporter;
        var hasContact = type.IsContactRequired || !type.AllowsAnonymous || chance.NextDouble() < 0.5;
        var photos = type.Visibility == Visibility.Private || chance.NextDouble() < 0.6 ? null : await stage.PhotosAsync(filedBy, chance, cancellation);
        var receipt = await stage.DoAsync<ReportRequest, ReportRequest.Receipt>(u => u.RunAsync(
            new(type.Code, story.Text, story.Title, place, story.FieldsOn(stage.Today), hasContact ? DemoStage.NameOf(chance) : null, hasContact ? $"139{chance.Next(100_000_000):00000000}"[..7] + "0000" : null,
                null, null, photos, story.About, null, story.By == "gridWorker" ? Channel.GridWorker : chance.NextDouble() < 0.25 ? Channel.Phone : Channel.Web),
            filedBy, cancellation));
        _number = receipt.Number;
        _reporter = new Caller(Kernel.People.Actor.Anonymous, new HashSet<Guid> { receipt.Id });
    }

    private async IAsyncEnumerable<DateTimeOffset> TriageAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var dispatcher = stage.Cast.Dispatcher;
        if (story is { Question: { } question, Answer: { } answer })
        {
            await stage.DoAsync<AskReporter>(u => u.RunAsync(_number, new(question, null), dispatcher, cancellation));
            yield return stage.Later(TimeSpan.FromHours(2 + (40 * chance.NextDouble())));
            if (await stage.StateAsync(_number) == RequestState.AwaitingReporter)
            {
                await stage.DoAsync<AnswerQuestion>(u => u.RunAsync(_number, new(answer, null, null), _reporter, cancellation));
            }

            yield return Work(0.3, 3);
        }

        if (stage.LeadOfTwin(story, _number) is { } lead && await stage.StateAsync(lead) is { } leadState && leadState.IsOpen())
        {
            await stage.DoAsync<MergeRequest>(u => u.RunAsync(_number, new(lead, null), dispatcher, cancellation));
            yield break;
        }

        if (type.Visibility == Visibility.AfterCheck && story.About is null)   // what is about an organisation is never published
        {
            await stage.DoAsync<PublishRequest>(u => u.RunAsync(_number, new(null), dispatcher, cancellation));
        }

        if (plan.Decline)
        {
            var reason = stage.Reason("decline", chance);
            await stage.DoAsync<DeclineRequest>(u => u.RunAsync(_number, new(reason.Code, reason.InsteadZh ?? "请向有管辖权的单位反映。", null), dispatcher, cancellation));
            if (!plan.Appeal)
            {
                yield break;
            }

            yield return stage.Later(TimeSpan.FromHours(20));
            await stage.DoAsync<ReopenRequest>(u => u.RunAsync(_number, new("这件事确实归县里管，请再看一下。", null, null), _reporter, cancellation));
            yield return Work(1, 4);
        }

        if (type.Handling == Catalogue.Handling.Offer)
        {
            await foreach (var pause in OfferAsync(dispatcher, cancellation))
            {
                yield return pause;
            }

            if (await stage.StateAsync(_number) != RequestState.Reported)
            {
                yield break;
            }
        }

        await foreach (var pause in DispatchAsync(dispatcher, cancellation))
        {
            yield return pause;
        }
    }

    private async IAsyncEnumerable<DateTimeOffset> OfferAsync(Caller dispatcher, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var invited = stage.InvitedFor(type, chance);
        await stage.DoAsync<OfferRequest>(u => u.RunAsync(_number, new([.. invited.Select(o => o.Code)], 48, null, null), dispatcher, cancellation));
        yield return plan.ClaimLapses ? stage.Later(TimeSpan.FromHours(50)) : Work(0.5, 8);
        if (await stage.StateAsync(_number) == RequestState.Offered)
        {
            var winner = invited[chance.Next(invited.Count)];
            await stage.DoAsync<ClaimRequest>(u => u.RunAsync(_number, new(winner.Code, null), stage.Cast.HandlerOf(winner.Id), cancellation));
        }
        else
        {
            yield return Work(0.5, 3);
        }
    }

    private async IAsyncEnumerable<DateTimeOffset> DispatchAsync(Caller dispatcher, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var owner = await stage.OwnerOfAsync(_number, cancellation);
        for (var turn = 0; turn < plan.Returns; turn++)
        {
            var wrong = stage.SomebodyElse(owner, chance);
            await stage.DoAsync<DispatchRequest>(u => u.RunAsync(_number, new(wrong.Code, null, null, null, null), dispatcher, cancellation));
            yield return Work(0.5, 4, pace: 1);
            var reason = stage.Reason("return", chance);
            await stage.DoAsync<ReturnRequest>(u => u.RunAsync(_number, new(reason.Code, story.Return ?? $"经核实，此事不属于我单位职责，建议交{owner.Name}办理。", null, null), stage.Cast.HandlerOf(wrong.Id), cancellation));
            yield return turn == 0 ? Work(0.5, 3) : Work(4, 14);
        }

        if (await stage.StateAsync(_number) == RequestState.InArbitration)
        {
            await stage.DoAsync<DecideArbitration>(u => u.RunAsync(_number, new(owner.Code, null, null, $"按县直单位职责，由{owner.Name}主办，不得再退。", null), stage.Cast.Supervisor, cancellation));
        }
        else
        {
            var helper = plan.Helpers || plan.Task ? stage.SomebodyElse(owner, chance) : null;
            await stage.DoAsync<DispatchRequest>(u => u.RunAsync(_number, new(owner.Code, helper is null ? null : [helper.Code], helper is null ? null : [20], null, null), dispatcher, cancellation));
        }
    }

    private async IAsyncEnumerable<DateTimeOffset> HandleAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var lead = stage.Cast.HandlerOf((await stage.LeadAsync(_number))!.Value);
        if (await stage.StateAsync(_number) == RequestState.Dispatched)
        {
            yield return Work(0.3, 6);
            await stage.DoAsync<SignRequest>(u => u.RunAsync(_number, new(null), lead, cancellation));
        }

        yield return Work(0.3, 7);
        await stage.DoAsync<ContactReporter>(u => u.RunAsync(_number, new(true, story.Contact ?? DemoStage.ContactLine(chance), null), lead, cancellation));
        if (plan.Task && await stage.HelperAsync(_number) is { } helping)
        {
            var helper = stage.Cast.Of(helping);
            await stage.DoAsync<AddTask>(u => u.RunAsync(_number, new("配合现场查看并提出处理意见", helper.Code, null), lead, cancellation));
            yield return Work(4, 16);
            var task = (await stage.TasksAsync(_number))[0];
            await stage.DoAsync<FinishTask>(u => u.RunAsync(_number, new(task, "已到现场查看，意见已反馈主办单位。", null), stage.Cast.HandlerOf(helper.Id), cancellation));
        }

        if (plan.Pause)
        {
            await stage.PauseAsync(_number, 7, chance, cancellation);
            yield return stage.Later(TimeSpan.FromDays(2 + chance.Next(4)));
            if (await stage.StateAsync(_number) == RequestState.Paused)
            {
                await stage.DoAsync<ResumeRequest>(u => u.RunAsync(_number, new(null, null), lead, cancellation));
            }
        }

        if (plan.Extend)
        {
            yield return Work(4, 12);
            var reason = stage.Reason("extend", chance);
            await stage.DoAsync<ExtendRequest>(u => u.RunAsync(_number, new(reason.Code, 3 + chance.Next(5), "工程量较大，需要更多时间，现场已先做安全防护。", null), lead, cancellation));
            yield return Work(2, 10);
            await stage.DoAsync<DecideExtension>(u => u.RunAsync(_number, plan.RefuseExtension ? new(false, "情况并不复杂，请按期办结。", null) : new(true, "同意延期，请向群众说明。", null), stage.Cast.Supervisor, cancellation));
        }

        await foreach (var pause in ResolveAsync(lead, story.Resolve, cancellation))
        {
            yield return pause;
        }
    }

    private async IAsyncEnumerable<DateTimeOffset> ResolveAsync(Caller lead, string words, [EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return Work(3, 26);
        var photos = type.Evidence == EvidenceRule.OnResolve || chance.NextDouble() < 0.15 ? await stage.PhotosAsync(lead, chance, cancellation) : null;
        var result = chance.NextDouble() < 0.85 ? "solved" : stage.Reason("result", chance).Code;
        await stage.DoAsync<ResolveRequest>(u => u.RunAsync(_number, new(result, words, photos, null), lead, cancellation));
        if (!await stage.NeedsVerificationAsync(_number))
        {
            yield break;
        }

        yield return Work(2, 18);
        if (plan.FailVerification && await stage.ReopenCountAsync(_number) == 0)
        {
            await stage.DoAsync<VerifyRequest>(u => u.RunAsync(_number, new(false, "回访时群众反映问题还在，现场查看属实，请继续处理。", null, null), stage.Cast.Verifier, cancellation));
            await foreach (var pause in ResolveAsync(lead, "已重新处理并到现场复核，问题消除。" + words, cancellation))
            {
                yield return pause;
            }
        }
        else
        {
            await stage.DoAsync<VerifyRequest>(u => u.RunAsync(_number, new(true, "电话回访，群众认可处理结果。", null, null), stage.Cast.Verifier, cancellation));
        }
    }

    private async IAsyncEnumerable<DateTimeOffset> CloseAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (!plan.Rate)
        {
            yield break;
        }

        yield return stage.Later(TimeSpan.FromHours(2 + (60 * chance.NextDouble())));
        await stage.DoAsync<RateRequest>(u => u.RunAsync(_number, plan.Poor
            ? new(Grade.Dissatisfied, false, "处理得太潦草，过两天又是老样子。", null)
            : new(chance.NextDouble() switch { < 0.45 => Grade.VerySatisfied, < 0.85 => Grade.Satisfied, _ => Grade.BasicallySatisfied }, true, DemoStage.Praise(chance), null), _reporter, cancellation));
        var lead = stage.Cast.HandlerOf((await stage.LeadAsync(_number))!.Value);
        if (plan.Poor)
        {
            await foreach (var pause in ResolveAsync(lead, "针对群众不满意的地方进行了整改：" + story.Resolve, cancellation))
            {
                yield return pause;
            }

            yield return stage.Later(TimeSpan.FromHours(30));
            await stage.DoAsync<RateRequest>(u => u.RunAsync(_number, new(Grade.Satisfied, true, "这回弄好了。", null), _reporter, cancellation));
        }
        else if (plan.Reopen)
        {
            yield return stage.Later(TimeSpan.FromDays(3));
            await stage.DoAsync<ReopenRequest>(u => u.RunAsync(_number, new("过了几天又出现同样的问题。", null, null), _reporter, cancellation));
            await foreach (var pause in ResolveAsync(lead, "重办：" + story.Resolve, cancellation))
            {
                yield return pause;
            }
        }
    }

    /// <summary>After this much open time of the county's calendar, at the pace of these people.</summary>
    private DateTimeOffset Work(double fewestHours, double mostHours, double? pace = null) =>
        stage.Open(TimeSpan.FromHours((fewestHours + ((mostHours - fewestHours) * chance.NextDouble())) * (pace ?? plan.Pace)));
}
