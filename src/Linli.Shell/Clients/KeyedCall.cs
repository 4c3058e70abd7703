using Microsoft.AspNetCore.Builder;

namespace Linli.Shell.Clients;

/// <summary>
/// The endpoint goes by a key in the call and looks at no cookie: whoever is signed in here lends it nothing, so another site may not be kept
/// out of it, and browsers of other sites may read its answers.
/// </summary>
public sealed record KeyedCall;

public static class KeyedCalls
{
    extension<TBuilder>(TBuilder endpoint) where TBuilder : IEndpointConventionBuilder
    {
        public TBuilder TakesKey() => endpoint.WithMetadata(new KeyedCall());
    }
}
