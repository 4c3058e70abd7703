using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Suggestions;

internal static class SuggestionServices
{
    public static IServiceCollection AddSuggestions(this IServiceCollection services)
    {
        services.AddOptions<RoutingOptions>().BindConfiguration("Routing").ValidateOnStart();
        return services.AddSingleton<OwnModelShelf>().AddScoped<LearnFromHistory>().AddScoped<SuggestionSource>().AddScoped<RecordSuggestions>().AddScoped<SuggestForRequest>().AddScoped<SuggestionStatistics>();
    }
}
