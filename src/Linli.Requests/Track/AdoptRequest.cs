using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Report;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Track;

/// <summary>A resident with an account takes a request that was filed without it, or on another device, into the account; its secret code proves whose it is.</summary>
internal sealed class AdoptRequest(LinliDb db, SecretCodes codes, TimeProvider time)
{
    private static Failure Wrong { get; } = new Failure.Invalid("code", "编号和查询码对不上。请照着提交时得到的抄写，字母大小写都可以。");

    public async Task<Outcome<string>> HandleAsync(Actor resident, string? number, string? code, CancellationToken cancellation)
    {
        var found = await codes.FindAsync(RequestNumber.Fold(number ?? ""), code ?? "", cancellation);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        // The same answer whether the number is wrong, the code, or the request is somebody else's already.
        var request = found.Value == Guid.Empty ? null : await db.Set<ServiceRequest>().SingleAsync(r => r.Id == found.Value, cancellation);
        if (request is null || (request.ReportedByAccount is { } owner && owner != resident.Id))
        {
            return Wrong;
        }

        db.Entry(request).Property(r => r.ReportedByAccount).CurrentValue = resident.Id;
        await db.CommitAsync(resident.Act("requests.adopt", time.GetUtcNow(), $"request:{request.Id}"), cancellation);
        return request.Number;
    }
}
