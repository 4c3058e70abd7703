using System.Data;
using System.Data.Common;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Linli.Shell.People;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Setup;

/// <summary>Creates the first administrator of a store that has no accounts.</summary>
public sealed class SetUp(LinliDb db, SetupToken token, AddPerson add)
{
    private const int MaxRaces = 20;

    private static Failure Done { get; } = new Failure.Conflict("already_set_up", "已经有账号了，初次设置到此为止。请登录；其他人员由管理员添加。");

    public async Task<bool> IsNeededAsync(CancellationToken cancellation) => !await db.Set<Account>().AnyAsync(cancellation);

    public async Task<Outcome<AddedPerson>> HandleAsync(string? typedToken, PersonInput person, string? password, CancellationToken cancellation)
    {
        if (!token.Is(typedToken))
        {
            return new Failure.Invalid("token", "设置码不对。它在启动邻里的控制台或日志里，每次启动都会换。");
        }

        for (var race = 1; ; race++)
        {
            try
            {
                return await CreateAsync(person, password, cancellation);
            }
            catch (Exception lost) when (race < MaxRaces && lost is DbUpdateException or DbException or InvalidOperationException && !cancellation.IsCancellationRequested)
            {
                // PostgreSQL breaks off all but one of several set-ups at the same moment, and may do so before that one has committed:
                // whoever is broken off looks again. SQLite lets them wait and then see the first.
                db.ChangeTracker.Clear();
                if (!await IsNeededAsync(cancellation))
                {
                    return Done;
                }
            }
        }
    }

    private async Task<Outcome<AddedPerson>> CreateAsync(PersonInput person, string? password, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellation);
        if (!await IsNeededAsync(cancellation))
        {
            return Done;
        }

        var added = await add.HandleAsync(Actor.System, person, [new PostInput(Role.Administrator, null, null)], password ?? "", cancellation);
        if (added.Succeeded)
        {
            await transaction.CommitAsync(cancellation);
        }

        return added;
    }
}
