using Linli.Requests.Life;
using Linli.Shell.Clients;

namespace Linli.Requests.Access;

/// <summary>Which requests a program with a key is shown, besides what its area allows.</summary>
internal static class ProgramAccess
{
    /// <summary>Of keys: the list of requests.</summary>
    public const string Scope = "requests.read";

    /// <summary>Of the types of the key; nothing that reporters told in confidence, nothing about staff or organisations.</summary>
    public static IQueryable<ServiceRequest> ShownTo(this IQueryable<ServiceRequest> requests, ApiClient client)
    {
        requests = requests.Where(r => r.Visibility != Visibility.Private && r.AboutOrganisationId == null && r.AboutPersonIndex == null && r.Recused == null);
        var types = client.ServiceTypes?.Split(' ').ToList();
        return types is null ? requests : requests.Where(r => types.Contains(r.ServiceTypeCode));
    }
}
