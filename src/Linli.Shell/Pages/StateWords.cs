namespace Linli.Shell.Pages;

/// <summary>How each state of a service request is said and shown. The text is a key.</summary>
public static class StateWords
{
    public static (string Text, Tone Tone, string Icon) Of(string state) => state.ToUpperInvariant() switch
    {
        "REPORTED" => ("待派单", Tone.Info, "inbox"),
        "AWAITINGREPORTER" => ("待补充", Tone.Warn, "message-question"),
        "DECLINED" => ("不予受理", Tone.Neutral, "ban"),
        "MERGED" => ("已并单", Tone.Neutral, "git-merge"),
        "DISPATCHED" => ("待签收", Tone.Info, "send"),
        "OFFERED" => ("待接单", Tone.Special, "speakerphone"),
        "INARBITRATION" => ("裁定中", Tone.Warn, "scale"),
        "INHAND" => ("办理中", Tone.Brand, "progress"),
        "PAUSED" => ("已挂起", Tone.Warn, "player-pause"),
        "RESOLVED" => ("已办结", Tone.Good, "check"),
        "VERIFIED" => ("已核实", Tone.Good, "checks"),
        "CLOSED" => ("已结案", Tone.Neutral, "lock"),
        "WITHDRAWN" => ("已撤回", Tone.Neutral, "arrow-back-up"),
        _ => (state, Tone.Neutral, "point"),
    };
}
