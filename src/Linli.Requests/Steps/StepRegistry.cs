using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Checking;
using Linli.Requests.Dispatch;
using Linli.Requests.Handling;
using Linli.Requests.Life;
using Linli.Requests.Track;
using Linli.Requests.Triage;
using Linli.Shell;
using Linli.Shell.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Steps;

/// <summary>The one list of step use cases: feeds services, API routes, forms and tests.</summary>
internal static class StepRegistry
{
    public static IReadOnlyList<Entry> All { get; } =
    [
        Of<AskReporter, AskReporter.Input>(), Of<AnswerQuestion, AnswerQuestion.Input>(), Of<DeclineRequest, DeclineRequest.Input>(),
        Of<MergeRequest, MergeRequest.Input>(), Of<UnmergeRequest, UnmergeRequest.Input>(), Of<PublishRequest, PublishRequest.Input>(), Of<UnpublishRequest, UnpublishRequest.Input>(), Of<RetypeRequest, RetypeRequest.Input>(),
        Of<RelocateRequest, RelocateRequest.Input>(), Of<RecuseFromRequest, RecuseFromRequest.Input>(), Of<ReadmitToRequest, ReadmitToRequest.Input>(),
        Of<DispatchRequest, DispatchRequest.Input>(), Of<OfferRequest, OfferRequest.Input>(), Of<ClaimRequest, ClaimRequest.Input>(),
        Of<RecallOffer, RecallOffer.Input>(), Of<ReturnRequest, ReturnRequest.Input>(), Of<DecideArbitration, DecideArbitration.Input>(),
        Of<SignRequest, SignRequest.Input>(), Of<ContactReporter, ContactReporter.Input>(), Of<AddNote, AddNote.Input>(),
        Of<PauseRequest, PauseRequest.Input>(), Of<DecidePause, DecidePause.Input>(), Of<ResumeRequest, ResumeRequest.Input>(), Of<ExtendRequest, ExtendRequest.Input>(),
        Of<DecideExtension, DecideExtension.Input>(), Of<AddTask, AddTask.Input>(), Of<FinishTask, FinishTask.Input>(),
        Of<ResolveRequest, ResolveRequest.Input>(), Of<VerifyRequest, VerifyRequest.Input>(), Of<RateRequest, RateRequest.Input>(),
        Of<ReopenRequest, ReopenRequest.Input>(), Of<WithdrawRequest, WithdrawRequest.Input>(),
    ];

    /// <param name="ForReporters">A reporter takes it too, so that its address is open to everybody; the use case holds the guard.</param>
    internal sealed record Entry(IReadOnlyList<Step> Steps, string Noun, bool ForReporters, Action<IServiceCollection> AddTo, Action<IEndpointRouteBuilder> Map);

    private static Entry Of<TUseCase, TInput>() where TUseCase : class, IStepUseCase<TInput> where TInput : IStepInput
    {
        var forReporters = RequestLife.Rules.Any(r => TUseCase.Steps.Contains(r.Step) && r.By.HasFlag(Party.Reporter));
        return new(TUseCase.Steps, TUseCase.Noun, forReporters, services => services.AddScoped<TUseCase>(), routes =>
        {
            // A noun in the plural is added to, one in the singular is put.
            string[] methods = TUseCase.Noun.EndsWith('s') ? ["POST"] : ["PUT"];
            var endpoint = routes.MapMethods($"/api/requests/{{number}}/{TUseCase.Noun}", methods,
                    async (string number, TInput input, TUseCase useCase, CallerSource callers, SeenVersion seen, HttpContext http, CancellationToken cancellation) =>
                        await seen.RunAsync(number, input, useCase.RunAsync, await callers.ForAsync(number, cancellation), http, cancellation))
                .WithName(typeof(TUseCase).Name).WithTags("steps").WithSummary(StepDocs.Of<TInput>().Summary).WithExample(StepDocs.Of<TInput>().Example)
                .Produces<StepTaken>().ProducesProblem(StatusCodes.Status409Conflict).CalledBy(PartiesOf(TUseCase.Steps));
            _ = forReporters ? endpoint.Public().TakesReporterCode(isNeeded: true) : endpoint.Requires(Permission.AnyStaff);
            StepForms.Map<TUseCase, TInput>(routes, forReporters);
        });
    }

    private static List<string> PartiesOf(IReadOnlyList<Step> steps)
    {
        var by = RequestLife.Rules.Where(r => steps.Contains(r.Step)).Aggregate(Party.None, (all, rule) => all | rule.By);
        return [.. Enum.GetValues<Party>().Where(p => p is not (Party.None or Party.Time) && by.HasFlag(p)).Select(p => p.ToString())];
    }
}
