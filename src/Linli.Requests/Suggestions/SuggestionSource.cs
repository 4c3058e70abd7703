using Linli.Requests.Catalogue;
using Microsoft.Extensions.Options;

namespace Linli.Requests.Suggestions;

/// <summary>The suggester as it is now: of the catalogue in use, and of the models in use unless they are switched off.</summary>
internal sealed class SuggestionSource(CatalogueReader catalogue, IOptions<RoutingOptions> options)
{
    public async Task<TypeSuggester> NowAsync(CancellationToken cancellation)
    {
        var now = await catalogue.NowAsync(cancellation);
        var asked = options.Value;
        return new TypeSuggester(now, asked.Classifier ? ShippedModel.Value : null, own: null, asked.KnownFrom);
    }
}
