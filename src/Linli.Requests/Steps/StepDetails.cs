using System.Text.Json;
using Linli.Kernel;

namespace Linli.Requests.Steps;

/// <summary>What a step about time says of itself in <see cref="RequestEvent.Details"/>.</summary>
/// <param name="Days">As asked for: natural days of a pause, working days of an extension.</param>
/// <param name="Until">How long a pause may last, or the new due time.</param>
internal sealed record StepDetails(int? Days = null, DateTimeOffset? Until = null)
{
    public string Write() => JsonSerializer.Serialize(this, Json.Plain);

    public static DateTimeOffset? UntilOf(RequestEvent written) =>
        written.Step is Life.Step.Pause or Life.Step.GrantPause or Life.Step.GrantExtension && written.Details is { } details
            ? JsonSerializer.Deserialize<StepDetails>(details, Json.Plain)!.Until
            : null;
}
