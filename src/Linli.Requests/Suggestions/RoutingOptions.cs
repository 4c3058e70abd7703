namespace Linli.Requests.Suggestions;

/// <summary>How much Linli suggests by itself; configuration section <c>Routing</c>.</summary>
public sealed class RoutingOptions
{
    /// <summary>False: no classifier is asked; types are suggested by the catalogue's keywords alone.</summary>
    public bool Classifier { get; set; } = true;

    /// <summary>Below this probability Linli says that it does not know, 0 to 1.</summary>
    public double KnownFrom { get; set; } = 0.5;
}
