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

    /// <summary>Sentences that tell people what to press, as a program is told.</summary>
    private static readonly Dictionary<string, string> ForPrograms = new(StringComparer.Ordinal)
    {
        ["位置要有经度和纬度两个数。请重新在地图上点，或改用列表选村。"] = "位置要有经度和纬度两个数：lat 和 long 请一起发来，或者只发 address_string 或 address_id。",
        ["经度 {0}、纬度 {1} 不是地球上的位置。请重新在地图上点，或改用列表选村。"] = "经度 {0}、纬度 {1} 不是地球上的位置。lat 是纬度，long 是经度，请核对有没有写反。",
        ["这个位置在本县以外约 {0:0} 公里。请重新在地图上点，或改用列表选村；外地的事请向当地反映。"] = "这个位置在本县以外约 {0:0} 公里。请核对 lat 和 long 有没有写反；外地的事请向当地反映。",
        ["刚才已经收到您的一件诉求，编号 {0}，内容和现在的不一样。要补充，请凭编号查进展后补充情况；要另报一件，请重新打开提交页面；程序请换一个新的幂等键。"] = "这个 Idempotency-Key 已经用在另一件诉求上，编号 {0}。要补充情况，请发 servicerequestupdates；要另报一件，请换一个新的 Idempotency-Key。",
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
        var code = status is StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed or StatusCodes.Status429TooManyRequests or >= StatusCodes.Status500InternalServerError ? status : StatusCodes.Status400BadRequest;
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
        return HttpMethods.IsHead(httpContext.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
    }

    private GeoAnswer ErrorsOf(Texts texts, Failure failure) => GeoAnswer.Of("errors", "error", failure is Failure.Invalid invalid
        ? invalid.Problems.Select(p => Error($"{NameOf(p.Field)}: {texts.Of(p with { Message = ForPrograms.GetValueOrDefault(p.Message, p.Message) })}"))
        : [Error(texts.Of(failure with { Message = ForPrograms.GetValueOrDefault(failure.Message, failure.Message) }))]);

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
