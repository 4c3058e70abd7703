using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.Inbox;

public static class InboxServices
{
    /// <summary>Notices for those who sign in.</summary>
    public static IServiceCollection AddLinliInbox(this IServiceCollection services) => services
        .AddScoped<FindRecipients>().AddScoped<Notify>().AddScoped<ReadInbox>().AddScoped<MarkRead>();
}
