using Linli.Requests.Checking;
using Linli.Requests.Dispatch;
using Linli.Requests.Handling;
using Linli.Requests.Track;
using Linli.Requests.Triage;

namespace Linli.Requests.Steps;

/// <summary>What the API document says about each step: one sentence, and a body as somebody in the demo county might send it.</summary>
internal static class StepDocs
{
    private const int Version = 3;
    private static readonly Guid File = new("0199f1c2-7a3e-7c41-9a55-3f0c2b7d1e90");

    private static readonly Dictionary<Type, (string Summary, IStepInput Example)> All = new()
    {
        [typeof(AskReporter.Input)] = ("Asks the reporter for what is missing; the clocks wait for the answer.",
            new AskReporter.Input("请问是哪一盏路灯？灯杆上有编号吗？", Version)),
        [typeof(AnswerQuestion.Input)] = ("Answers what was asked; the request goes on where it stood.",
            new AnswerQuestion.Input("卫生站对面那盏，灯杆编号 CN-017。", [File], Version)),
        [typeof(DeclineRequest.Input)] = ("Declines a request, with a reason (kind decline) and where to go instead.",
            new DeclineRequest.Input("outside-county", "请拨打 0355-12345，由长治市受理。", Version)),
        [typeof(MergeRequest.Input)] = ("Merges the request into another one about the same matter; its reporter is told of both.",
            new MergeRequest.Input("261120-048213", Version)),
        [typeof(UnmergeRequest.Input)] = ("Undoes a merge; the request is handled by itself again.",
            new UnmergeRequest.Input("不是同一盏灯。", Version)),
        [typeof(PublishRequest.Input)] = ("Shows a request of a public kind on the public pages, once somebody has looked for personal data in it.",
            new PublishRequest.Input(Version)),
        [typeof(UnpublishRequest.Input)] = ("Takes a request off the public pages: by its reporter, or by a dispatcher or supervisor with a reason.",
            new UnpublishRequest.Input("里面有个人信息。", Version)),
        [typeof(RetypeRequest.Input)] = ("Says of what service type a request is, where that was chosen wrong; what comes after goes by the new type.",
            new RetypeRequest.Input("street-lamp", "说的是路灯，不是线路。", Version)),
        [typeof(RelocateRequest.Input)] = ("Says in which area a request is, where the reporter did not or was wrong: by code, or by words that plainly name one.",
            new RelocateRequest.Input("140427100001", "卫生站在城南社区。", Version)),
        [typeof(RecuseFromRequest.Input)] = ("Steps out of a request, or takes a person or an organisation out of it: it does not exist for them from then on.",
            new RecuseFromRequest.Input("zhang.wei", null, "与提交人是亲属。", Version)),
        [typeof(ReadmitToRequest.Input)] = ("Lets somebody back in who was out of a request.",
            new ReadmitToRequest.Input("zhang.wei", "核实后不是亲属。", Version)),
        [typeof(DispatchRequest.Input)] = ("Gives the request to one lead organisation, with up to five co-handlers and their shares of the responsibility.",
            new DispatchRequest.Input("dept-housing", ["town-longquan"], [20], "请先断电再检修。", Version)),
        [typeof(OfferRequest.Input)] = ("Offers the request to organisations and volunteer teams of the alliance; one may claim it while the offer stands.",
            new OfferRequest.Input(["social-volunteers", "util-power"], 48, "老人独居，需要上门换灯泡。", Version)),
        [typeof(ClaimRequest.Input)] = ("Takes an offered request; the first valid claim wins.",
            new ClaimRequest.Input("social-volunteers", Version)),
        [typeof(RecallOffer.Input)] = ("Takes an offer back that nobody has claimed.",
            new RecallOffer.Input(Version)),
        [typeof(ReturnRequest.Input)] = ("Returns a request inside the return window: not ours, with a reason (kind return). The second return goes to arbitration.",
            new ReturnRequest.Input("not-our-duty", "该路灯产权属供电公司，见附图铭牌。", [File], Version)),
        [typeof(DecideArbitration.Input)] = ("Decides after two returns who handles the request; binding, it cannot be returned again.",
            new DecideArbitration.Input("dept-housing", ["util-power"], [20], "设施由住建局管护，供电公司配合。", Version)),
        [typeof(SignRequest.Input)] = ("Takes the request on for the lead organisation.",
            new SignRequest.Input(Version)),
        [typeof(ContactReporter.Input)] = ("Records a contact with the reporter; reached, it stops the contact clock.",
            new ContactReporter.Input(true, "已约定明天上午到现场。", Version)),
        [typeof(AddNote.Input)] = ("Adds what is worth knowing, with photos, without changing anything else. Staff may keep it among staff.",
            new AddNote.Input("灯杆底部也有裂缝。", false, [File], Version)),
        [typeof(PauseRequest.Input)] = ("Stops the clocks for a permitted reason (kind pause) and at most so many days; where the reason needs approval, asks for it.",
            new PauseRequest.Input("waiting-parts", 5, "灯头已订货，预计周五到。", Version)),
        [typeof(DecidePause.Input)] = ("Grants or refuses the pause that was asked for.",
            new DecidePause.Input(true, "雨停后请马上恢复。", Version)),
        [typeof(ResumeRequest.Input)] = ("Lets the clocks go on.",
            new ResumeRequest.Input("配件已到。", Version)),
        [typeof(ExtendRequest.Input)] = ("Asks for more working days, with a reason (kind extend); somebody else decides.",
            new ExtendRequest.Input("works-volume", 3, "需要更换整段电缆。", Version)),
        [typeof(DecideExtension.Input)] = ("Grants or refuses the extension that was asked for.",
            new DecideExtension.Input(true, "同意，请注意夜间安全警示。", Version)),
        [typeof(AddTask.Input)] = ("Gives a part of the work to a co-handler; all parts are done before the request is resolved.",
            new AddTask.Input("恢复路面", "town-longquan", Version)),
        [typeof(FinishTask.Input)] = ("Says that a part is done.",
            new FinishTask.Input(File, "路面已恢复。", Version)),
        [typeof(ResolveRequest.Input)] = ("Says that it is done, with a result (kind result), words for the reporter and evidence where the type asks for it.",
            new ResolveRequest.Input("solved", "已更换灯头，今晚已亮。", [File], Version)),
        [typeof(VerifyRequest.Input)] = ("Records what somebody other than the handler found; not done means back to the handler.",
            new VerifyRequest.Input(true, "现场查看，路灯已亮。", [File], Version)),
        [typeof(RateRequest.Input)] = ("The reporter's grade, and whether it is solved. A poor grade sends it back to be put right.",
            new RateRequest.Input(Grade.Satisfied, true, "修得很快。", Version)),
        [typeof(ReopenRequest.Input)] = ("Asks for the request to be taken up again: by its reporter inside ten working days, by a supervisor at any time.",
            new ReopenRequest.Input("昨晚又不亮了。", [File], Version)),
        [typeof(WithdrawRequest.Input)] = ("The reporter takes the request back, as long as it is not resolved.",
            new WithdrawRequest.Input("已经自己亮了。", Version)),
    };

    public static (string Summary, IStepInput Example) Of<TInput>() where TInput : IStepInput => All[typeof(TInput)];
}
