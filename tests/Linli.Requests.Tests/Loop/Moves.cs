using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Checking;
using Linli.Requests.Dispatch;
using Linli.Requests.Handling;
using Linli.Requests.Life;
using Linli.Requests.Report;
using Linli.Requests.Steps;
using Linli.Requests.Track;
using Linli.Requests.Triage;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Tests.Loop;

/// <summary>Something that can be tried on any request in any state, with inputs that fit: a step by somebody, or by time.</summary>
internal sealed record Move(string Name, Step Step, Func<Walkers, ServiceRequest, Task<Outcome<StepTaken>>> Take);

/// <summary>The people of a walk through the life, and every move they have.</summary>
internal sealed class Walkers(LoopTown town, IReadOnlyDictionary<string, Caller> people)
{
    public static readonly string[] Logins = ["paidan", "shizheng", "gongshui", "qingnian", "duban", "huifang", "wangge1", "shenji"];

    /// <summary>Every line of the table has a move here; a test holds it.</summary>
    public static readonly IReadOnlyList<Move> Moves =
    [
        new("ask", Step.Ask, (w, r) => w.RunAsync<AskReporter, AskReporter.Input>(r, r.State == RequestState.Reported ? "paidan" : "lead", new("在几号楼？", r.Version))),
        new("answer", Step.Answer, (w, r) => w.RunAsync<AnswerQuestion, AnswerQuestion.Input>(r, "reporter", new("三号楼", null, r.Version))),
        new("decline", Step.Decline, (w, r) => w.RunAsync<DeclineRequest, DeclineRequest.Input>(r, "paidan", new("outside-county", "请向邻县反映", r.Version))),
        new("merge", Step.Merge, async (w, r) => await w.RunAsync<MergeRequest, MergeRequest.Input>(r, "paidan", new((await w.ReportAsync()).Number, r.Version))),
        new("unmerge", Step.Unmerge, (w, r) => w.RunAsync<UnmergeRequest, UnmergeRequest.Input>(r, "paidan", new("不是一件事", r.Version))),
        new("dispatch", Step.Dispatch, (w, r) => w.RunAsync<DispatchRequest, DispatchRequest.Input>(r, r.State == RequestState.InHand ? "duban" : "paidan", new("dept-municipal", ["util-water"], null, null, r.Version))),
        new("offer", Step.Offer, (w, r) => w.RunAsync<OfferRequest, OfferRequest.Input>(r, "paidan", new(["team-youth", "dept-municipal"], 24, null, r.Version))),
        new("claim", Step.Claim, (w, r) => w.RunAsync<ClaimRequest, ClaimRequest.Input>(r, "shizheng", new(null, r.Version))),
        new("recall", Step.Recall, (w, r) => w.RunAsync<RecallOffer, RecallOffer.Input>(r, "paidan", new(r.Version))),
        new("expire", Step.Expire, (w, r) => w.RunAsync<RecallOffer, RecallOffer.Input>(r, "time", new(null))),
        new("sign", Step.Sign, (w, r) => w.RunAsync<SignRequest, SignRequest.Input>(r, "lead", new(r.Version))),
        new("return", Step.Return, (w, r) => w.RunAsync<ReturnRequest, ReturnRequest.Input>(r, "lead", new("not-our-duty", "应由供水公司办理", null, r.Version))),
        new("decide", Step.Decide, (w, r) => w.RunAsync<DecideArbitration, DecideArbitration.Input>(r, "duban", new("dept-municipal", ["util-water"], null, "三定方案", r.Version))),
        new("contact", Step.Contact, (w, r) => w.RunAsync<ContactReporter, ContactReporter.Input>(r, "lead", new(true, "已电话联系", r.Version))),
        new("note", Step.Note, (w, r) => w.RunAsync<AddNote, AddNote.Input>(r, "reporter", new("还没好", null, null, r.Version))),
        new("pause", Step.Pause, (w, r) => w.RunAsync<PauseRequest, PauseRequest.Input>(r, "lead", new("waiting-parts", 3, "等灯具", r.Version))),
        new("ask for a pause", Step.AskPause, (w, r) => w.RunAsync<PauseRequest, PauseRequest.Input>(r, "lead", new("weather", 3, "连日下雨", r.Version))),
        new("grant a pause", Step.GrantPause, (w, r) => w.RunAsync<DecidePause, DecidePause.Input>(r, "duban", new(true, null, r.Version))),
        new("refuse a pause", Step.RefusePause, (w, r) => w.RunAsync<DecidePause, DecidePause.Input>(r, "duban", new(false, "今天就能做", r.Version))),
        new("resume", Step.Resume, (w, r) => w.RunAsync<ResumeRequest, ResumeRequest.Input>(r, "lead", new(null, r.Version))),
        new("resume by time", Step.Resume, (w, r) => w.RunAsync<ResumeRequest, ResumeRequest.Input>(r, "time", new(null, null))),
        new("extend", Step.Extend, (w, r) => w.RunAsync<ExtendRequest, ExtendRequest.Input>(r, "lead", new("complex", 2, "要开挖", r.Version))),
        new("grant", Step.GrantExtension, (w, r) => w.RunAsync<DecideExtension, DecideExtension.Input>(r, "duban", new(true, null, r.Version))),
        new("refuse more time", Step.RefuseExtension, (w, r) => w.RunAsync<DecideExtension, DecideExtension.Input>(r, "duban", new(false, "抓紧办", r.Version))),
        new("add task", Step.AddTask, (w, r) => w.RunAsync<AddTask, AddTask.Input>(r, "lead", new("查水管", "util-water", r.Version))),
        new("finish task", Step.FinishTask, (w, r) => w.RunAsync<FinishTask, FinishTask.Input>(r, "gongshui", new(r.Tasks.FirstOrDefault(t => t.DoneAt is null)?.Id, "查过了", r.Version))),
        new("resolve", Step.Resolve, (w, r) => w.ResolveAsync(r, isChecked: false)),
        new("resolve, to be checked", Step.Resolve, (w, r) => w.ResolveAsync(r, isChecked: true)),
        new("pass", Step.VerifyPass, (w, r) => w.RunAsync<VerifyRequest, VerifyRequest.Input>(r, "huifang", new(true, null, null, r.Version))),
        new("fail", Step.VerifyFail, (w, r) => w.RunAsync<VerifyRequest, VerifyRequest.Input>(r, "huifang", new(false, "还是不亮", null, r.Version))),
        new("rate well", Step.Rate, (w, r) => w.RunAsync<RateRequest, RateRequest.Input>(r, "reporter", new(Grade.Satisfied, true, null, r.Version))),
        new("rate badly", Step.Rate, (w, r) => w.RunAsync<RateRequest, RateRequest.Input>(r, "reporter", new(Grade.VeryDissatisfied, false, "没修好", r.Version))),
        new("lapse", Step.Lapse, (w, r) => w.Town.InScopeAsync((LapseRequest lapse) => lapse.RunAsync(r.Number, default))),
        new("reopen", Step.Reopen, (w, r) => w.RunAsync<ReopenRequest, ReopenRequest.Input>(r, "reporter", new("又坏了", null, r.Version))),
        new("withdraw", Step.Withdraw, (w, r) => w.RunAsync<WithdrawRequest, WithdrawRequest.Input>(r, "reporter", new(null, r.Version))),
        new("retype", Step.Retype, (w, r) => w.RunAsync<RetypeRequest, RetypeRequest.Input>(r, "paidan", new(r.ServiceTypeCode == "suggestion" ? "old-estate" : "suggestion", "说的是另一类", r.Version))),
        new("relocate", Step.Relocate, (w, r) => w.RunAsync<RelocateRequest, RelocateRequest.Input>(r, "paidan", new(r.AreaCode == "140427100002" ? "140427100001" : "140427100002", null, r.Version))),
        new("recuse", Step.Recuse, (w, r) => w.RunAsync<RecuseFromRequest, RecuseFromRequest.Input>(r, "duban", new("paidan2", null, "亲属", r.Version))),
        new("readmit", Step.Readmit, async (w, r) =>
        {
            _ = await w.RunAsync<RecuseFromRequest, RecuseFromRequest.Input>(r, "duban", new("paidan2", null, "亲属", null));
            return await w.RunAsync<ReadmitToRequest, ReadmitToRequest.Input>(r, "duban", new("paidan2", "不是亲属", null));
        }),
        new("unpublish", Step.Unpublish, async (w, r) =>
        {
            await w.Town.InScopeAsync((Kernel.LinliDb db) => db.Set<ServiceRequest>().Where(q => q.Id == r.Id).ExecuteUpdateAsync(s => s.SetProperty(q => q.IsPublished, true)));
            return await w.RunAsync<UnpublishRequest, UnpublishRequest.Input>(r, "paidan", new("不宜公开", null));
        }),
        new("publish", Step.Publish, (w, r) => w.RunAsync<PublishRequest, PublishRequest.Input>(r, "paidan", new(r.Version))),

        // Not a step of this request: the one that it follows goes on.
        new("the lead is declined", Step.Decline, (w, r) => w.OnLeadAsync(r, lead => w.RunAsync<DeclineRequest, DeclineRequest.Input>(lead, "paidan", new("outside-county", "请向邻县反映", lead.Version)))),
        new("the lead is dispatched", Step.Dispatch, (w, r) => w.OnLeadAsync(r, lead => w.RunAsync<DispatchRequest, DispatchRequest.Input>(lead, "paidan", new("dept-municipal", null, null, null, lead.Version)))),
        new("the lead is signed", Step.Sign, (w, r) => w.OnLeadAsync(r, lead => w.RunAsync<SignRequest, SignRequest.Input>(lead, "shizheng", new(lead.Version)))),
        new("the lead is resolved", Step.Resolve, (w, r) => w.OnLeadAsync(r, lead => w.RunAsync<ResolveRequest, ResolveRequest.Input>(lead, "shizheng", new("solved", "换了", null, lead.Version)))),
    ];

