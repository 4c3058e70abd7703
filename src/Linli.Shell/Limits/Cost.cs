using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Linli.Shell.Limits;

/// <summary>What a call costs; each kind has a limit of its own.</summary>
public enum Cost
{
    /// <summary>Nothing that is worth counting: a probe.</summary>
    None,
    Reading,
    Searching,
    Changing,
    Reporting,
    Uploading,
    Exporting,

    /// <summary>Signing in; only what is refused counts, and always for the address.</summary>
    SigningIn,
}

public static class CostRules
{
    extension<TBuilder>(TBuilder endpoint) where TBuilder : IEndpointConventionBuilder
    {
        /// <summary>Says what a call costs, where it is more than a page to read or a change to make.</summary>
        public TBuilder Costs(Cost cost) => endpoint.WithMetadata(new Charged(cost));
    }

    internal static Cost Of(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<Charged>()?.Cost
        ?? (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || HttpMethods.IsOptions(context.Request.Method) ? Cost.Reading : Cost.Changing);

    internal sealed record Charged(Cost Cost);
}
