using System.Text.Json;
using System.Text.Json.Serialization;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Organisations;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Requests.Clocks;
using Linli.Requests.Life;
using Linli.Requests.Privacy;
using Linli.Requests.Steps;
using Linli.Shell.Text;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Read;

/// <summary>How much of a request a reader gets.</summary>
public enum Depth
{
    /// <summary>What everybody may see: no names, no contact, no words among staff.</summary>
    Public,

    /// <summary>What the reporter sees: all words meant for the reporter.</summary>
    Reporter,

    /// <summary>Everything.</summary>
    Staff,
}

/// <summary>A corrected calendar has moved the promised time.</summary>
public sealed record DueCorrection(DateTimeOffset Before, DateTimeOffset After);

/// <summary>A request as somebody may see it, with names looked up in the reader's language. Feeds pages and API alike.</summary>
public sealed record RequestView
{
    public required Guid Id { get; init; }
    public required string Number { get; init; }
    public required string Title { get; init; }
    public required string Text { get; init; }
    public required string ServiceTypeCode { get; init; }
    public required string ServiceType { get; init; }
    public required string Group { get; init; }
    public required RequestState State { get; init; }
    public string? Area { get; init; }
    public string? AreaCode { get; init; }
    public string? Address { get; init; }
    public double? Longitude { get; init; }
    public double? Latitude { get; init; }
    public required DateTimeOffset ReportedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The due time touches a year whose holidays are not known yet, and may move.</summary>
    public bool IsDueTentative { get; init; }

    /// <summary>For staff the clock that runs out first, for others the one that the reporter waits for; absent when nothing is measured.</summary>
    public ClockFace? Time { get; init; }

    /// <summary>For the page of the reporter, who was told the time before.</summary>
    [JsonIgnore]
    public DueCorrection? Corrected { get; init; }
    public DateTimeOffset? ResolvedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public string? Lead { get; init; }
    public string? LeadCode { get; init; }
    public Grade? Grade { get; init; }
    public string? Result { get; init; }
    public int Supporters { get; init; }
    public required int Version { get; init; }
    public required Depth Depth { get; init; }
    public string? MergedInto { get; init; }
    public IReadOnlyList<AnswerView> Answers { get; init; } = [];
    public IReadOnlyList<EventView> History { get; init; } = [];
    public IReadOnlyList<PhotoView> Photos { get; init; } = [];

    /// <summary>The steps that this reader may take now.</summary>
    public IReadOnlyList<Step> Steps { get; init; } = [];
    public StaffPart? Staff { get; init; }

    /// <summary>When its content was deleted; what remains is for counting.</summary>
    public DateTimeOffset? AnonymisedAt { get; init; }

    /// <summary>For its reporter, who asked for deletion and can think again until then.</summary>
    public DateTimeOffset? DeletionDueAt { get; init; }
}

/// <summary>How a request goes on, without what its reporter wrote.</summary>
/// <param name="Time">The clock that its reporter waits for.</param>
/// <param name="Lead">Who handles it; absent until it is dispatched.</param>
/// <param name="History">With the words of handlers where the request is public.</param>
/// <param name="Photos">Of the result, where the request is public.</param>
public sealed record RequestCourse(
    RequestState State, string? Lead, ClockFace? Time, DateTimeOffset? DueAt, bool IsDueTentative, string? Result, IReadOnlyList<EventView> History, IReadOnlyList<PhotoView> Photos)
{
    internal static RequestCourse Of(RequestView view, bool isPublic) => new(
        view.State, view.Lead, view.Time, view.DueAt, view.IsDueTentative, isPublic ? view.Result : null,
        [.. view.History.Select(e => isPublic ? e : e with { Text = null, Reason = null })], isPublic ? view.Photos : []);

    /// <summary>One that follows it, as it stands.</summary>
    internal RequestView Of(RequestView follower) => follower with
    {
        State = State, Lead = Lead, Time = Time, DueAt = DueAt, IsDueTentative = IsDueTentative, Corrected = null, Result = Result, History = History, Photos = Photos,
    };
}

public sealed record AnswerView(string Label, string Value);

