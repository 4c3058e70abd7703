using Linli.Kernel.People;
using Linli.Requests.Catalogue;
using Linli.Requests.Clocks;
using Linli.Requests.Life;
using Linli.Shell.Clients;
using Linli.Shell.Http.Calls;

namespace Linli.Requests.Queue;

/// <summary>What a list is narrowed to.</summary>
/// <param name="For">The program that asks: it is shown the matters of its key, and of what is not public no words.</param>
/// <param name="Words">Found in title, text, address, type or number; several words must all be there.</param>
public sealed record QueueFilter(
    QueueKind Queue = QueueKind.All, string? Words = null, RequestState? State = null, string? ServiceType = null, string? Group = null, string? Area = null,
    string? Organisation = null, bool IsLate = false, string? Sort = null, int Page = 1, Cursor? After = null, ApiClient? For = null)
{
    public const int PageSize = 30;

    /// <summary>How a list can be ordered; the most urgent first is usual.</summary>
    public static IReadOnlyList<string> Sorts { get; } = ["urgent", "newest", "oldest"];

    /// <summary>No step moves a line: these orders can be read to their end while others work. Due times move, and with them the lines.</summary>
    public static bool IsSteady(string? sort) => sort is "newest" or "oldest";
}

/// <summary>One line of a list.</summary>
/// <param name="DueAt">When the first of its clocks runs out; absent when none runs.</param>
/// <param name="Time">How that clock stands, or the one that is paused; absent when there is none.</param>
public sealed record QueueLine(
    Guid Id, string Number, string Title, string ServiceType, RequestState State, string? Area, string? Address, string? Lead,
    DateTimeOffset ReportedAt, DateTimeOffset? DueAt, ClockFace? Time, int ReturnCount, int Supporters, Urgency Urgency, bool HasTimeAsked, bool IsTentative)
{
    /// <summary>For a program: what everybody may read as they read it, of the rest the type in place of the reporter's words, and no address.</summary>
    internal QueueLine Masked(bool isPublic) => isPublic ? this with { Title = PersonalNumbers.Mask(Title), Address = Address is null ? null : PersonalNumbers.Mask(Address) } : this with { Title = ServiceType, Address = null };
}

/// <summary>One page of a list, and how many there are in all.</summary>
/// <param name="Next">Value of cursor for the next page; absent on the last, and where due times order the list.</param>
public sealed record QueueLines(IReadOnlyList<QueueLine> Lines, int Total, int Page, int Pages, string? Next = null);
