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
        .AddSingleton<CalendarShelf>().AddScoped<CalendarsInForce>().AddScoped<KeepCalendars>().AddScoped<CalendarPages.Desk>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        var clocks = routes.MapGroup("/api/clocks").Public().WithTags("clocks");
        clocks.MapGet("/explain", async (CalendarsInForce calendars, string? start, string? budget, string? calendar, string? rule, string[]? pause, string[]? extension, CancellationToken cancellation) =>
                new ExplainQuestion(start, budget, calendar, rule, pause, extension).Answer((await calendars.GetAsync(cancellation)).All).ToHttp())
            .WithName("ExplainDueTime").WithSummary("When a time limit is due, and why, line by line in Chinese and English. Pauses are FROM/UNTIL.").Produces<ExplainAnswer>();
        clocks.MapGet("/elapsed", async (CalendarsInForce calendars, string? from, string? to, string? calendar, CancellationToken cancellation) =>
                new ElapsedQuestion(from, to, calendar).Answer((await calendars.GetAsync(cancellation)).All).ToHttp())
            .WithName("MeasureWorkingTime").WithSummary("Working time between two instants.").Produces<ElapsedAnswer>();
        clocks.MapGet("/calendars", async (CalendarsInForce calendars, CancellationToken cancellation) => Results.Json(CalendarSummary.All(await calendars.GetAsync(cancellation)), Json.Plain))
            .WithName("ListCalendars").WithSummary("The work calendars of this installation.").Produces<CalendarSummary[]>();
    }
}
