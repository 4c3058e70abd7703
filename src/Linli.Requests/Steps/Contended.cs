using System.Security.Cryptography;
using Linli.Kernel;

namespace Linli.Requests.Steps;

/// <summary>
/// What several people write to at the same instant is looked at anew by all but one. Each waits a short time of its own before it
/// does, longer after every loss: a dozen who merge into one request at once all get through, instead of losing to each other in step.
/// </summary>
internal static class Contended
{
    private const int MostTries = 12;

    /// <param name="attempt">Told whether it is the last one; answers null when somebody else was faster, and never in the last.</param>
    public static async Task<Outcome<T>> TryAsync<T>(Func<bool, Task<Outcome<T>?>> attempt, CancellationToken cancellation) where T : notnull
    {
        for (var lost = 0; ; lost++)
        {
            if (await attempt(lost == MostTries - 1) is { } outcome)
            {
                return outcome;
            }

            await Task.Delay(RandomNumberGenerator.GetInt32(1 + (2 << Math.Min(lost, 7))), cancellation);
        }
    }
}
