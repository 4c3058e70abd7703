using System.Globalization;
using Linli.Kernel;
using Linli.Shell.Accounts;
using Linli.Shell.Http;
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
    /// <summary>Columns that a new ledger begins with.</summary>
    private const int Usual = 6;

    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/new", NewAsync);
        pages.MapPost("/new", AddAsync);
        pages.MapPost("/draft", DraftAsync).Costs(Cost.Searching);
        pages.MapPost("/preview", PreviewAsync).Costs(Cost.Searching);
        pages.MapGet("/{id}/edit", EditAsync);
        pages.MapPost("/{id}/edit", ChangeAsync);
    }

    /// <summary>From nothing, from another ledger (from=), or from a list on screen: source and filters as that list has them in its address.</summary>
    private static async Task<IResult> NewAsync(string? source, string? from, HttpContext http, PlanLedger plans, FindLedgers find, Desk desk, CurrentActor me, CancellationToken cancellation)
    {
        if (from is not null)
        {
            var found = await find.OneAsync(me.Value, from, cancellation);
            return found.Succeeded ? await desk.ShowAsync(found.Value.Definition with { Name = Texts.Pick(found.Value.Definition.Name, found.Value.Definition.NameEn), NameEn = null }, null, 0, null, cancellation) : Refusal.Of(found.Failure);
        }

        if (source is null || plans.SourceOf(me.Value, source) is not { } known)
        {
            return new RazorComponentResult<LedgerSourcesPage>(new { Sources = (IReadOnlyList<ILedgerSource>)[.. plans.SourcesOf(me.Value)] });
        }

        var offer = await known.OfferAsync(me.Value, cancellation);
        var filters = offer.Filters.Select(f => (f, Value: http.Request.Query[f.Key].ToString()))
            .Where(f => f.Value.Length is > 0 and <= 100 && (f.f.Options is null || f.f.Options.Any(o => o.Value == f.Value))).ToDictionary(f => f.f.Key, f => f.Value);
        return await desk.ShowAsync(new LedgerDefinition { Source = source, Columns = [.. offer.Columns.Take(Usual).Select(c => new LedgerColumnSpec(c.Key))], Filters = filters }, null, 0, null, cancellation);
    }

    private static async Task<IResult> AddAsync(IFormCollection form, KeepLedgers keep, Desk desk, CurrentActor me, CancellationToken cancellation)
    {
        var definition = LedgerForm.Read(form);
        var added = await keep.AddAsync(me.Value, definition, cancellation);
        return added.Succeeded ? Results.LocalRedirect($"{LedgerPages.Address}/{added.Value.Id}?done=true") : await desk.ShowAsync(definition, null, 0, added.Failure, cancellation);
    }

    private static async Task<IResult> EditAsync(string id, FindLedgers find, Desk desk, CurrentActor me, CancellationToken cancellation)
    {
        var found = await find.OneAsync(me.Value, id, cancellation);
        return found is { Succeeded: true, Value.IsOwn: true } ? await desk.ShowAsync(found.Value.Definition, id, found.Value.Version, null, cancellation) : Refusal.Of(found.Failure ?? FindLedgers.Unknown);
    }

    private static async Task<IResult> ChangeAsync(string id, IFormCollection form, KeepLedgers keep, Desk desk, CurrentActor me, CancellationToken cancellation)
    {
        var definition = LedgerForm.Read(form);
        var version = VersionOf(form);
        var changed = await keep.ChangeAsync(me.Value, id, definition, version, cancellation);
        return changed.Succeeded ? Results.LocalRedirect($"{LedgerPages.Address}/{Uri.EscapeDataString(id)}?done=true") : await desk.ShowAsync(definition, id, version ?? 0, changed.Failure, cancellation);
    }

    private static async Task<IResult> DraftAsync(IFormCollection form, PlanLedger plans, Desk desk, CurrentActor me, CancellationToken cancellation)
    {
        var definition = LedgerForm.Read(form);
        if (plans.SourceOf(me.Value, definition.Source) is not { } source)
        {
            return Refusal.Of(PlanLedger.UnknownSource(definition.Source));
        }

        var offer = await source.OfferAsync(me.Value, cancellation);
        return await desk.ShowAsync(LedgerForm.Do(definition, form, offer), form["id"].ToString() is { Length: > 0 and < 60 } id ? id : null, VersionOf(form) ?? 0, null, cancellation);
    }

    private static async Task<IResult> PreviewAsync(IFormCollection form, ShowLedger show, CurrentActor me, CancellationToken cancellation)
    {
        var definition = LedgerForm.Read(form);
        var shown = await show.ForPreviewAsync(Named(definition), me.Value, cancellation);
        return new RazorComponentResult<LedgerPreview>(new { Shown = shown.Succeeded ? shown.Value : null, shown.Failure, IsOnlyTotals = definition.OnlyTotals });
    }

    /// <summary>While it has no name yet, there is a preview all the same.</summary>
    private static LedgerDefinition Named(LedgerDefinition definition) => definition.Name.Length > 0 ? definition : definition with { Name = Texts.Pick("台账", "Ledger") };

    private static int? VersionOf(IFormCollection form) => int.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0 ? version : null;

    /// <summary>Puts the page of the builder together.</summary>
    internal sealed class Desk(PlanLedger plans, ShowLedger show, CurrentActor me)
    {
        public async Task<IResult> ShowAsync(LedgerDefinition definition, string? id, int version, Failure? failure, CancellationToken cancellation)
        {
            if (plans.SourceOf(me.Value, definition.Source) is not { } source)
            {
                return Refusal.Of(PlanLedger.UnknownSource(definition.Source));
            }

            if (failure is Failure.NotFound)
            {
                return Refusal.Of(failure);
            }

            var shown = await show.ForPreviewAsync(Named(definition), me.Value, cancellation);
            return new RazorComponentResult<LedgerBuilderPage>(new
            {
                D = definition, Offer = await source.OfferAsync(me.Value, cancellation), Source = Texts.Pick(source.Zh, source.En), Id = id, Version = version,
                Shown = shown.Succeeded ? shown.Value : null, PreviewFailure = shown.Failure, Failure = failure,
            })
            { StatusCode = failure is null ? StatusCodes.Status200OK : Problem.StatusOf(failure) };
        }
    }
}
