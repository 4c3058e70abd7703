using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Triage;
using Linli.Shell.Text;

namespace Linli.Requests.Floods;

/// <param name="Declined">Numbers.</param>
public sealed record DeclinedBatch(IReadOnlyList<string> Declined, IReadOnlyList<NotDeclined> Left);

/// <summary>One that was not declined, and why.</summary>
public sealed record NotDeclined(string Number, string Why);

/// <summary>
/// Declines many requests for one reason. Each is an ordinary step of its own, in its own history and in the audit log, told to its
/// reporter, and undone like any other by reopening; one that has moved on meanwhile stays as it is.
/// </summary>
internal sealed class DeclineBatch(LinliDb db, DeclineRequest decline, Texts texts)
{
    public const int Most = 200;

    /// <param name="Instead">Where the reporters can go instead; shown to them.</param>
    public sealed record Input(IReadOnlyList<string>? Numbers, string? Reason, string? Instead);

    public async Task<Outcome<DeclinedBatch>> RunAsync(Input input, Caller caller, CancellationToken cancellation)
    {
        var numbers = (input.Numbers ?? []).Where(n => !string.IsNullOrWhiteSpace(n)).Select(n => n.Trim()).Distinct(StringComparer.Ordinal).ToList();
        if (numbers.Count is 0 or > Most)
        {
            return numbers.Count == 0 ? new Failure.Invalid("numbers", "请至少选一件。") : new Failure.Invalid("numbers", "一次最多 {0} 件，现在选了 {1} 件。请分几次办理。", Most, numbers.Count);
        }

        var (declined, left) = (new List<string>(), new List<NotDeclined>());
        foreach (var number in numbers)
        {
            var outcome = await decline.RunAsync(number, new DeclineRequest.Input(input.Reason, input.Instead, null), caller, cancellation);
            if (outcome.Failure is Failure.Invalid wrong)
            {
                return wrong;   // the same for all of them
            }

            if (outcome.Succeeded)
            {
                declined.Add(number);
            }
            else
            {
                left.Add(new NotDeclined(number, texts.Of(outcome.Failure)));
            }

            db.ChangeTracker.Clear();
        }

        return new DeclinedBatch(declined, left);
    }
}
