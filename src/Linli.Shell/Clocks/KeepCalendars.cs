using Linli.Contracts.Requests;
using Linli.Contracts.Shell;
using Linli.Kernel;
using Linli.Kernel.Clocks;
using Linli.Kernel.People;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.Clocks;

/// <summary>What a change would do.</summary>
public sealed record CalendarPreview(CalendarDraft Draft, DueMoves Moves);

/// <param name="Version">The calendar's version now.</param>
/// <param name="IsChanged">False: it said so already, and nothing was written.</param>
public sealed record CalendarDone(string Code, int Version, bool IsChanged);

/// <summary>Changes the installation's calendars, or only says what a change would do. Open due times are reckoned anew right after it.</summary>
public sealed class KeepCalendars(LinliDb db, CalendarShelf shelf, IEnumerable<IPreviewDueTimes> previews, TimeProvider clock)
{
    /// <param name="seenVersion">The version the caller looked at; null from scripts that take what they find.</param>
    /// <param name="most">How many moved due times are listed.</param>
    public async Task<Outcome<CalendarPreview>> PreviewAsync(string code, CalendarEdit edit, int? seenVersion, int most, CancellationToken cancellation)
    {
        var draft = await TryAsync(code, edit, seenVersion, cancellation);
        if (!draft.Succeeded)
        {
            return draft.Failure;
        }

        var moves = new DueMoves(0, 0, 0, []);
        foreach (var preview in previews)
        {
            var own = await preview.PreviewAsync(draft.Value, most, cancellation);
            moves = new DueMoves(moves.Total + own.Total, moves.Requests + own.Requests, moves.Open + own.Open, [.. moves.Listed.Concat(own.Listed).OrderBy(m => m.Before).Take(most)]);
        }

        return new CalendarPreview(draft.Value, moves);
    }

    public async Task<Outcome<CalendarDone>> MakeAsync(Actor actor, string code, CalendarEdit edit, int? seenVersion, CancellationToken cancellation)
    {
        var tried = await TryAsync(code, edit, seenVersion, cancellation);
        if (!tried.Succeeded)
        {
            return tried.Failure;
        }

        var draft = tried.Value;
        if (draft.IsSame)
        {
            return new CalendarDone(code, draft.Now.VersionOf(code), false);
        }

        var now = clock.GetUtcNow();
        foreach (var touched in draft.Touched)
        {
            db.Add(new CalendarVersion
            {
                Code = touched, Version = draft.Now.VersionOf(touched) + 1, At = now.ToUniversalTime(), ById = actor.Id, ByName = actor.Name,
                WhatZh = draft.What.Zh, WhatEn = draft.What.En, Layer = CalendarDraft.LayerText(draft.After.LayerOf(touched)),
            });
        }

        var version = draft.Now.VersionOf(code) + 1;
        db.Publish(new CalendarChanged(code, version, now));
        try
        {
            await db.CommitAsync(actor.Act(edit is CreateCalendar ? "shell.add-calendar" : "shell.change-calendar", now, code, draft.What.Zh), cancellation);
        }
        catch (DbUpdateException)
        {
            // The same version was written at the same instant by somebody else; anything else is a bug and thrown on.
            db.ChangeTracker.Clear();
            if (await ChangedMeanwhileAsync(code, version - 1, cancellation) is { } refused)
            {
                return refused;
            }

            throw;
        }

        return new CalendarDone(code, version, true);
    }

    private async Task<Outcome<CalendarDraft>> TryAsync(string code, CalendarEdit edit, int? seenVersion, CancellationToken cancellation) =>
        seenVersion is { } seen && edit is not CreateCalendar && await ChangedMeanwhileAsync(code, seen, cancellation) is { } refused
            ? refused
            : CalendarEdits.Try(await shelf.TakeAsync(db, cancellation), code, edit);

    private async Task<Failure?> ChangedMeanwhileAsync(string code, int seen, CancellationToken cancellation) =>
        await db.Set<CalendarVersion>().AsNoTracking().Where(v => v.Code == code && v.Version > seen).OrderByDescending(v => v.Version).FirstOrDefaultAsync(cancellation) is { } last
            ? new Failure.Conflict("calendar_changed_meanwhile", "日历“{0}”刚刚被{1}改过：{2}。请看过最新情况再改。", code, last.ByName, new Wording(last.WhatZh, last.WhatEn))
            : null;
}
