using Linli.Shell.Background;
using Linli.Shell.Organisations;
using Linli.Shell.People.Invitations;
using Linli.Shell.People.Deputies;
using Linli.Shell.Setup;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.People;

public static class PeopleServices
{
    /// <summary>Who works here and for whom: people, posts, organisations, and the first administrator.</summary>
    public static IServiceCollection AddLinliPeople(this IServiceCollection services) => services
        .AddScoped<InvitePerson>().AddScoped<InvitationEndpoints.Desk>().AddScoped<ReadPeople>().AddScoped<AddPerson>().AddScoped<ChangePerson>().AddScoped<ChangePosts>().AddScoped<GiveCode>()
        .AddScoped<MakeAppointment>().AddScoped<LastAdministrator>().AddScoped<AdministratorReach>().AddScoped<PostChoices>().AddScoped<PeoplePages.Desk>().AddScoped<FoundAccounts>()
        .AddScoped<TellOfEndingPosts>().AddPeriodicWork<TellOfEndingPosts>(TimeSpan.FromHours(6), (tell, cancellation) => tell.RunAsync(cancellation))
        .AddScoped<KeepDeputies>().AddScoped<ReadDeputies>().AddScoped<DeputyPages.Desk>()
        .AddScoped<ReadOrganisations>().AddScoped<KeepOrganisations>()
        .AddSingleton<SetupToken>().AddScoped<SetUp>().AddHostedService<AnnounceSetup>();
}
