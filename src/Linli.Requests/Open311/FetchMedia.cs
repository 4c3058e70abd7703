using Linli.Kernel;
using Linli.Kernel.Evidence;
using Linli.Kernel.People;
using Linli.Shell.Http.Outbound;
using Microsoft.Extensions.Logging;

namespace Linli.Requests.Open311;

/// <summary>Fetches the photo that a client names instead of sending it: links of other systems die before a request does.</summary>
internal sealed class FetchMedia(OutboundCalls calls, EvidenceIntake intake, ILogger<FetchMedia> log)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>The file as evidence; null when there is none to be had, which is no reason to turn the report away.</summary>
    public async Task<Guid?> TryAsync(string link, Actor by, CancellationToken cancellation)
    {
        if (!OutboundCalls.CouldBeCalled(link))
        {
            return null;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Longest);
        try
        {
            using var call = new HttpRequestMessage(HttpMethod.Get, link);
            using var answer = await calls.SendAsync(call, limit.Token);
            if (!answer.IsSuccessStatusCode)
            {
                return null;
            }

            await using var content = await answer.Content.ReadAsStreamAsync(limit.Token);
            var kept = await intake.KeepAsync(new Upload(content, null, "media_url"), by, limit.Token);
            return kept.Succeeded ? kept.Value.Id : null;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            log.LogInformation(failure, "A photo that a client named could not be fetched");
            return null;
        }
    }
}
