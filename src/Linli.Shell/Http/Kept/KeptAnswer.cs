using Microsoft.AspNetCore.Builder;

namespace Linli.Shell.Http.Kept;

/// <summary>Marks an endpoint whose answer to somebody unknown depends on the address, the language, the store and the time of day alone.</summary>
internal sealed class KeptAnswer
{
    public static KeptAnswer Instance { get; } = new();
}

public static class KeptAnswerMark
{
    /// <summary>
    /// Answers to somebody unknown are kept while the store stays as it is, and for a second at most: never older than the last step, whoever took it.
    /// For what very many ask for alike. The endpoint must not look at cookies, keys or headers other than Accept.
    /// </summary>
    public static TBuilder IsKept<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder
    {
        builder.WithMetadata(KeptAnswer.Instance);
        return builder;
    }
}
