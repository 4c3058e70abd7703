using System.Reflection;
using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Read;
using Linli.Shell.Http;
using Linli.Shell.Http.Calls;
using Microsoft.AspNetCore.Http;

namespace Linli.Requests.Steps;

/// <summary>
/// If-Match at a step: the caller says by entity tag which version they looked at, as the body may by number. When somebody was faster, the answer is 412 with the
/// version of now and the steps that were taken since, as far as the caller may see them.
/// </summary>
internal sealed class SeenVersion(ReadRequest read)
{
    private static Failure NoTag { get; } = new Failure.Conflict("unknown_tag", "If-Match 里的标记不是这件诉求的。请重新读取诉求，用回答里的 ETag。");

    public async Task<IResult> RunAsync<TInput>(string number, TInput input, Func<string, TInput, Caller, CancellationToken, Task<Outcome<StepTaken>>> step, Caller caller, HttpContext http, CancellationToken cancellation)
        where TInput : IStepInput
    {
        if (http.Request.Headers.IfMatch.Count == 0)
        {
            return (await step(number, input, caller, cancellation)).ToHttp();
        }

        if (!EntityTags.TrySeen(http.Request, out var seen))
        {
            return new Problem(NoTag, status: StatusCodes.Status412PreconditionFailed);
        }

        if (seen is not null)
        {
            Version<TInput>.Property.SetValue(input, seen);
        }

        var taken = await step(number, input, caller, cancellation);
        return taken.Succeeded || seen is null || taken.Failure.Code != "changed_meanwhile" ? taken.ToHttp()
            : new Problem(taken.Failure, await ChangesAsync(number, seen.Value, caller, cancellation), StatusCodes.Status412PreconditionFailed);
    }

    private async Task<Dictionary<string, object?>> ChangesAsync(string number, int seen, Caller caller, CancellationToken cancellation) =>
        await read.RunAsync(number, caller, cancellation) is { Succeeded: true, Value: var view }
            ? new() { ["version"] = view.Version, ["changes"] = view.History.Where(e => e.Sequence > seen).Select(e => new { e.Sequence, e.Step, e.From, e.To, e.At, e.By }) }
            : [];

    private static class Version<TInput>
    {
        public static PropertyInfo Property { get; } = typeof(TInput).GetProperty(nameof(IStepInput.Version))!;
    }
}