/// <summary>One line of the history.</summary>
/// <param name="By">The organisation or kind of person; a name only for staff.</param>
/// <param name="Text">Words for the reader.</param>
/// <param name="InternalText">Words among staff.</param>
/// <param name="Grade">Of a rating.</param>
/// <param name="Until">Of a pause how long it may last, of an extension the new due time.</param>
public sealed record EventView(
    int Sequence, Step Step, RequestState From, RequestState To, DateTimeOffset At, string By, string? Organisation, string? Reason, string? Text, string? InternalText, string? Details,
    DateTimeOffset? Until = null, Grade? Grade = null);

/// <param name="Document">Name of a file that is not a photo; null for photos.</param>
/// <param name="IsBeingChecked">The virus scanner has not looked at it yet: it is there and cannot be opened until then.</param>
public sealed record PhotoView(Guid Id, int EventSequence, bool IsFromReporter, string? Document = null, bool IsBeingChecked = false);

/// <summary>Where it may be by what was written, when nobody pointed at it.</summary>
/// <param name="IsTaken">It is the request's area; the reasons say why.</param>
public sealed record PlaceHint(string AreaCode, string Area, string Name, double Confidence, bool IsTaken, IReadOnlyList<string> Reasons);

/// <summary>What only staff see.</summary>
public sealed record StaffPart
{
    public IReadOnlyList<PlaceHint> Places { get; init; } = [];
    public required Channel Channel { get; init; }
    public required Visibility Visibility { get; init; }
    public bool IsPublished { get; init; }
    public string? About { get; init; }

    /// <summary>Name of the member of staff that it is about.</summary>
    public string? AboutPerson { get; init; }
    public int ReturnCount { get; init; }
    public bool IsBinding { get; init; }
    public int ReopenCount { get; init; }
    public bool NeedsVerification { get; init; }
    public string? ContactName { get; init; }
    public string? ContactPhone { get; init; }
    public string? ContactEmail { get; init; }
    public string? ContactHome { get; init; }
    public string? ContactOther { get; init; }

    /// <summary>Contact is shown masked: 张*, 138****5678. To read it, say why (POST …/unmaskings).</summary>
    public bool IsContactMasked { get; init; }

    /// <summary>Numbers stand masked in texts or answers.</summary>
    public bool AreWordsMasked { get; init; }

    /// <summary>Who asked to read personal data of it, newest first.</summary>
    public IReadOnlyList<UnmaskingView> Unmaskings { get; init; } = [];

    /// <summary>Those who are invited to claim it learn who reported it once they have claimed it.</summary>
    public bool IsContactHeldBack { get; init; }
    public string? ExternalId { get; init; }
    public IReadOnlyList<CoHandlerView> CoHandlers { get; init; } = [];
    public IReadOnlyList<ClockView> Clocks { get; init; } = [];
    public IReadOnlyList<OfferView> Offers { get; init; } = [];
    public IReadOnlyList<TaskView> Tasks { get; init; } = [];
    public IReadOnlyList<TimeRequestView> TimeRequests { get; init; } = [];
    public IReadOnlyList<FollowerView> Followers { get; init; } = [];
}

public sealed record CoHandlerView(string Code, string Name, int SharePercent);

/// <param name="Time">How it stands; absent when it is no longer asked for.</param>
public sealed record ClockView(
    Guid Id, ClockKind Kind, ClockState State, string Budget, DateTimeOffset StartedAt, DateTimeOffset DueAt, DateTimeOffset? StoppedAt, bool IsLate, bool IsTentative,
    ClockFace? Time);

public sealed record OfferView(string Code, string Name, DateTimeOffset ExpiresAt, DateTimeOffset? EndedAt, bool IsClaimed);

public sealed record TaskView(Guid Id, string Title, string Organisation, DateTimeOffset? DoneAt, string? Result);

/// <param name="Why">The reason from the list; <paramref name="Reason"/> is what the lead wrote.</param>
/// <param name="IsGranted">Absent until it is decided.</param>
public sealed record TimeRequestView(TimeRequestKind Kind, string Amount, string? Why, string Reason, DateTimeOffset AskedAt, bool? IsGranted);

public sealed record FollowerView(string Number, string Title);
