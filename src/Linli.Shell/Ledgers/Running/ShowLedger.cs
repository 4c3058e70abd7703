using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Ledgers.Output;
using Linli.Shell.Text;

namespace Linli.Shell.Ledgers.Running;

/// <summary>The first lines of a ledger, as text.</summary>
/// <param name="IsPart">There are more lines than these.</param>
/// <param name="IsWhole">Nothing is kept from the reader.</param>
/// <param name="IsCut">Not all records were read: the totals are of the first ones alone. What is downloaded is complete.</param>
public sealed record ShownLedger(LedgerSheet Sheet, IReadOnlyList<TableLine> Lines, int Read, bool IsPart, bool IsCut, bool IsWhole = true);

/// <summary>Fills a ledger for a screen.</summary>
internal sealed class ShowLedger(PlanLedger plans, RunLedger run, TimeProvider clock)
{
    public const int OnScreen = 100, OnPaper = 5_000, InPreview = 12;
    private const int MostRead = 50_000, MostReadForPreview = 2_000;

    public Task<Outcome<ShownLedger>> ForScreenAsync(LedgerDefinition definition, Actor reader, CancellationToken cancellation) => HandleAsync(definition, reader, OnScreen, MostRead, cancellation);

    public Task<Outcome<ShownLedger>> ForPaperAsync(LedgerDefinition definition, Actor reader, CancellationToken cancellation) => HandleAsync(definition, reader, OnPaper, MostRead, cancellation);

    public Task<Outcome<ShownLedger>> ForPreviewAsync(LedgerDefinition definition, Actor reader, CancellationToken cancellation) => HandleAsync(definition, reader, InPreview, MostReadForPreview, cancellation);

    private async Task<Outcome<ShownLedger>> HandleAsync(LedgerDefinition definition, Actor reader, int lines, int most, CancellationToken cancellation)
    {
        SheetLanguage.Speak(definition);
        var now = clock.GetUtcNow();
        var isPlain = definition is { OnlyTotals: false, Sort.Count: 0, GroupBy.Count: 0, GrandTotal: false } && string.IsNullOrEmpty(definition.Where);
        var plan = await plans.HandleAsync(definition, new LedgerOccasion(reader, now, DateOnly.FromDateTime(LocalTime.Of(now).DateTime), isPlain ? lines + 1 : most, IsInPerson: true), cancellation);
        if (!plan.Succeeded)
        {
            return plan.Failure;
        }

        var output = new TableOutput(lines, definition.OnlyTotals);
        var result = await run.HandleAsync(plan.Value, output, null, cancellation);
        return result.Succeeded ? new ShownLedger(output.Sheet!, output.Lines, result.Value.Read, output.IsFull, result.Value.IsCut && !isPlain, plan.Value.IsWhole) : result.Failure;
    }
}
