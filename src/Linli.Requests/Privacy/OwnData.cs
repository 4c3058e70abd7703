using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Requests.Life;
using Linli.Requests.Read;
using Linli.Requests.Report;
using Linli.Requests.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linli.Requests.Privacy;

/// <summary>Everything that Linli holds about the reporter of one request, for the reporter.</summary>
/// <param name="Contact">In the open.</param>
/// <param name="Originals">Texts as they were written, where numbers in them are masked elsewhere: by field.</param>
/// <param name="KeptUntil">When it will be anonymised if nothing happens any more; absent while it is open.</param>
/// <param name="IsHeld">The law keeps it for longer.</param>
/// <param name="AboutPerson">The member of staff that it is about, as the reporter wrote it.</param>
public sealed record OwnExport(
    RequestView Request, OpenContact? Contact, IReadOnlyDictionary<string, string> Originals, IReadOnlyList<UnmaskingView> WhoLooked,
    DateTimeOffset? KeptUntil, bool IsHeld, DateTimeOffset? DeletionDueAt, string? AboutPerson);

/// <summary>What came of a wish about one's own data.</summary>
public sealed record OwnDataState(string Number, DateTimeOffset? DeletionDueAt, bool HasContact);

/// <summary>The rights of the person concerned (PIPL, articles 44 to 47): read and take along, correct, delete; by secret code or account.</summary>
internal sealed class OwnData(
    LinliDb db, StepRunner steps, ReadRequest read, OpenParts open, ContactVault contacts, CatalogueReader catalogue, AnonymiseRequests anonymise, IOptions<PrivacyOptions> options, TimeProvider time)
{
    /// <summary>All of it: what is left out is removed.</summary>
    public sealed record ContactInput(string? Name, string? Phone, string? Email, string? Home, string? OtherContact, string? Language);

    /// <param name="IsConfirmed">True: it is meant.</param>
    public sealed record DeletionInput(bool? IsConfirmed);

    internal static Failure NotConfirmed { get; } = new Failure.Invalid("isConfirmed", "删除以后不能恢复，编号和查询码也不能再用。确定要删除，请勾选确认。");

    public async Task<Outcome<OwnExport>> ExportAsync(string number, Caller caller, CancellationToken cancellation)
    {
        var found = await OfReporterAsync(number, caller, cancellation);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var request = found.Value;
        var view = await read.RunAsync(number, new Caller(Kernel.People.Actor.Anonymous, new HashSet<Guid> { request.Id }), cancellation);
        if (!view.Succeeded)
        {
            return view.Failure;
        }

        await db.CommitAsync(caller.Actor.Act("privacy.export", time.GetUtcNow(), number), cancellation);
        var type = await catalogue.TypeAsync(request.ServiceTypeCode, cancellation);
        return new OwnExport(
            view.Value, await open.ContactAsync(request.Id, cancellation), await open.WordsAsync(request.Id, cancellation), await open.WhoLookedAsync(request.Id, withNames: false, cancellation),
            request.State.IsOpen() ? null : request.UpdatedAt.AddMonths(anonymise.MonthsOf(type)), await IsHeldAsync(request, cancellation), request.DeletionDueAt, contacts.AboutOf(request));
    }

    /// <summary>Corrects how to reach the reporter, or removes it.</summary>
    public async Task<Outcome<OwnDataState>> ChangeContactAsync(string number, ContactInput input, Caller caller, CancellationToken cancellation)
    {
        var found = await OfReporterAsync(number, caller, cancellation);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var request = found.Value;
        var given = new OpenContact(input.Name, input.Phone, input.Email, input.Home, input.OtherContact);
        var problems = new List<FieldProblem>();
        ContactCheck.Add(given, request.State.IsOpen() ? await catalogue.TypeAsync(request.ServiceTypeCode, cancellation) : null, problems);
        if (problems.Count > 0)
        {
            return new Failure.Invalid(problems);
        }

        var known = await db.Set<ReporterContact>().SingleOrDefaultAsync(c => c.RequestId == request.Id, cancellation);
        var anew = contacts.Seal(request.Id, given, input.Language ?? known?.Language);
        if (known is not null && anew is null)
        {
            db.Remove(known);
        }
        else if (known is not null)
        {
            contacts.Seal(known, given);
        }
        else if (anew is not null)
        {
            db.Add(anew);
        }

        await db.CommitAsync(caller.Actor.Act(anew is null ? "privacy.remove-contact" : "privacy.correct-contact", time.GetUtcNow(), number), cancellation);
        return new OwnDataState(number, request.DeletionDueAt, anew is not null);
    }

    /// <summary>Asks for all of it to be deleted, once it has ended; done after a few days in which the reporter can think again.</summary>
    public async Task<Outcome<OwnDataState>> DeleteAsync(string number, DeletionInput input, Caller caller, CancellationToken cancellation)
    {
        var found = await OfReporterAsync(number, caller, cancellation);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var request = found.Value;
        if (await WhyNotAsync(request, cancellation) is { } refused)
        {
            return refused;
        }

        if (input.IsConfirmed != true)
        {
            return NotConfirmed;
        }

        return await WishAsync(request, request.DeletionDueAt ?? time.GetUtcNow().ToUniversalTime().AddDays(options.Value.DeletionWaitDays), "privacy.ask-deletion", caller, cancellation);
    }

    public async Task<Outcome<OwnDataState>> KeepAsync(string number, Caller caller, CancellationToken cancellation)
    {
        var found = await OfReporterAsync(number, caller, cancellation);
        return found.Succeeded ? await WishAsync(found.Value, null, "privacy.keep", caller, cancellation) : found.Failure;
    }

    private async Task<OwnDataState> WishAsync(ServiceRequest request, DateTimeOffset? dueAt, string verb, Caller caller, CancellationToken cancellation)
    {
        request.DeletionDueAt = dueAt;
        await db.CommitAsync(caller.Actor.Act(verb, time.GetUtcNow(), request.Number), cancellation);
        return new OwnDataState(request.Number, dueAt, await db.Set<ReporterContact>().AnyAsync(c => c.RequestId == request.Id, cancellation));
    }

    /// <summary>What has to stay, and why.</summary>
    private async Task<Failure?> WhyNotAsync(ServiceRequest request, CancellationToken cancellation) =>
        request.State.IsOpen() ? new Failure.Conflict("deletion_while_open", "诉求 {0} 还在办理，办理要用这些内容。您可以先撤回它，或者等办结以后再删；联系方式现在就能更正或删除。", request.Number)
        : await IsHeldAsync(request, cancellation) ? new Failure.Conflict("deletion_while_held", "诉求 {0} 依法需要保全（例如有争议或者正在调查），现在不能删除。保全解除后会按保存期限删除。", request.Number)
        : null;

    private Task<bool> IsHeldAsync(ServiceRequest request, CancellationToken cancellation) =>
        db.Set<LegalHold>().AnyAsync(h => h.LiftedAt == null && (h.RequestId == request.Id || h.RequestId == request.MergedIntoId), cancellation);

    /// <summary>Only for whoever has shown to be the reporter; anybody else is not told that it exists.</summary>
    private async Task<Outcome<ServiceRequest>> OfReporterAsync(string number, Caller caller, CancellationToken cancellation) =>
        await steps.LoadAsync(number, caller, cancellation) is { AnonymisedAt: null } request && RequestAccess.PartiesOf(caller, request).HasFlag(Party.Reporter) && !caller.Actor.IsStaff
            ? request
            : StepRunner.Unknown(number);
}
