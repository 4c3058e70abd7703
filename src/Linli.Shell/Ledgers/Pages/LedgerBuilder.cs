using System.Globalization;
using Linli.Kernel;
using Linli.Shell.Accounts;
using Linli.Shell.Http;
using Linli.Shell.Ledgers.Exports;
using Linli.Shell.Ledgers.Keeping;
using Linli.Shell.Ledgers.Running;
using Linli.Shell.Limits;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Linli.Shell.Ledgers.Pages;

/// <summary>The page on which a ledger is put together. Everything that is typed goes along with every press of a button; nothing is kept until it is saved.</summary>
internal static class LedgerBuilder
{
    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/new", NewAsync);
        pages.MapPost("/new", AddAsync);
        pages.MapPost("/draft", DraftAsync).Costs(Cost.Searching);
        pages.MapPost("/draft/exports", ExportAsync).Costs(Cost.Exporting);
        pages.MapPost("/draft/print", PrintAsync).Costs(Cost.Searching);
        pages.MapPost("/preview", PreviewAsync).Costs(Cost.Searching);
        pages.MapGet("/{id}/edit", EditAsync);
        pages.MapPost("/{id}/edit", ChangeAsync);
    }

    /// <summary>From nothing, from another ledger (from=), as a form of totals, or from a list on screen: source, filters and days as that list has them in its address.</summary>
    private static async Task<IResult> NewAsync(string? source, string? from, bool? totals, HttpContext http, PlanLedger plans, FindLedgers find, Desk desk, CurrentActor me, CancellationToken cancellation)
    {
        if (from is not null && source is null)
        {
            var found = await find.OneAsync(me.Value, from, cancellation);
            return found.Succeeded ? await desk.ShowAsync(new(found.Value.Definition), null, 0, null, cancellation) : Refusal.Of(found.Failure);
        }

        if (source is null || plans.SourceOf(me.Value, source) is not { } known)
        {
            List<(ILedgerSource Source, bool HasList, bool HasTotals)> sources = [];
            foreach (var one in plans.SourcesOf(me.Value))
            {
                sources.Add((one, one.HasLinesFor(me.Value), NewLedger.HasTotals(await one.OfferAsync(me.Value, cancellation))));
            }

            return new RazorComponentResult<LedgerSourcesPage>(new { Sources = (IReadOnlyList<(ILedgerSource, bool, bool)>)sources });
        }

        var offer = await known.OfferAsync(me.Value, cancellation);
        var isForm = !known.HasLinesFor(me.Value) || (totals == true && NewLedger.HasTotals(offer));
        return await desk.ShowAsync(new(isForm ? NewLedger.Totals(known, known.SumsFor(me.Value) ? offer.ForTotals() : offer) : NewLedger.List(known, offer, http.Request.Query)), null, 0, null, cancellation);
    }

    private static async Task<IResult> AddAsync(IFormCollection form, KeepLedgers keep, Desk desk, CurrentActor me, CancellationToken cancellation)
    {
        var definition = LedgerForm.Read(form);
        var added = await keep.AddAsync(me.Value, definition, cancellation);
        return added.Succeeded ? Results.LocalRedirect($"{LedgerPages.Address}/{added.Value.Id}?done=true") : await desk.ShowAsync(new(definition), null, 0, added.Failure, cancellation);
    }

    private static async Task<IResult> EditAsync(string id, FindLedgers find, Desk desk, CurrentActor me, CancellationToken cancellation)
    {
        var found = await find.OneAsync(me.Value, id, cancellation);
        return found is { Succeeded: true, Value.IsOwn: true } ? await desk.ShowAsync(new(found.Value.Definition), id, found.Value.Version, null, cancellation) : Refusal.Of(found.Failure ?? FindLedgers.Unknown);
    }

    private static async Task<IResult> ChangeAsync(string id, IFormCollection form, KeepLedgers keep, Desk desk, CurrentActor me, CancellationToken cancellation)
    {
        var definition = LedgerForm.Read(form);
        var version = VersionOf(form);
        var changed = await keep.ChangeAsync(me.Value, id, definition, version, cancellation);
        return changed.Succeeded ? Results.LocalRedirect($"{LedgerPages.Address}/{Uri.EscapeDataString(id)}?done=true") : await desk.ShowAsync(new(definition), id, version ?? 0, changed.Failure, cancellation);
    }

    private static async Task<IResult> DraftAsync(IFormCollection form, PlanLedger plans, Desk desk, CurrentActor me, CancellationToken cancellation)
    {
        var draft = LedgerDraft.Read(form);
        if (plans.SourceOf(me.Value, draft.Definition.Source) is not { } source)
        {
            return Refusal.Of(PlanLedger.UnknownSource(draft.Definition.Source));
        }

        return await desk.ShowAsync(draft.Do(form, await source.OfferAsync(me.Value, cancellation)), IdOf(form), VersionOf(form) ?? 0, null, cancellation);
    }

    /// <summary>Takes it along as it stands; nothing is saved.</summary>
    private static async Task<IResult> ExportAsync(IFormCollection form, AskExport ask, Desk desk, CurrentActor me, CancellationToken cancellation)
    {
        var draft = LedgerDraft.Read(form);
        var asked = await ask.HandleAsync(me.Value, draft.Definition, Enum.TryParse<LedgerFormat>(form["format"], ignoreCase: true, out var known) ? known : (LedgerFormat)(-1), cancellation);
        return asked.Succeeded ? LedgerPages.ToFile(asked.Value) : await desk.ShowAsync(draft, IdOf(form), VersionOf(form) ?? 0, asked.Failure, cancellation);
    }

    private static async Task<IResult> PrintAsync(IFormCollection form, ShowLedger show, Desk desk, CurrentActor me, CancellationToken cancellation)
    {
        var draft = LedgerDraft.Read(form);
        var shown = await show.ForPaperAsync(draft.Definition, me.Value, cancellation);
        return shown.Succeeded
            ? new RazorComponentResult<LedgerPrintPage>(new { Shown = shown.Value, Back = LedgerPages.Address, IsOnlyTotals = draft.Definition.OnlyTotals })
            : await desk.ShowAsync(draft, IdOf(form), VersionOf(form) ?? 0, shown.Failure, cancellation);
    }

    private static async Task<IResult> PreviewAsync(IFormCollection form, ShowLedger show, CurrentActor me, CancellationToken cancellation)
    {
        var definition = LedgerForm.Read(form);
        var shown = await show.ForPreviewAsync(Named(definition), me.Value, cancellation);
        return new RazorComponentResult<LedgerPreview>(new { Shown = shown.Succeeded ? shown.Value : null, shown.Failure, IsOnlyTotals = definition.OnlyTotals });
    }

    /// <summary>While it has no name yet, there is a preview all the same.</summary>
    private static LedgerDefinition Named(LedgerDefinition definition) => definition.Name.Length > 0 ? definition : definition with { Name = Texts.Pick("台账", "Ledger") };

    private static string? IdOf(IFormCollection form) => form["id"].ToString() is { Length: > 0 and < 60 } id ? id : null;

    private static int? VersionOf(IFormCollection form) => int.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0 ? version : null;

    /// <summary>Puts the page of the builder together.</summary>
    internal sealed class Desk(PlanLedger plans, ShowLedger show, CurrentActor me)
    {
        public async Task<IResult> ShowAsync(LedgerDraft draft, string? id, int version, Failure? failure, CancellationToken cancellation)
        {
            if (plans.SourceOf(me.Value, draft.Definition.Source) is not { } source)
            {
                return Refusal.Of(PlanLedger.UnknownSource(draft.Definition.Source));
            }

            draft = source.HasLinesFor(me.Value) ? draft : draft with { Definition = draft.Definition with { OnlyTotals = true } };
            var definition = draft.Definition;

            if (failure is Failure.NotFound)
            {
                return Refusal.Of(failure);
            }

            var shown = await show.ForPreviewAsync(Named(definition), me.Value, cancellation);
            var offer = await source.OfferAsync(me.Value, cancellation);
            var isSummed = PlanLedger.IsSummed(source, definition, me.Value);
            return new RazorComponentResult<LedgerBuilderPage>(new
            {
                Draft = draft, Offer = isSummed ? offer.ForTotals() : offer, CountsAlone = source.SumsFor(me.Value) && !isSummed, HasList = source.HasLinesFor(me.Value), HasShort = !isSummed, Source = Texts.Pick(source.Zh, source.En), Id = id, Version = version,
                Shown = shown.Succeeded ? shown.Value : null, PreviewFailure = shown.Failure, Failure = failure,
            })
            { StatusCode = failure is null ? StatusCodes.Status200OK : Problem.StatusOf(failure) };
        }
    }
}
