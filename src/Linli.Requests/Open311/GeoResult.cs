using System.Globalization;
using Linli.Kernel;
using Linli.Shell.Http;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Open311;

/// <summary>An answer of GeoReport, or its list of errors: 404 for what is not there, 403 for keys, 429 for too often, 400 for everything else.</summary>
internal sealed class GeoResult : IResult
{
    /// <summary>Our names of fields in those of GeoReport; what is in no list is told by our own.</summary>
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["serviceType"] = "service_code", ["text"] = "description", ["address"] = "address_string", ["position"] = "lat, long", ["area"] = "address_id",
        ["name"] = "first_name, last_name", ["photos"] = "media", ["note"] = "description",
    };

    private readonly GeoFormat _format;
    private readonly GeoAnswer? _answer;
    private readonly Failure? _failure;
    private readonly int _status;

    public GeoResult(GeoFormat format, GeoAnswer answer, int status = StatusCodes.Status200OK) => (_format, _answer, _status) = (format, answer, status);

    public GeoResult(GeoFormat format, Failure failure) => (_format, _failure, _status) = (format, failure, StatusOf(failure));

    /// <summary>What is refused around an endpoint: too often, too large, not readable.</summary>
    public GeoResult(GeoFormat format, int status, string words)
    {
        var code = status is StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound or StatusCodes.Status429TooManyRequests or >= StatusCodes.Status500InternalServerError ? status : StatusCodes.Status400BadRequest;
        (_format, _answer, _status) = (format, GeoAnswer.Of("errors", "error", [ErrorOf(code, words)]), code);
    }

    public static GeoResult Of(GeoFormat format, Outcome<GeoAnswer> outcome, int status = StatusCodes.Status200OK) =>
        outcome.Succeeded ? new(format, outcome.Value, status) : new(format, outcome.Failure);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var body = GeoWriter.Write(_answer ?? ErrorsOf(httpContext.RequestServices.GetRequiredService<Texts>(), _failure!), _format);
        var response = httpContext.Response;
        Problem.SetWait(response, _failure);
        response.StatusCode = _status;
        response.ContentType = _format == GeoFormat.Xml ? "text/xml; charset=utf-8" : "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
    }

    private GeoAnswer ErrorsOf(Texts texts, Failure failure) => GeoAnswer.Of("errors", "error", failure is Failure.Invalid invalid
        ? invalid.Problems.Select(p => Error($"{NameOf(p.Field)}: {texts.Of(p)}"))
        : [Error(texts.Of(failure))]);

    private GeoRecord Error(string description) => ErrorOf(_status, description);

    private static GeoRecord ErrorOf(int status, string description) => new GeoRecord().With("code", status.ToString(CultureInfo.InvariantCulture)).With("description", description);

    private static string NameOf(string field) => field.StartsWith("answers.", StringComparison.Ordinal) ? $"attribute[{field["answers.".Length..]}]" : Names.GetValueOrDefault(field, field);

    private static int StatusOf(Failure failure) => failure switch
    {
        Failure.NotFound => StatusCodes.Status404NotFound,
        Failure.Forbidden or Failure.SignInNeeded => StatusCodes.Status403Forbidden,
        Failure.TooMany => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status400BadRequest,
    };
}
