using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.People;

/// <summary>An installation always keeps somebody who can let others in, everywhere in it: administrators of a part do not count.</summary>
public sealed class LastAdministrator(LinliDb db, TimeProvider clock)
{
    /// <param name="account">Who would lose the account, or the appointment.</param>
    /// <param name="exceptAppointment">The one appointment that would end; null for all of the account's.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<Failure?> RefusesLossOfAsync(Guid account, Guid? exceptAppointment, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var administrators = db.Set<Appointment>().Where(p => p.Role == Role.Administrator && p.From <= now && p.Until == null)
            .Where(p => p.AreaCode == "" || db.Set<Area>().Any(a => a.Code == p.AreaCode && a.ParentCode == null))
            .Where(p => db.Set<Account>().Any(a => a.Id == p.AccountId && a.IsActive));
        var isLoss = await administrators.AnyAsync(p => p.AccountId == account && (exceptAppointment == null || p.Id == exceptAppointment), cancellation);
        var others = await administrators.AnyAsync(p => exceptAppointment == null ? p.AccountId != account : p.Id != exceptAppointment, cancellation);
        return isLoss && !others
            ? new Failure.Conflict("last_administrator", "这是最后一位负责全县的管理员，不能停用或免去。请先任命另一位。")
            : null;
    }
}
