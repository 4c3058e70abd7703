using System.Security.Cryptography;
using System.Text;
using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Handling;
using Linli.Requests.Life;
using Linli.Requests.Steps;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Handovers;

/// <summary>Takes the steps of an organisation whose system reports them: signed when it is there, words as notes in their order, done when it is done there.</summary>
internal sealed class TheirSteps(LinliDb db, SignRequest sign, AddNote notes, ResolveRequest resolve)
{
    private const string UsualResult = "solved";

    /// <summary>The organisation itself, as a handler of its own and of nothing else.</summary>
    public async Task<Caller> AsAsync(Partner partner, CancellationToken cancellation)
    {
        var organisation = await db.Set<Organisation>().AsNoTracking().SingleAsync(o => o.Id == partner.OrganisationId, cancellation);
        return new Caller(new Actor(ActorKind.Staff, Guid.Empty, organisation.Name, [new Post(Role.Handler, organisation.Id, organisation.AreaCode, false, [organisation.Id], [organisation.Id])]));
    }

    public async Task SignAsync(string number, Caller by, CancellationToken cancellation)
    {
        if (await StateAsync(number, cancellation) == RequestState.Dispatched)
        {
            await sign.RunAsync(number, new SignRequest.Input(null), by, cancellation);   // refused only if somebody was faster
        }
    }

    /// <summary>Once, however often it is read there.</summary>
    public async Task<Failure?> NoteAsync(ServiceRequest request, Partner partner, string update, string words, Caller by, CancellationToken cancellation)
    {
        var mark = new NoteMark(partner.Id, update.Length <= 100 ? update : Hash(update));
        var written = mark.Write();
        if (await db.Set<RequestEvent>().AnyAsync(e => e.RequestId == request.Id && e.Step == Step.Note && e.Details == written, cancellation))
        {
            return null;
        }

        var taken = await notes.RunAsync(request.Number, new AddNote.Input(words.Length > Check.LongText ? words[..Check.LongText] : words, false, null, null) { Mark = mark }, by, cancellation);
        return taken.Succeeded ? null : taken.Failure;
    }

    /// <summary>Words of the status have no number of their own: they are told by what they say.</summary>
    public Task<Failure?> NoteStatusAsync(ServiceRequest request, Partner partner, string words, Caller by, CancellationToken cancellation) =>
        NoteAsync(request, partner, $"status {Hash(words)}", words, by, cancellation);

    public async Task<Failure?> ResolveAsync(string number, string? words, Caller by, CancellationToken cancellation)
    {
        if (await StateAsync(number, cancellation) is not RequestState.InHand)
        {
            return null;
        }

        var done = await resolve.RunAsync(number, new ResolveRequest.Input(UsualResult, words ?? "对方系统显示已经办结。", null, null), by, cancellation);
        return done.Succeeded ? null : done.Failure;
    }

    private Task<RequestState> StateAsync(string number, CancellationToken cancellation) => db.Set<ServiceRequest>().Where(r => r.Number == number).Select(r => r.State).SingleAsync(cancellation);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
}
