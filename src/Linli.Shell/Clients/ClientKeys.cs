using System.Security.Cryptography;
using System.Text;
using Linli.Kernel;
using Linli.Shell.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Clients;

/// <summary>Whose key a call carries, and whether it may make this call now.</summary>
public sealed class ClientKeys(LinliDb db, ClientShelf shelf, Allowances allowances, TimeProvider clock)
{
    /// <summary>Wrong keys of one address in ten minutes.</summary>
    private const int MostWrong = 60;
    private const int Bytes = 20;

    internal static Failure Missing { get; } = new Failure.Forbidden("缺少密钥。请带上参数 api_key；没有密钥，请向本地的管理员申请。");

    /// <summary>Unknown, withdrawn, ended: told alike, so that nobody learns which keys there have been.</summary>
    internal static Failure Wrong { get; } = new Failure.Forbidden("密钥不对，或者已经停用、过期。请核对，或向本地的管理员换一个新的。");

    /// <summary>160 bits in letters that survive a telephone call; begins with a mark that scanners for leaked secrets know.</summary>
    public static string New() => "linli_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Enough bits that nothing slow is needed to keep it.</summary>
    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <param name="key">As the caller sent it.</param>
    /// <param name="scope">What the call needs; null for what everybody may.</param>
    /// <param name="call">Where it comes from.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<Outcome<ApiClient>> FindAsync(string? key, string? scope, HttpContext call, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(key))
        {
            return Missing;
        }

        var hash = Hash(key.Trim());
        var now = clock.GetUtcNow();
        if (await shelf.FindAsync(db, hash, cancellation) is not { } client || !client.IsValidAt(now))
        {
            // Only wrong ones are held up: a right key is no guess, whoever else calls from the same address.
            return allowances.Take($"wrong keys {CallerAddress.Of(call)}", MostWrong) is { } pause ? new Failure.TooMany("错误的密钥太多。请稍后再试。", pause) : Wrong;
        }

        if (shelf.IsToBeTouched(client, now))
        {
            await db.Set<ApiClient>().Where(c => c.Id == client.Id && (c.UsedAt == null || c.UsedAt < now)).ExecuteUpdateAsync(set => set.SetProperty(c => c.UsedAt, now), cancellation);
        }

        if (scope is not null && !client.May(scope))
        {
            return new Failure.Forbidden("这个密钥不能做这件事。需要的话，请向本地的管理员申请。");
        }

        var most = checked(client.Rate * (int)Allowances.Window.TotalMinutes);
        return allowances.Take($"client {client.Id:N}", most) is { } wait
            ? new Failure.TooMany("这个密钥调用得太频繁，每分钟最多 {0} 次。请按 Retry-After 稍后再发。", wait, client.Rate)
            : client;
    }
}
