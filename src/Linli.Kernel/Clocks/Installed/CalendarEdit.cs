using System.Text.Json.Serialization;

namespace Linli.Kernel.Clocks;

/// <summary>One change of a calendar, as data: it is tried out, shown and then made. What it does stands in <see cref="CalendarEdits"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "edit")]
[JsonDerivedType(typeof(CreateCalendar), "create")]
[JsonDerivedType(typeof(PutHead), "head")]
[JsonDerivedType(typeof(PutHours), "hours")]
[JsonDerivedType(typeof(PutDays), "days")]
[JsonDerivedType(typeof(RemoveDays), "removeDays")]
[JsonDerivedType(typeof(PutYear), "year")]
[JsonDerivedType(typeof(RemoveYear), "removeYear")]
[JsonDerivedType(typeof(MakeCountys), "countys")]
public abstract record CalendarEdit
{
    private protected CalendarEdit()
    {
    }
}

/// <summary>A calendar that was not there.</summary>
public sealed record CreateCalendar(CalendarHead Head, IReadOnlyList<WeeklyHours> Hours) : CalendarEdit;

public sealed record PutHead(CalendarHead Head) : CalendarEdit;

/// <summary>All weekly hours, seasons included.</summary>
public sealed record PutHours(IReadOnlyList<WeeklyHours> Hours) : CalendarEdit;

/// <summary>The same exception for every date from <paramref name="From"/> to <paramref name="Until"/>, both included.</summary>
/// <param name="Until">Null: the one day.</param>
/// <param name="Hours">Of its own; null: closed, or for a make-up day the usual ones.</param>
/// <param name="Replaces">On purpose instead of what a list says about these dates.</param>
public sealed record PutDays(
    DateOnly From, DateOnly? Until, DayKind Kind, string NameZh, string? NameEn, string? Notice, IReadOnlyList<OpenHours>? Hours, bool Replaces) : CalendarEdit;

/// <summary>Takes the installation's own entries for these dates back; what lists say about them holds again.</summary>
public sealed record RemoveDays(DateOnly From, DateOnly? Until) : CalendarEdit;

/// <summary>A year's holidays, added or put in place of what there was for that year.</summary>
public sealed record PutYear(CalendarYear Year) : CalendarEdit;

/// <summary>Takes an imported year back.</summary>
public sealed record RemoveYear(int Year) : CalendarEdit;

/// <summary>Clocks go by this calendar where neither service type nor organisation names another.</summary>
public sealed record MakeCountys : CalendarEdit;
