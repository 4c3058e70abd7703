using Linli.Kernel;

namespace Linli.Requests.Suggestions;

/// <summary>What was suggested.</summary>
public enum SuggestionKind
{
    /// <summary>A service type.</summary>
    Type,

    /// <summary>The organisation that should handle it.</summary>
    Owner,

    /// <summary>The area in which it is.</summary>
    Place,
}

/// <summary>To whom it was suggested.</summary>
public enum SuggestionStage
{
    /// <summary>Whoever reported it, on the form.</summary>
    Report,

    /// <summary>The dispatcher, who says what it is and who handles it.</summary>
    Dispatch,
}

/// <summary>
/// One suggestion and what somebody chose in its presence: what Linli learns from, and what the statistics of the suggestions count. The
/// request's text is not copied; goes with the request.
/// </summary>
public sealed class SuggestionRecord
{
    public long Id { get; init; }
    public required Guid RequestId { get; init; }
    public required SuggestionKind Kind { get; init; }
    public required SuggestionStage Stage { get; init; }
    public required DateTimeOffset At { get; init; }
    public required ActorKind Actor { get; init; }

    /// <summary>Who chose; empty for residents without an account.</summary>
    public required Guid ActorId { get; init; }

    /// <summary>Code of the type or organisation; null where Linli said that it does not know.</summary>
    public string? Suggested { get; init; }

    /// <summary>Of the likeliest, also where it was not claimed; null where there is no such thing.</summary>
    public double? Confidence { get; init; }

    /// <summary>Code of what was chosen.</summary>
    public required string Chosen { get; init; }

    /// <summary>The few words that spoke for a type; the area and kind of the line that named an owner.</summary>
    public required string Why { get; init; }

    /// <summary>What made the suggestion: own-3, shipped, keywords; table for owners.</summary>
    public required string Model { get; init; }
}
