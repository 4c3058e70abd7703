namespace Linli.Requests.Life;

/// <summary>What can be done with a request. Stored as text in the history; part of the API.</summary>
public enum Step
{
    Report,
    Ask,
    Answer,
    Decline,
    Merge,
    Unmerge,
    Retype,
    Relocate,
    Dispatch,
    Offer,
    Claim,
    Recall,
    Expire,
    Sign,
    Return,
    Decide,
    Contact,
    Note,
    Pause,
    AskPause,
    GrantPause,
    RefusePause,
    Resume,
    Extend,
    GrantExtension,
    RefuseExtension,
    AddTask,
    FinishTask,
    Resolve,
    VerifyPass,
    VerifyFail,
    Rate,
    Lapse,
    Reopen,
    Withdraw,
    Publish,

    /// <summary>Off the public pages again: somebody's data was in it, or the reporter does not want it there.</summary>
    Unpublish,

    /// <summary>回避: somebody is out of it from now on.</summary>
    Recuse,
    Readmit,

    /// <summary>Brought in from another system; never offered on screen.</summary>
    Import,
}

/// <summary>What somebody is to one request; several at once are possible.</summary>
[Flags]
public enum Party
{
    None = 0,
    Anyone = 1 << 0,
    Reporter = 1 << 1,
    Dispatcher = 1 << 2,

    /// <summary>Serves the lead organisation.</summary>
    Lead = 1 << 3,
    CoHandler = 1 << 4,

    /// <summary>Serves an organisation that the request is offered to.</summary>
    Invitee = 1 << 5,
    Supervisor = 1 << 6,

    /// <summary>Checks results; never of an organisation that handles the request.</summary>
    Verifier = 1 << 7,

    /// <summary>Nobody: a clock ran out.</summary>
    Time = 1 << 8,

    /// <summary>Works in the request's area without handling it.</summary>
    GridWorker = 1 << 9,

    /// <summary>May look at everything, changes nothing.</summary>
    Auditor = 1 << 10,
}
