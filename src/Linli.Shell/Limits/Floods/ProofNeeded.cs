using Linli.Kernel;
using Linli.Shell.Http;
using Microsoft.AspNetCore.Http;

namespace Linli.Shell.Limits.Floods;

/// <summary>What a program is told during a flood: the problem, and the work to be done before it sends the same again.</summary>
public sealed class ProofNeeded(Held held) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => new Problem(held.Failure, new Dictionary<string, object?>
    {
        ["proof"] = new Work(held.Challenge.Token, held.Challenge.Salt, held.Challenge.Bits),
    }).ExecuteAsync(httpContext);

    private sealed record Work(string Token, string Salt, int Bits);
}
