using System.Diagnostics.Metrics;
using Linli.Kernel;
using Linli.Shell.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linli.Requests.Access;

/// <summary>
/// Looks whether a secret code is that of a request. The same work and the same answer whether the number is wrong or the code; wrong ones
/// are few for an address, and few for one number from everywhere together, whether or not there is such a number.
/// </summary>
internal sealed class SecretCodes(LinliDb db, CodeSeal seal, Allowances allowances, IOptions<LimitsOptions> limits, IHttpContextAccessor http)
{
    public const string Meter = "Linli.Codes";
    private const int LongestNumber = 20;

    /// <summary>Of no code; looked at with the same work as one that is there.</summary>
    private readonly string _decoy = seal.Of(Guid.Empty, Guid.NewGuid().ToString());
    private static readonly Counter<long> Checked = new Meter(Meter).CreateCounter<long>("linli.codes.checked", description: "Secret codes compared with a hash");

    /// <summary>The request whose code it is, <see cref="Guid.Empty"/> when it is not, or too often.</summary>
    public async Task<Outcome<Guid>> FindAsync(string number, string? code, CancellationToken cancellation)
    {
        var (address, one) = NamesOf(number);
        if (limits.Value.Enabled && (allowances.Take(address, limits.Value.WrongCodes) ?? TakeOrGiveBack(one, address)) is { } wait)
        {
            return TooOften.Of(wait);
        }

        var known = number.Length > LongestNumber ? null
            : await db.Set<ServiceRequest>().AsNoTracking().Where(r => r.Number == number).Select(r => new { r.Id, r.SecretHash }).SingleOrDefaultAsync(cancellation);
        var isRight = seal.IsOf(known?.Id ?? Guid.Empty, code, known?.SecretHash ?? _decoy) && known is not null;
        Checked.Add(1);
        if (isRight && limits.Value.Enabled)
        {
            allowances.GiveBack(address, limits.Value.WrongCodes);
            allowances.GiveBack(one, limits.Value.WrongCodesOfOne);
        }

        return isRight ? known!.Id : Guid.Empty;
    }

    private TimeSpan? TakeOrGiveBack(string one, string address)
    {
        var wait = allowances.Take(one, limits.Value.WrongCodesOfOne);
        if (wait is not null)
        {
            allowances.GiveBack(address, limits.Value.WrongCodes); // was not tried
        }

        return wait;
    }

    private (string Address, string One) NamesOf(string number) =>
        ($"code {(http.HttpContext is { } call ? CallerAddress.Of(call) : "")}", $"code of {(number.Length > LongestNumber ? "none" : number)}");
}
