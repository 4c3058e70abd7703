using Linli.Kernel;

namespace Linli.Requests.Suggestions;

/// <summary>One model learnt from the county's own history, kept in the store so that every instance has it and a backup too. Earlier ones stay, to go back to.</summary>
public sealed class RoutingModel : IRemembered
{
    /// <summary>1, 2, 3 …</summary>
    public required int Version { get; init; }
    public required DateTimeOffset TrainedAt { get; init; }

    /// <summary>How many requests it learnt from.</summary>
    public required int Texts { get; init; }

    /// <summary>As <see cref="Linli.Routing.Classifying.ModelFile"/> writes it: weights, no texts.</summary>
    public required byte[] File { get; init; }

    /// <summary>How good it was, and how good what it replaced, on the same requests that neither had seen; JSON.</summary>
    public required string Comparison { get; init; }

    /// <summary>At most one is.</summary>
    public bool IsInUse { get; set; }

    string IRemembered.Stamp => ChangeStamp.Routing;
}
