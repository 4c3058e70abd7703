using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Requests.Dispatch;
using Linli.Requests.Life;
using Linli.Requests.Owners;
using Linli.Requests.Read;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Suggestions;

/// <summary>What Linli suggests to those who dispatch a request: what it is, where, and who should handle it, each with its reason.</summary>
/// <param name="Type">Code of its type now.</param>
/// <param name="Types">What it seems to be about.</param>
/// <param name="Area">Code of where it is, as far as that is known.</param>
/// <param name="Owner">Whom the table of responsibilities names for its type as it is now.</param>
public sealed record RequestSuggestions(string Type, SuggestionsAnswer Types, string? Area, string? Address, OwnerAnswer Owner);

/// <summary>Gathers what is suggested for one request.</summary>
internal sealed class SuggestForRequest(LinliDb db, ReadRequest read, SuggestionSource source, ProposeOrganisation propose, CatalogueReader catalogue, Texts texts)
{
    /// <returns>Refused to whoever may not dispatch or decide it now.</returns>
    public async Task<Outcome<RequestSuggestions>> RunAsync(string number, Caller caller, CancellationToken cancellation)
    {
        var view = await read.RunAsync(number, caller, cancellation);
        if (!view.Succeeded)
        {
            return view.Failure;
        }

        if (!view.Value.Steps.Any(s => s is Step.Dispatch or Step.Decide))
        {
            return new Failure.Forbidden("诉求 {0} 现在不由您派单或裁定。", number);
        }

        var request = await db.Set<ServiceRequest>().AsNoTracking().SingleAsync(r => r.Number == number, cancellation);
        var type = await catalogue.TypeAsync(request.ServiceTypeCode, cancellation);
        var group = (await catalogue.NowAsync(cancellation)).Group(type.GroupCode)!;
        var owner = OwnerAnswer.Of(await propose.RunAsync(number, cancellation), type, group, texts);
        return new RequestSuggestions(type.Code, SuggestionsAnswer.Of((await source.NowAsync(cancellation)).Of(request)), request.AreaCode, request.Address, owner);
    }
}
