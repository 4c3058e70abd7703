namespace Linli.Requests.Demo;

/// <summary>What will happen to one request of the demo, drawn once so that the same seed gives the same county.</summary>
internal sealed record DemoPlan
{
    public bool Withdraw { get; init; }
    public bool Decline { get; init; }
    public bool Appeal { get; init; }
    public int Returns { get; init; }
    public bool Helpers { get; init; }
    public bool Task { get; init; }
    public bool Pause { get; init; }
    public bool Extend { get; init; }
    public bool RefuseExtension { get; init; }
    public bool FailVerification { get; init; }
    public bool Rate { get; init; }
    public bool Poor { get; init; }
    public bool Reopen { get; init; }
    public bool ClaimLapses { get; init; }

    /// <summary>How slow the people are: 1 is brisk.</summary>
    public double Pace { get; init; }

    public static DemoPlan Draw(DemoStory story, Random chance)
    {
        bool Happens(double share) => chance.NextDouble() < share;
        // In the last days something of everything, so that every state has a request in it.
        var recent = story.Day >= 56 ? chance.Next(9) : -1;
        return new DemoPlan
        {
            Withdraw = Happens(0.02),
            Decline = story.Twin is null && Happens(0.05),
            Appeal = Happens(0.15),
            Returns = story.About is not null ? 0 : recent == 0 ? 2 : story.Return is null ? (Happens(0.03) ? 2 : 0) : Happens(0.2) ? 2 : 1,
            Helpers = Happens(0.15) && story.About is null,
            Task = (recent == 1 || Happens(0.08)) && story.About is null,
            Pause = recent == 2 || Happens(0.06),
            Extend = recent == 3 || Happens(0.08),
            RefuseExtension = Happens(0.3),
            FailVerification = Happens(0.07),
            Rate = Happens(0.62),
            Poor = Happens(0.09),
            Reopen = Happens(0.03),
            ClaimLapses = Happens(0.15),
            Pace = recent is >= 0 and < 5 ? 0.3 : Happens(0.07) ? 4 : 0.6 + chance.NextDouble(),
        };
    }
}