    public Town Town => town.Town;

    /// <summary>Of a kind that a dispatcher looks at before it is public.</summary>
    public Task<ReportRequest.Receipt> ReportAsync() => town.ReportAsync("suggestion");

    public Task<ServiceRequest> LoadAsync(string number) => town.LoadAsync(number);

    /// <summary>Somebody by login; the reporter; whoever serves the lead; or time.</summary>
    public Caller CallerOf(string who, ServiceRequest request) => who switch
    {
        "time" => Caller.Time,
        "reporter" => new Caller(Kernel.People.Actor.Anonymous, new HashSet<Guid> { request.Id }),
        "lead" => people["shizheng"],
        _ => people[who],
    };

    public IEnumerable<(string Login, Caller Caller)> Staff => people.Select(p => (p.Key, p.Value));

    private Task<Outcome<StepTaken>> RunAsync<TUseCase, TInput>(ServiceRequest request, string who, TInput input)
        where TUseCase : class, IStepUseCase<TInput> where TInput : IStepInput =>
        Town.InScopeAsync((TUseCase useCase) => useCase.RunAsync(request.Number, input, CallerOf(who, request), default));

    private async Task<Outcome<StepTaken>> ResolveAsync(ServiceRequest request, bool isChecked)
    {
        await town.ChangeTypeAsync("suggestion", type => type.VerificationShare = isChecked ? 1 : 0);
        return await RunAsync<ResolveRequest, ResolveRequest.Input>(request, "lead", new("solved", "换了灯泡", null, request.Version));
    }

    private async Task<Outcome<StepTaken>> OnLeadAsync(ServiceRequest request, Func<ServiceRequest, Task<Outcome<StepTaken>>> step)
    {
        if (request.State != RequestState.Merged)
        {
            return new Failure.Conflict("not_merged", "—");
        }

        var lead = await Town.InScopeAsync((StepRunner steps) => steps.LoadAsync(request.MergedIntoId!.Value, default));
        return await step(lead!);
    }
}
