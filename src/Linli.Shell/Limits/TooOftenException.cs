using Microsoft.AspNetCore.Http;

namespace Linli.Shell.Limits;

/// <summary>Ends a call with 429 from where no outcome can be given back.</summary>
public sealed class TooOftenException(TimeSpan wait) : BadHttpRequestException("Too often.", StatusCodes.Status429TooManyRequests)
{
    public TimeSpan Wait => wait;
}
