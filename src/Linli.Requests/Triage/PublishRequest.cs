using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Life;
using Linli.Requests.Steps;

namespace Linli.Requests.Triage;

/// <summary>公开: a dispatcher has read the text and found nothing in it that the public must not see.</summary>
internal sealed class PublishRequest(StepRunner steps) : IStepUseCase<PublishRequest.Input>
{
    public sealed record Input(int? Version) : IStepInput;

    public static IReadOnlyList<Step> Steps => [Step.Publish];
    public static string Noun => "publication";

    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, Step.Publish, caller, input.Version), (scene, _) =>
        {
            if (scene.Request.Visibility == Visibility.Private)
            {
                return Task.FromResult<Failure?>(new Failure.Conflict("request_is_private", "“{0}”类诉求不公开。", scene.Type.NameZh));
            }

            if (scene.Request.AboutOrganisationId is not null || scene.Request.AboutPerson is not null)
            {
                return Task.FromResult<Failure?>(new Failure.Conflict("request_is_about_organisation", "诉求 {0} 反映的是单位或工作人员，按回避规定不能让其看到，所以不公开。", number));
            }

            if (scene.Request.IsPublished)
            {
                return Task.FromResult<Failure?>(new Failure.Conflict("already_published", "诉求 {0} 已经公开。", number));
            }

            scene.Take();
            scene.Request.IsPublished = true;
            return Task.FromResult<Failure?>(null);
        }, cancellation);
}
