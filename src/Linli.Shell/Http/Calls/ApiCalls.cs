using Microsoft.AspNetCore.Builder;

namespace Linli.Shell.Http.Calls;

public static class ApiCalls
{
    /// <summary>What holds for every call of the API, once it is known who calls: dated versions, entity tags.</summary>
    public static void UseApiCalls(this IApplicationBuilder app)
    {
        app.UseApiVersions();
        app.UseEntityTags();
    }
}
