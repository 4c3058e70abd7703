using Linli.Kernel.People;
using Linli.Kernel.Privacy;
using Linli.Requests.Access;
using Linli.Requests.Life;
using Linli.Requests.Privacy;
using Linli.Requests.Clocks;

namespace Linli.Requests;

/// <summary>Who may see a request: decided by its service type, refined when it is checked.</summary>
public enum Visibility
{
    /// <summary>On public pages at once, without personal data.</summary>
    Public,

    /// <summary>On public pages after a dispatcher has looked at it.</summary>
    AfterCheck,

    /// <summary>Never on public pages.</summary>
    Private,
}

/// <summary>The way a request came in.</summary>
public enum Channel
{
    Web,
    Phone,
    GridWorker,
    Api,
    Import,

    /// <summary>A letter to the county's mailbox.</summary>
    Mail,

    /// <summary>A message in a group of a chat program.</summary>
    Chat,
}

/// <summary>The reporter's grade: five grades (GB/T 39735).</summary>
public enum Grade
{
    VerySatisfied,
    Satisfied,
    BasicallySatisfied,
    Dissatisfied,
    VeryDissatisfied,
}

/// <summary>诉求: what somebody asked to be put right, answered or provided. Changes by steps alone, see <see cref="RequestLife"/>.</summary>
public sealed class ServiceRequest
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>What people say on the telephone: date and six digits, 261122-048213. Tells nothing about how many there are.</summary>
    public required string Number { get; init; }

    public required string Title { get; set; }
    public required string Text { get; set; }
    public required string ServiceTypeCode { get; set; }

    /// <summary>Group and sensitivity of its type, kept here because every list asks for them.</summary>
    public string? GroupCode { get; set; }
    public bool IsSensitive { get; set; }

    /// <summary>Deepest known area; null when the place is not known yet.</summary>
    public string? AreaCode { get; set; }
    public string? Address { get; set; }

    /// <summary>WGS 84 degrees.</summary>
    public double? Longitude { get; set; }
    public double? Latitude { get; set; }

    /// <summary>The answers to the service type's own fields, as a JSON object of code to text or list of texts.</summary>
    public string Answers { get; set; } = "{}";

    public required Channel Channel { get; init; }
    public required DateTimeOffset ReportedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; private set; }
    public Guid? ReportedByAccount { get; internal set; }

    /// <summary>SHA-256 of the reporter's secret code and of the idempotency key; neither is stored itself.</summary>
    public required string SecretHash { get; set; }
    public required string IdempotencyHash { get; set; }

    /// <summary>Name of the other system and its key there, for imports; unique together.</summary>
    public string? ExternalSource { get; init; }
    public string? ExternalId { get; init; }

    public Visibility Visibility { get; set; }
    public bool IsPublished { get; set; }

    public RequestState State { get; private set; }

    /// <summary>Where a question to the reporter goes back to.</summary>
    public RequestState? Interrupted { get; private set; }

    public Guid? LeadOrganisationId { get; set; }
    public DateTimeOffset? DispatchedAt { get; set; }
    public int ReturnCount { get; set; }

    /// <summary>Decided by arbitration: cannot be returned again.</summary>
    public bool IsBinding { get; set; }

    public Guid? MergedIntoId { get; set; }

    /// <summary>The organisation that the request complains about: never sees it, never gets it (回避).</summary>
    public Guid? AboutOrganisationId { get; set; }

    /// <summary>Name of the member of staff that it complains about, as the reporter wrote it; whoever of the staff is called so never sees it.</summary>
    public SealedText? AboutPerson { get; set; }

    /// <summary>See <see cref="BlindIndex.OfName"/>: by it those who are called so are kept out without opening anything.</summary>
    public string? AboutPersonIndex { get; set; }

    /// <summary>The name as versions before sealing wrote it; emptied by <see cref="SealOldRows"/>.</summary>
    public string? OldAboutPerson { get; set; }

    /// <summary>Ids of the accounts that are out of it (回避), separated by spaces; see <see cref="Recuse"/>.</summary>
    public string? Recused { get; private set; }

    public string? ResultCode { get; set; }
    public DateTimeOffset? ContactedAt { get; set; }
    public DateTimeOffset? ResolvedAt { get; set; }
    public bool NeedsVerification { get; set; }
    public Grade? Grade { get; set; }
    public DateTimeOffset? RatedAt { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }
    public int ReopenCount { get; set; }

    /// <summary>How many people asked for the same: the reporter, those of merged requests, likes brought in by an import.</summary>
    public int Supporters { get; set; } = 1;

    /// <summary>Earliest due time of the clocks that run; null when none does. Derived, for queues.</summary>
    public DateTimeOffset? NextDueAt { get; internal set; }

    /// <summary>That time touches a year whose holidays are not in the calendar yet.</summary>
    public bool IsNextDueTentative { get; internal set; }

    /// <summary>Counts how often a corrected calendar moved its clocks; a step that was looked up before that is looked at anew.</summary>
    public int ClockRevision { get; internal set; }

    /// <summary>Folded text that searches look into.</summary>
    public required string SearchText { get; set; }

    /// <summary>Counts the steps; the second of two people who act on the same state is refused by it.</summary>
    public int Version { get; private set; }

    public List<CoHandler> CoHandlers { get; init; } = [];
    public List<RequestEvent> Events { get; init; } = [];
    public List<RequestClock> Clocks { get; init; } = [];
    public List<RequestOffer> Offers { get; init; } = [];
    public List<RequestTask> Tasks { get; init; } = [];
    public List<TimeRequest> TimeRequests { get; init; } = [];
    public List<RequestPhoto> Photos { get; init; } = [];
    public List<RequestOriginal> Originals { get; init; } = [];
    public ReporterContact? Contact { get; set; }

    /// <summary>What posts are asked whether they reach.</summary>
    public Matter Matter => new(AreaCode, GroupCode, IsSensitive);

    /// <summary>The account neither sees the request nor hears of it from now on.</summary>
    public void Recuse(Guid account)
    {
        if (Recused?.Contains($"{account}", StringComparison.Ordinal) != true)
        {
            Recused = $"{Recused} {account}".Trim();
        }
    }

    public void Admit(Guid account) => Recused = Recused?.Replace($"{account}", "", StringComparison.Ordinal).Replace("  ", " ", StringComparison.Ordinal).Trim() is { Length: > 0 } left ? left : null;

    internal Concern Concern => new(AboutOrganisationId, AboutPersonIndex, Recused);

    /// <summary>Numbers in its texts are masked, and what they were is sealed in <see cref="Originals"/>; false for what older versions wrote.</summary>
    public bool AreTextsMasked { get; internal set; }

    /// <summary>When what could tell whose it was has been removed; what remains is for counting.</summary>
    public DateTimeOffset? AnonymisedAt { get; internal set; }

    /// <summary>The reporter wants it deleted, and until then can think again.</summary>
    public DateTimeOffset? DeletionDueAt { get; internal set; }

    /// <summary>Moves on and writes history. The caller has checked the guard; the table is checked here again.</summary>
    internal RequestEvent Take(Step step, Actor by, DateTimeOffset at, RequestState? chosen = null)
    {
        var from = State;
        if (step is Step.Report or Step.Import)
        {
            State = chosen ?? RequestState.Reported;
        }
        else
        {
            var rule = RequestLife.Find(State, step) ?? throw new InvalidOperationException($"{step} is not possible from {State}.");
            var to = chosen ?? rule.To ?? Interrupted ?? throw new InvalidOperationException($"{step} goes back, but nothing was interrupted.");
            if (rule.To is not null && to != rule.To && to != rule.OrTo)
            {
                throw new InvalidOperationException($"{step} from {State} cannot lead to {to}.");
            }

            Interrupted = to == RequestState.AwaitingReporter ? (State == RequestState.AwaitingReporter ? Interrupted : State) : null;
            State = to;
        }

        var written = new RequestEvent
        {
            RequestId = Id, Sequence = ++Version, Step = step, From = from, To = State, At = at.ToUniversalTime(),
            Actor = by.Kind, ActorId = by.Id, ActorName = by.Name,
        };
        Events.Add(written);
        UpdatedAt = written.At;
        return written;
    }
}
