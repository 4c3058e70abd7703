using Linli.Kernel;
using Linli.Kernel.Evidence;
using Linli.Kernel.People;
using Linli.Kernel.Places;
using Linli.Kernel.Privacy;
using Linli.Requests.Access;
using Linli.Requests.Photos;
using Linli.Requests.Report;
using Linli.Requests.Steps;
using Linli.Requests.Suggestions;
using Linli.Routing.Classifying;

namespace Linli.Requests.Inbound;

/// <summary>A message from another program, as a request needs it.</summary>
/// <param name="Source">Where it came from; with <paramref name="Id"/> it says whether it was here before.</param>
/// <param name="FallbackType">The type where nothing better is plain.</param>
internal sealed record InboundMessage(
    string Source, string Id, Channel Channel, string? Title, string? Text, string? Name, string? Email, string? Phone, string? OtherContact, string? Language, PlaceInput? Place, string FallbackType,
    IReadOnlyList<InboundFile> Files);

/// <param name="KeepAsync">Takes the file in as evidence; null where it was refused or nothing was there.</param>
internal sealed record InboundFile(Func<EvidenceIntake, CancellationToken, Task<Guid?>> KeepAsync)
{
    public static InboundFile Of(string? name, Func<Stream> open) => new(async (intake, cancellation) =>
    {
        await using var content = open();
        return await intake.KeepAsync(new Upload(content, name), Actor.Anonymous, cancellation) is { Succeeded: true } kept ? kept.Value.Id : null;
    });
}

/// <param name="RefusedFiles">How many were not taken: no photo or PDF, too large, damaged, or not to be had.</param>
internal sealed record TakenMessage(ReportRequest.Receipt Receipt, bool IsNew, int RefusedFiles);

/// <summary>
/// Makes a request of a message: its type where the words are plain, its area where a place is named, its photos through the same checks as everybody's.
/// The same message again is the same request, with the same code.
/// </summary>
internal sealed class TakeMessage(ReportRequest report, SuggestionSource suggestions, Gazetteers gazetteers, EvidenceIntake intake, BlindIndex index)
{
    private const int LongestTitle = 100;

    public async Task<Outcome<TakenMessage>> RunAsync(InboundMessage message, CancellationToken cancellation)
    {
        var key = index.OfMessage("key", message.Source, message.Id);
        if (await report.FindAsync(SecretCode.HashOfKey(key), key, cancellation) is { } known)
        {
            return new TakenMessage(known, false, 0);
        }

        var text = Fitting(Check.Clean(message.Text) ?? Check.Clean(message.Title) ?? (message.Files.Count > 0 ? $"📷 ×{message.Files.Count}" : null));
        if (text is null)
        {
            return new Failure.Invalid("text", "请写一句话，说说是什么事。");
        }

        var (photos, refused) = await KeepAsync(message.Files, cancellation);
        var said = LabelledText.Join(message.Title ?? "", text);
        var place = message.Place ?? ((await gazetteers.CurrentAsync(cancellation)).FindSure(said, isStory: true) is { } found ? new PlaceInput(found.Area.Code, null, null, null, null) : null);
        var input = new ReportRequest.Input(
            await TypeAsync(said, message.FallbackType, cancellation), text, Titled(message.Title), place, null,
            message.Name, message.Phone, message.Email, message.Language, photos, null, key, message.Channel) { OtherContact = message.OtherContact };
        var outcome = await report.RunAsync(input, new Caller(Actor.Anonymous), cancellation);
        if (!outcome.Succeeded && outcome.Failure is Failure.Invalid && (input.ServiceType != message.FallbackType || input.Place is not null))
        {
            // The type asks for what a message cannot hold, or the place is none of ours: a dispatcher asks.
            outcome = await report.RunAsync(input with { ServiceType = message.FallbackType, Place = null, Text = WithPlace(text, message.Place) }, new Caller(Actor.Anonymous), cancellation);
        }

        return outcome.Succeeded ? new TakenMessage(outcome.Value, true, refused) : outcome.Failure;
    }

    /// <summary>Files for words that are added to a request.</summary>
    public async Task<(List<Guid> Ids, int Refused)> KeepAsync(IReadOnlyList<InboundFile> files, CancellationToken cancellation)
    {
        var (ids, refused) = (new List<Guid>(), Math.Max(0, files.Count - PhotoShelf.MostAtOnce));
        foreach (var file in files.Take(PhotoShelf.MostAtOnce))
        {
            if (await file.KeepAsync(intake, cancellation) is { } kept)
            {
                ids.Add(kept);
            }
            else
            {
                refused++;
            }
        }

        return (ids, refused);
    }

    private async Task<string> TypeAsync(string said, string fallback, CancellationToken cancellation) =>
        (await suggestions.NowAsync(cancellation)).For(said, 1).Best?.Type.Code ?? fallback;

    private static string? WithPlace(string text, PlaceInput? place) => Check.Clean(place?.Address) is { } address ? Fitting($"{text}\n({address})") : text;

    private static string? Titled(string? title) => Check.Clean(title) is not { } clean ? null : clean.Length <= LongestTitle ? clean : clean[..(LongestTitle - 1)] + "…";

    private static string? Fitting(string? text) => text is { Length: > ReportRequest.MostText } ? text[..(ReportRequest.MostText - 2)] + "…" : text;
}
