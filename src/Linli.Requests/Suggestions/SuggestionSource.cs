using Linli.Kernel;
using Linli.Requests.Catalogue;
using Microsoft.Extensions.Options;

namespace Linli.Requests.Suggestions;

/// <summary>The suggester as it is now: of the catalogue in use, and of the models in use unless they are switched off.</summary>
internal sealed class SuggestionSource(LinliDb db, CatalogueReader catalogue, OwnModelShelf models, IOptions<RoutingOptions> options)
{
    public async Task<TypeSuggester> NowAsync(CancellationToken cancellation)
    {
        var now = await catalogue.NowAsync(cancellation);
        var asked = options.Value;
        return asked.Classifier
            ? new TypeSuggester(now, ShippedModel.Value, await models.TakeAsync(db, cancellation), asked.KnownFrom)
            : new TypeSuggester(now, sectors: null, own: null, asked.KnownFrom);
    }

    /// <summary>The suggester as it would be with another own model, or with none.</summary>
    public async Task<TypeSuggester> WithAsync(OwnModel? own, CancellationToken cancellation) =>
        new(await catalogue.NowAsync(cancellation), ShippedModel.Value, own, options.Value.KnownFrom);
}
