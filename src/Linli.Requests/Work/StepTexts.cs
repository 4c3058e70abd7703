using Linli.Kernel;
using Linli.Requests.Life;
using Linli.Requests.Steps;

namespace Linli.Requests.Work;

/// <summary>How the steps look on the workbench: one form for each address, the likely one first and in the strong colour.</summary>
internal static class StepTexts
{
    internal sealed record Form(string Noun, Word Title, string Icon, string Kind);

    /// <summary>The forms for these steps; steps that share an address (pass and fail) share a form.</summary>
    public static IReadOnlyList<Form> FormsOf(IReadOnlyList<Step> steps) =>
    [
        .. StepRegistry.All.Where(e => e.Steps.Any(steps.Contains))
            .OrderBy(e => Array.IndexOf(Order, e.Steps[0]) is >= 0 and var at ? at : int.MaxValue)
            .Select((e, i) => new Form(e.Noun, TitleOf(e), IconOf(e.Steps[0]), e.Steps[0] is Step.Decline or Step.Return or Step.Withdraw ? "danger" : i == 0 && e.Steps[0] != Step.Note ? "primary" : "secondary")),
    ];

    public static string IconOf(Step step) => step switch
    {
        Step.Report => "message-plus",
        Step.Ask => "message-question",
        Step.Answer => "message-dots",
        Step.Decline => "ban",
        Step.Merge or Step.Unmerge => "git-merge",
        Step.Retype => "category",
        Step.Relocate => "map-pin",
        Step.Dispatch or Step.Decide => "send",
        Step.Offer => "speakerphone",
        Step.Claim => "heart-handshake",
        Step.Sign => "signature",
        Step.Return or Step.Recall or Step.Expire or Step.Withdraw => "arrow-back-up",
        Step.Contact => "phone",
        Step.Note => "note",
        Step.Pause or Step.AskPause or Step.GrantPause or Step.RefusePause => "player-pause",
        Step.Resume => "player-play",
        Step.Extend or Step.GrantExtension or Step.RefuseExtension => "clock-plus",
        Step.AddTask or Step.FinishTask => "subtask",
        Step.Resolve => "check",
        Step.VerifyPass or Step.VerifyFail => "checks",
        Step.Rate => "star",
        Step.Reopen => "refresh",
        Step.Publish => "eye",
        Step.Unpublish => "eye-off",
        Step.Recuse or Step.Readmit => "user-shield",
        Step.Import => "database-import",
        Step.Lapse => "hourglass",
        _ => "point",
    };

    private static readonly Step[] Order =
    [
        Step.Rate, Step.Dispatch, Step.Sign, Step.Claim, Step.Decide, Step.GrantExtension, Step.GrantPause, Step.VerifyPass, Step.Resume, Step.Contact, Step.Resolve, Step.FinishTask, Step.Offer,
        Step.Retype, Step.Relocate, Step.Publish, Step.Ask, Step.Answer, Step.Merge, Step.AddTask, Step.Extend, Step.Pause, Step.Recall, Step.Reopen, Step.Unmerge, Step.Note, Step.Unpublish, Step.Decline, Step.Return, Step.Recuse, Step.Readmit,
    ];

    private static Word TitleOf(StepRegistry.Entry entry) => entry.Steps[0] switch
    {
        Step.Decline => new Word("作不予受理处理"),
        Step.VerifyPass => new Word("核实"),
        Step.GrantExtension => new Word("审批延期"),
        Step.GrantPause => new Word("审批挂起"),
        var step => LifeTexts.Of(step),
    };
}
