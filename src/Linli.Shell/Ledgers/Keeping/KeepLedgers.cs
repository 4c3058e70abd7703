using System.Globalization;
using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Shell.Ledgers.Running;
using Linli.Shell.Ledgers.Timetables;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Ledgers.Keeping;

/// <summary>Saves, changes, shares and removes ledgers. Whoever may see a source may make one of it; only its owner changes it.</summary>
internal sealed class KeepLedgers(LinliDb db, PlanLedger plans, TimeProvider clock)
{
    public const int MostOwn = 200;

    public async Task<Outcome<Ledger>> AddAsync(Actor actor, LedgerDefinition definition, CancellationToken cancellation)
    {
        if (await CheckAsync(actor, definition, cancellation) is { } wrong)
        {
            return wrong;
        }

        if (await db.Set<Ledger>().CountAsync(l => l.OwnerId == actor.Id, cancellation) >= MostOwn)
        {
            return new Failure.Conflict("too_many_ledgers", "您已经有 {0} 个台账，请先删掉不用的。", MostOwn);
        }

        var now = clock.GetUtcNow();
        var ledger = new Ledger { Id = Guid.CreateVersion7(now), OwnerId = actor.Id, Name = definition.Name.Trim(), Definition = Write(definition), ChangedAt = now.ToUniversalTime() };
        db.Add(ledger);
        await db.CommitAsync(actor.Act("ledgers.add", now, $"{ledger.Id}"), cancellation);
        return ledger;
    }

    /// <param name="version">What the caller saw; null does not ask.</param>
    public async Task<Outcome<Ledger>> ChangeAsync(Actor actor, string id, LedgerDefinition definition, int? version, CancellationToken cancellation)
    {
        if (await OwnAsync(actor, id, cancellation) is not { } ledger)
        {
            return FindLedgers.Unknown;
        }

        if (await CheckAsync(actor, definition, cancellation) is { } wrong)
        {
            return wrong;
        }

        if (version is { } seen && seen != ledger.Version)
        {
            return Changed;
        }

        (ledger.Name, ledger.Definition) = (definition.Name.Trim(), Write(definition));
        return await CommitAsync(ledger, actor, "ledgers.change", cancellation);
    }

    public async Task<Outcome<Ledger>> ShareAsync(Actor actor, string id, LedgerSharing sharing, CancellationToken cancellation)
    {
        if (await OwnAsync(actor, id, cancellation) is not { } ledger)
        {
            return FindLedgers.Unknown;
        }

        var (roles, organisations) = ((sharing.Roles ?? []).Distinct().ToList(), (sharing.Organisations ?? []).Distinct().ToList());
        if (roles.Any(r => !Enum.IsDefined(r)) || organisations.Count > 50)
        {
            return new Failure.Invalid("roles", "没有这种岗位，或单位太多。");
        }

        var isWide = ShellPermissions.ShareLedgers.IsHeldBy(actor);
        if (!isWide && (sharing.ForAll || roles.Count > 0))
        {
            return new Failure.Forbidden("您可以共享给自己的单位；共享给某种岗位或所有人，请找管理员、督办员或统计员。");
        }

        var known = await db.Set<Organisation>().Where(o => organisations.Contains(o.Id)).Select(o => o.Id).ToListAsync(cancellation);
        if (known.Count != organisations.Count || (!isWide && organisations.Except(actor.OwnOrganisations).Any()))
        {
            return new Failure.Invalid("organisations", "只能共享给自己的单位，或没有这个单位。");
        }

        (ledger.IsForAll, ledger.SharedRoles, ledger.SharedOrganisations) = (sharing.ForAll, [.. roles.Select(r => $"{r}")], [.. organisations.Select(o => $"{o}")]);
        return await CommitAsync(ledger, actor, "ledgers.share", cancellation);
    }

    public async Task<Outcome<Ledger>> ScheduleAsync(Actor actor, string id, LedgerTimetable timetable, CancellationToken cancellation)
    {
        if (await OwnAsync(actor, id, cancellation) is not { } ledger)
        {
            return FindLedgers.Unknown;
        }

        List<FieldProblem> problems = [];
        if (!TimeOnly.TryParseExact(timetable.At?.Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
        {
            problems.Add(new("at", "时间请写成 08:30。"));
        }

        if (!Enum.IsDefined(timetable.Kind) || !Enum.IsDefined(timetable.Format))
        {
            problems.Add(new("kind", "没有这种安排。"));
        }

        if (timetable.Day < 1 || timetable.Day > (timetable.Kind == TimetableKind.Monthly ? 31 : 7))
        {
            problems.Add(new("day", timetable.Kind == TimetableKind.Monthly ? "每月的哪一天，写 1 到 31。" : "星期几，写 1（星期一）到 7。"));
        }

        if (problems.Count > 0)
        {
            return new Failure.Invalid(problems);
        }

        (ledger.Timetable, ledger.TimetableDay, ledger.TimetableMinutes, ledger.TimetableFormat, ledger.IsStopped) =
            (timetable.Kind, timetable.Day, (at.Hour * 60) + at.Minute, timetable.Format, false);
        NextTime.Set(ledger, LocalTime.Of(clock.GetUtcNow()), await plans.CalendarAsync(cancellation));
        return await CommitAsync(ledger, actor, "ledgers.schedule", cancellation);
    }

    public async Task<Outcome<string>> RemoveAsync(Actor actor, string id, CancellationToken cancellation)
    {
        if (await OwnAsync(actor, id, cancellation) is not { } ledger)
        {
            return FindLedgers.Unknown;
        }

        db.Remove(ledger);
        await db.CommitAsync(actor.Act("ledgers.remove", clock.GetUtcNow(), $"{ledger.Id}"), cancellation);
        return id;
    }

    private static Failure Changed { get; } = new Failure.Conflict("changed", "这个台账刚被改过。请看过新的再改。");

    private async Task<Failure?> CheckAsync(Actor actor, LedgerDefinition definition, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return (await plans.HandleAsync(definition, new LedgerOccasion(actor, now, DateOnly.FromDateTime(LocalTime.Of(now).DateTime)), cancellation)).Failure;
    }

    private Task<Ledger?> OwnAsync(Actor actor, string id, CancellationToken cancellation) =>
        Guid.TryParse(id, out var key) ? db.Set<Ledger>().SingleOrDefaultAsync(l => l.Id == key && l.OwnerId == actor.Id, cancellation) : Task.FromResult<Ledger?>(null);

    private async Task<Outcome<Ledger>> CommitAsync(Ledger ledger, Actor actor, string verb, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        (ledger.ChangedAt, ledger.Version) = (now.ToUniversalTime(), ledger.Version + 1);
        try
        {
            await db.CommitAsync(actor.Act(verb, now, $"{ledger.Id}"), cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Changed;
        }

        return ledger;
    }

    private static string Write(LedgerDefinition definition) => JsonSerializer.Serialize(definition, Json.Plain);
}
