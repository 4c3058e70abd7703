using Linli.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Linli.Shell.Http;

public static class Endpoints
{
    extension<TBuilder>(TBuilder endpoint) where TBuilder : IEndpointConventionBuilder
    {
        /// <summary>Only for actors with the permission; others are sent to sign in (pages) or refused (API).</summary>
        public TBuilder Requires(Permission permission) => endpoint.RequireAuthorization(permission.Key);

        /// <summary>For everybody, on purpose.</summary>
        public TBuilder Public() => endpoint.AllowAnonymous();
    }

    extension<T>(Outcome<T> outcome) where T : notnull
    {
        /// <summary>200 with the value as JSON, or the problem.</summary>
        public IResult ToHttp() => outcome.Succeeded ? Results.Json(outcome.Value, Json.Plain) : new Problem(outcome.Failure);
    }
}
