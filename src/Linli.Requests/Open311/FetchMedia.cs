using Linli.Kernel;
using Linli.Kernel.Evidence;
using Linli.Kernel.People;
using Linli.Shell.Evidence;
using Linli.Shell.Http.Outbound;
using Microsoft.AspNetCore.Http;
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

/// <summary>The files that come with a call: <c>media</c> in the form, several times, and one that <c>media_url</c> names.</summary>
internal sealed class MediaOfReport(EvidenceForm files, FetchMedia fetch)
{
    private const int MostLink = 500;

    /// <param name="Unfetched">Address of a photo that could not be had.</param>
    internal sealed record Media(IReadOnlyList<Guid> Kept, string? Unfetched);

    public async Task<Outcome<Media>> TakeAsync(GeoParameters given, HttpRequest call, Actor by, CancellationToken cancellation)
    {
        var sent = await files.TakeAsync(call.Form, "media", by: by, cancellation: cancellation);
        if (sent.Problems.Count > 0)
        {
            return new Failure.Invalid(sent.Problems);
        }

        if (given["media_url"] is not { } link)
        {
            return new Media(sent.Kept, null);
        }

        return await fetch.TryAsync(link, by, cancellation) is { } file ? new Media([.. sent.Kept, file], null) : new Media(sent.Kept, link.Length > MostLink ? link[..MostLink] : link);
    }
}
