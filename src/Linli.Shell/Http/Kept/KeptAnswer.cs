using Microsoft.AspNetCore.Builder;

namespace Linli.Shell.Http.Kept;

/// <summary>Marks an endpoint whose answer to somebody unknown depends on the address, the language, the store and the time of day alone.</summary>
/// <param name="Longest">How much behind the time of day it may be.</param>
internal sealed record KeptAnswer(TimeSpan Longest);

public static class KeptAnswerMark
{
    /// <summary>
    /// Answers to somebody unknown are kept while the store stays as it is, and for a short time at most: never older than the last step, whoever took it.
    /// For what very many ask for alike. The endpoint must not look at cookies, keys or headers other than Accept.
    /// </summary>
    /// <param name="builder">The endpoint.</param>
    /// <param name="seconds">How much the answer may be behind the time of day, where that is in it: the last 90 days.</param>
    public static TBuilder IsKept<TBuilder>(this TBuilder builder, int seconds = 1) where TBuilder : IEndpointConventionBuilder
    {
        builder.WithMetadata(new KeptAnswer(TimeSpan.FromSeconds(seconds)));
        return builder;
    }
}
