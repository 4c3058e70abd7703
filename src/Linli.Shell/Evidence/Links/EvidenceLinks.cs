using System.Buffers.Binary;
using System.Security.Cryptography;
using Linli.Kernel.Evidence;
using Linli.Shell.Accounts;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.Evidence.Links;

/// <summary>
/// Links to one file for minutes, for where no cookie is: another program, a colleague's message. Sealed with the installation's keys, bound to
/// the file, to whoever made it and to that person's session: whoever opens it sees the file only while its maker still may,
/// so that a lost post, a moved request, a changed password or signing out ends it before its time.
/// </summary>
internal sealed class EvidenceLinks(IDataProtectionProvider protection, TimeProvider clock)
{
    public const int DefaultMinutes = 10;
    public const int MostMinutes = 60;
    private const int Length = 16 + 16 + 16 + 8;

    private readonly IDataProtector _seal = protection.CreateProtector("linli.evidence.link.1");

    public string Make(Guid file, Guid maker, Guid session, DateTimeOffset until) =>
        WebEncoders.Base64UrlEncode(_seal.Protect([.. file.ToByteArray(), .. maker.ToByteArray(), .. session.ToByteArray(), .. Ticks(until)]));

    /// <summary>Lets the call go on as the one who made the link; false, and nothing is changed, when it is not good (any more).</summary>
    public async Task<bool> EnterAsync(string key, EvidenceFile file, HttpContext call, CancellationToken cancellation)
    {
        if (Open(key) is not { Length: Length } open || new Guid(open.AsSpan(0, 16)) != file.Id || BinaryPrimitives.ReadInt64BigEndian(open.AsSpan(48)) < clock.GetUtcNow().UtcTicks)
        {
            return false;
        }

        var (maker, session) = (new Guid(open.AsSpan(16, 16)), new Guid(open.AsSpan(32, 16)));
        if (await call.RequestServices.GetRequiredService<LoadActor>().FindAsync(maker, session, cancellation) is not { } found)
        {
            return false;
        }

        call.RequestServices.GetRequiredService<CurrentActor>().Value = found.Actor;
        return true;
    }

    private byte[]? Open(string key)
    {
        try
        {
            return key.Length <= 1_000 ? _seal.Unprotect(WebEncoders.Base64UrlDecode(key)) : null;
        }
        catch (Exception forged) when (forged is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private static byte[] Ticks(DateTimeOffset time)
    {
        var ticks = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(ticks, time.UtcTicks);
        return ticks;
    }
}
