using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Linli.Kernel;
using Linli.Kernel.Privacy;
using Linli.Requests.Access;
using Linli.Requests.Life;
using Linli.Requests.Privacy;
using Linli.Requests.Steps;
using Linli.Kernel.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Linli.Requests.Report;

/// <summary>What came before under the same idempotency key: sent twice is the same, and answered with the same.</summary>
internal sealed class SentBefore(LinliDb db)
{
    /// <summary>Asked with each report of a program; compiled once for each engine.</summary>
    private static readonly ConditionalWeakTable<IModel, Func<LinliDb, string, CancellationToken, Task<Known?>>> ByKey = [];

    public static Failure Used(string number) => new Failure.Conflict(
        "key_used", "刚才已经收到您的一件诉求，编号 {0}，内容和现在的不一样。要补充，请凭编号查进展后补充情况；要另报一件，请重新打开提交页面；程序请换一个新的幂等键。", number);

    /// <summary>The client's key, or one made up for a client that has none.</summary>
    public static Outcome<string> KeyOf(string? given) =>
        string.IsNullOrWhiteSpace(given) ? Convert.ToHexString(RandomNumberGenerator.GetBytes(16))
        : given.Trim() is { Length: >= 16 and <= 100 } key ? key
        : new Failure.Invalid("idempotencyKey", "幂等键要有 16 到 100 个字符，现在是 {0} 个。", given.Trim().Length);

    /// <summary>Sent twice is the same, and answered with the same; something else under the same key must not get lost without a word.</summary>
    public async Task<Outcome<ReportRequest.Receipt>?> AnswerAsync(string? said, string key, string keyHash, CancellationToken cancellation)
    {
        if (await FindAsync(keyHash, key, cancellation) is not { } known)
        {
            return null;
        }

        var text = Check.Clean(said) is { } words ? PersonalNumbers.Mask(words) : null;
        return await db.Set<ServiceRequest>().AnyAsync(r => r.Id == known.Id && r.Text == text, cancellation) ? known : Used(known.Number);
    }

    /// <summary>What the key was answered with before.</summary>
    public async Task<ReportRequest.Receipt?> FindAsync(string keyHash, string key, CancellationToken cancellation) =>
        await ByKey.GetValue(db.Model, _ => EF.CompileAsyncQuery((LinliDb store, string hash, CancellationToken _) =>
                store.Set<ServiceRequest>().Where(r => r.IdempotencyHash == hash).Select(r => new Known(r.Id, r.Number, r.State)).SingleOrDefault()))(db, keyHash, cancellation) is { } known
            ? new ReportRequest.Receipt(known.Id, known.Number, SecretCode.From(key, known.Id), known.State)
            : null;

    private sealed record Known(Guid Id, string Number, RequestState State);
}
