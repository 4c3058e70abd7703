using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Field;
using Linli.Requests.Life;
using Linli.Requests.Privacy;
using Linli.Shell;
using Linli.Shell.Evidence;
using Linli.Shell.Http;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Steps;

/// <summary>A step that was tried by form and refused: what was sent stays in the form, with what is wrong beside it.</summary>
public sealed record StepAttempt(string Noun, Failure Failure, IFormCollection Form, IReadOnlyList<Guid> Photos);

/// <summary>Steps as ordinary forms: on the workbench for staff, on the tracking page for reporters.</summary>
internal static class StepForms
{
    public static void Map<TUseCase, TInput>(IEndpointRouteBuilder routes, bool forReporters) where TUseCase : class, IStepUseCase<TInput> where TInput : IStepInput
    {
        routes.MapPost($"/work/requests/{{number}}/{TUseCase.Noun}", (string number, HttpContext http, TUseCase useCase, CallerSource callers, EvidenceForm files, CancellationToken cancellation) =>
            TakeAsync<TUseCase, TInput>("/work/requests/", number, http, useCase, callers, files, Work.RequestPages.ShowAsync, cancellation))
            .Requires(Permission.AnyStaff).TakesFiles().ExcludeFromDescription();
        // After a refusal the page stands under the address of the step: loading it again shows the request.
        routes.MapGet($"/work/requests/{{number}}/{TUseCase.Noun}", (string number) => Results.LocalRedirect($"/work/requests/{Uri.EscapeDataString(number)}#step-{TUseCase.Noun}"))
            .Requires(Permission.AnyStaff).ExcludeFromDescription();
        if (forReporters)
        {
            routes.MapPost($"/track/{{number}}/{TUseCase.Noun}", (string number, HttpContext http, TUseCase useCase, CallerSource callers, EvidenceForm files, CancellationToken cancellation) =>
                TakeAsync<TUseCase, TInput>("/track/", number, http, useCase, callers, files, Track.TrackPages.ShowAsync, cancellation))
                .Public().TakesFiles().ExcludeFromDescription();
        }
    }

    private static async Task<IResult> TakeAsync<TUseCase, TInput>(
        string page, string number, HttpContext http, TUseCase useCase, CallerSource callers, EvidenceForm files,
        Func<HttpContext, string, StepAttempt?, CancellationToken, Task<IResult>> show, CancellationToken cancellation)
        where TUseCase : class, IStepUseCase<TInput> where TInput : IStepInput
    {
        var spotted = SpottedNumbers.In(await http.Request.ReadFormAsync(cancellation), isAsked: page == "/track/", http.RequestServices.GetRequiredService<Texts>());
        var form = spotted.Form;
        var taken = form.Files.Count > 0 || form.ContainsKey("photos.id") ? await files.TakeAsync(form, cancellation: cancellation) : FormFiles.None;
        var input = taken.Problems.Count > 0
            ? new Failure.Invalid(taken.Problems)
            : spotted.Failure is { } question ? question
            : FormInput.Read<TInput>(form, new Dictionary<string, object?> { ["photos"] = taken.Kept.Count > 0 ? taken.Kept : null });
        if (!input.Succeeded)
        {
            return await show(http, number, new StepAttempt(TUseCase.Noun, input.Failure, form, taken.Kept), cancellation);
        }

        var outcome = await useCase.RunAsync(number, input.Value, await callers.ForAsync(number, cancellation), cancellation);
        return outcome.Succeeded
            ? Results.LocalRedirect($"{(form["from"] == "field" ? FieldPages.Address : $"{page}{Uri.EscapeDataString(number)}")}?done={outcome.Value.Step}")
            : await show(http, number, new StepAttempt(TUseCase.Noun, outcome.Failure, form, taken.Kept), cancellation);
    }
}
