using System.Net;
using Linli.Kernel;
using Linli.Shell.Accounts;
using Linli.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.Tests.Accounts;

/// <summary>Tries to sign in from an address of one's own choice, without a cookie.</summary>
internal static class Elsewhere
{
    public static async Task<Outcome<Account>> SignInFromAsync(this Town town, string address, string login, string password)
    {
        await using var scope = town.Services.CreateAsyncScope();
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = context;
        return await scope.ServiceProvider.GetRequiredService<SignIn>().HandleAsync(login, password, CancellationToken.None);
    }

    public static string AddressOf(int number) => $"198.18.{number / 250}.{(number % 250) + 1}";
}
