using Linli.Kernel;
using Linli.Kernel.Clocks;
using Linli.Kernel.Clocks.Questions;
using Linli.Shell.Clocks.Pages;
using Linli.Shell.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.Clocks;

/// <summary>Working time for programs: anybody may check a sum.</summary>
internal static class ClockApi
{
    public static IServiceCollection AddLinliClocks(this IServiceCollection services) => services
        .AddSingleton<CalendarShelf>().AddScoped(p => p.GetRequiredService<CalendarShelf>().Take(p.GetRequiredService<LinliDb>()))
        .AddScoped(p => p.GetRequiredService<InstalledCalendars>().All).AddScoped<KeepCalendars>().AddScoped<CalendarPages.Desk>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        var clocks = routes.MapGroup("/api/clocks").Public().WithTags("clocks");
        clocks.MapGet("/explain", (WorkCalendars calendars, string? start, string? budget, string? calendar, string? rule, string[]? pause, string[]? extension) =>
                new ExplainQuestion(start, budget, calendar, rule, pause, extension).Answer(calendars).ToHttp())
            .WithName("ExplainDueTime").WithSummary("When a time limit is due, and why, line by line in Chinese and English. Pauses are FROM/UNTIL.").Produces<ExplainAnswer>();
        clocks.MapGet("/elapsed", (WorkCalendars calendars, string? from, string? to, string? calendar) =>
                new ElapsedQuestion(from, to, calendar).Answer(calendars).ToHttp())
            .WithName("MeasureWorkingTime").WithSummary("Working time between two instants.").Produces<ElapsedAnswer>();
        clocks.MapGet("/calendars", (InstalledCalendars calendars) => Results.Json(CalendarSummary.All(calendars), Json.Plain))
            .WithName("ListCalendars").WithSummary("The work calendars of this installation.").Produces<CalendarSummary[]>();
    }
}
