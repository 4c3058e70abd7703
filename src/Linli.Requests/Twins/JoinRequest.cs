using Linli.Contracts.Requests;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Requests.Clocks;
using Linli.Requests.Life;
using Linli.Requests.Photos;
using Linli.Requests.Privacy;
using Linli.Requests.Report;
using Linli.Requests.Search;
using Linli.Requests.Steps;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Twins;

/// <summary>
/// 我也遇到: somebody joins a request that is there instead of filing a new one. What they get is a request of their own that follows it
/// from the first moment: a number and a code, every step told, a grade of their own; and if the lead is withdrawn it stands alone.
/// </summary>
internal sealed class JoinRequest(
    LinliDb db, StepRunner steps, ReportRequest reports, Timekeeping timekeeping, CatalogueReader catalogue, PhotoShelf photos, SixDigits digits, TimeProvider time, Texts texts, ContactVault contacts, KeepOriginals originals, CodeSeal seal, FindConcerned concerned)
{
    /// <param name="Text">What the joiner wants to add, in their words.</param>
    /// <param name="IdempotencyKey">Any text of 16 to 100 characters that the client makes up once.</param>
    public sealed record Input(
        string? Text, string? Name, string? Phone, string? Email, string? Language, IReadOnlyList<Guid>? Photos, string? IdempotencyKey, Channel? Channel = null);

    /// <summary>What is resolved and still there is a new matter, or is reopened by its reporter.</summary>
    public static bool IsPossible(RequestState state) => state.IsOpen() && state is not (RequestState.Resolved or RequestState.Verified);

    public async Task<Outcome<ReportRequest.Receipt>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation)
    {
        var key = SentBefore.KeyOf(input.IdempotencyKey);
        if (!key.Succeeded)
        {
            return key.Failure;
        }

        var keyHash = SecretCode.HashOfKey(key.Value, caller.Actor);
        if (await reports.FindAsync(keyHash, key.Value, cancellation) is { } known)
        {
            return await IsSameAsync(known.Id, number, input, cancellation) ? known : SentBefore.Used(known.Number);   // the second click, or something else
        }

        var problems = new List<FieldProblem>();
        if (input.Text?.Length > ReportRequest.MostText)
        {
            problems.Add(new("text", "这里最多写 {0} 个字，现在是 {1} 个字。请缩短。", ReportRequest.MostText, input.Text.Length));
        }

        ContactCheck.Add(new OpenContact(input.Name, input.Phone, input.Email, null, null), null, problems);
        if (problems.Count > 0)
        {
            return new Failure.Invalid(problems);
        }

        return await Contended.TryAsync(isLast => TryAsync(number, input, caller, key.Value, keyHash, isLast, cancellation), cancellation);
    }

    /// <summary>A key of something else brings no receipt.</summary>
    private Task<bool> IsSameAsync(Guid known, string number, Input input, CancellationToken cancellation)
    {
        var text = Check.Clean(input.Text) is { } words ? PersonalNumbers.Mask(words) : null;
        return db.Set<ServiceRequest>().AnyAsync(r => r.Id == known && (text == null || r.Text == text) && (r.MergedIntoId == null
            ? text != null && (r.AboutOrganisationId != null || r.AboutPersonIndex != null)   // it complained about somebody and stands alone
            : db.Set<ServiceRequest>().Any(lead => lead.Number == number && (lead.Id == r.MergedIntoId || lead.MergedIntoId == r.MergedIntoId))), cancellation);
    }

    /// <returns>Null when somebody else wrote at the same instant, or the number is in use.</returns>
    private async Task<Outcome<ReportRequest.Receipt>?> TryAsync(
        string number, Input input, Caller caller, string key, string keyHash, bool isLast, CancellationToken cancellation)
    {
        var found = await LeadAsync(number, caller, cancellation);
        if (!found.Succeeded)
        {
            return found.Failure;
        }

        var ((meant, lead), now) = (found.Value, time.GetUtcNow().ToUniversalTime());
        var joined = Compose(input, caller, meant, now, key, keyHash);
        concerned.Add(await concerned.InAsync([input.Text], cancellation), joined);
        var type = await catalogue.TypeAsync(joined.ServiceTypeCode, cancellation);
        var clocks = await timekeeping.GetAsync(cancellation);
        var reported = joined.Take(Step.Report, caller.Actor, now);
        if (await photos.AttachAsync(joined, reported, caller, input.Photos, isFromReporter: true, cancellation) is { } refused)
        {
            db.ChangeTracker.Clear();
            return refused;
        }

        clocks.Apply(joined, type, reported);
        var written = reported;
        if (joined.Concern == lead.Concern with { Recused = null })
        {
            written = joined.Take(Step.Merge, caller.Actor, now);
            (written.Text, joined.MergedIntoId) = (lead.Number, lead.Id);
            clocks.Apply(joined, type, written);
            lead.Supporters++;
            lead.Concern.Accounts.ToList().ForEach(joined.Recuse);
        }

        // Otherwise it complains about somebody whom the other is not about: it is triaged on its own, as no dispatcher could merge it either.
        db.Add(joined);
        db.Publish(new RequestStepTaken(joined.Id, joined.Number, written.Step.ToString(), nameof(RequestState.Reported), written.To.ToString(), written.Sequence, written.At));
        try
        {
            await db.CommitAsync(caller.Actor.Act("requests.Join", now, joined.Number), cancellation);
        }
        catch (DbUpdateException) when (!cancellation.IsCancellationRequested)
        {
            db.ChangeTracker.Clear();
            if (await reports.FindAsync(keyHash, key, cancellation) is { } first)
            {
                return first;
            }

            return isLast ? new Failure.Conflict("changed_meanwhile", "诉求 {0} 刚刚有变化。请看过最新情况再加入。", number) : (Outcome<ReportRequest.Receipt>?)null;
        }

        return new ReportRequest.Receipt(joined.Id, joined.Number, SecretCode.From(key, joined.Id), joined.State);
    }

    /// <summary>The request that was meant, and the one to follow: the same, or the one that it follows itself.</summary>
    private async Task<Outcome<Followed>> LeadAsync(string number, Caller caller, CancellationToken cancellation)
    {
        var meant = await steps.LoadAsync(number, cancellation);
        if (meant is null || !(RequestAccess.CanSee(caller, meant) || await db.Set<ServiceRequest>().VisibleToAll().AnyAsync(r => r.Id == meant.Id, cancellation)))
        {
            return StepRunner.Unknown(number);
        }

        var lead = meant.MergedIntoId is { } id ? (await steps.LoadAsync(id, cancellation))! : meant;
        if (!IsPossible(lead.State))
        {
            return new Failure.Conflict("join_is_over", "诉求 {0} 现在是“{1}”，不能再加入。您那里还没有解决的话，请另外提交一件。", number, LifeTexts.Of(lead.State));
        }

        if (caller.Actor.IsStaff)
        {
            return new Followed(meant, lead);   // files for somebody on the telephone, for one after the other
        }

        if (RequestAccess.PartiesOf(caller, lead).HasFlag(Party.Reporter))
        {
            return new Failure.Conflict("join_own", "诉求 {0} 就是您提交的，不用再加入。在“查进展”里可以补充情况。", lead.Number);
        }

        var mine = caller.ReportsOf.ToList();
        var account = caller.Actor.Id == Guid.Empty ? (Guid?)null : caller.Actor.Id;
        return await db.Set<ServiceRequest>().AsNoTracking().Where(r => r.MergedIntoId == lead.Id && (mine.Contains(r.Id) || (account != null && r.ReportedByAccount == account)))
            .OrderBy(r => r.ReportedAt).Select(r => r.Number).FirstOrDefaultAsync(cancellation) is { } before
            ? new Failure.Conflict("joined_already", "您已经加入过这件事，编号是 {0}。在“查进展”里随时能看到办到哪一步。", before)
            : new Followed(meant, lead);
    }

    /// <summary>Like the one that was meant, as everybody may read it: what that one follows may have been written in confidence.</summary>
    private ServiceRequest Compose(Input input, Caller caller, ServiceRequest meant, DateTimeOffset now, string key, string keyHash)
    {
        var id = Guid.CreateVersion7(now);
        var title = PersonalNumbers.Mask(meant.Title);
        var text = Check.Clean(input.Text) ?? texts["我也遇到：{0}", title];
        var joined = new ServiceRequest
        {
            Id = id,
            Number = RequestNumber.Draw(now, digits),
            Title = ComposeRequest.TitleOf(PersonalNumbers.Mask(text)),
            Text = text,
            ServiceTypeCode = meant.ServiceTypeCode,
            GroupCode = meant.GroupCode,
            IsSensitive = meant.IsSensitive,
            AreaCode = meant.AreaCode,
            Channel = input.Channel ?? Channel.Web,
            ReportedAt = now,
            ReportedByAccount = caller.Actor.Id == Guid.Empty ? null : caller.Actor.Id,
            SecretHash = seal.Of(id, SecretCode.From(key, id)),
            IdempotencyHash = keyHash,
            Visibility = meant.Visibility,
            AboutOrganisationId = meant.AboutOrganisationId,
            SearchText = SearchText.Of(title, text, null, "", ""),
            Contact = contacts.Seal(id, new OpenContact(input.Name, input.Phone, input.Email, null, null), input.Language),
        };
        contacts.SealAbout(joined, contacts.AboutOf(meant));
        originals.Of(joined);
        return joined;
    }

    private sealed record Followed(ServiceRequest Meant, ServiceRequest Lead);
}
