using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Linli.Contracts.Requests;
using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Requests.Clocks;
using Linli.Requests.Floods;
using Linli.Requests.Life;
using Linli.Requests.Photos;
using Linli.Requests.Privacy;
using Linli.Requests.Search;
using Linli.Requests.Steps;
using Linli.Requests.Suggestions;
using Linli.Shell.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Report;

/// <summary>提交: a request comes in. Sent twice with the same key it is one request and gives the same receipt.</summary>
internal sealed class ReportRequest(
    LinliDb db, SentBefore before, ComposeRequest compose, TimeProvider time, Timekeeping timekeeping, CatalogueReader catalogue, PlaceFinder places, PhotoShelf photos, RecordSuggestions suggestions, FindConcerned concerned, KeepOrigins origins)
{
    public const int MostText = 4_000;

    /// <param name="ServiceType">Code of the service type.</param>
    /// <param name="Text">What is needed, in the reporter's words.</param>
    /// <param name="Answers">Answers to the type's fields: code to text, lists separated by the unit separator U+001F.</param>
    /// <param name="About">Name or code of the organisation that it complains about, when the reporter says so.</param>
    /// <param name="AboutPerson">Name of the member of staff that it complains about, when the reporter says so.</param>
    /// <param name="IdempotencyKey">Any text of 16 to 100 characters that the client makes up once per report.</param>
    public sealed record Input(
        string? ServiceType, string? Text, string? Title, PlaceInput? Place, IReadOnlyDictionary<string, string?>? Answers,
        string? Name, string? Phone, string? Email, string? Language, IReadOnlyList<Guid>? Photos, string? About, string? IdempotencyKey, Channel? Channel = null, string? AboutPerson = null)
    {
        /// <summary>The form had shown types that the text may be about.</summary>
        [JsonIgnore]
        public bool HasSeenSuggestions { get; init; }

        /// <summary>The client that sent it in; its own key there is none.</summary>
        [JsonIgnore]
        public string? ExternalSource { get; init; }

        /// <summary>Code of the area that the client may report for; null for all.</summary>
        [JsonIgnore]
        public string? Within { get; init; }

        /// <summary>Address of a photo that could not be fetched: for staff to look at.</summary>
        [JsonIgnore]
        public string? UnfetchedMedia { get; init; }

        /// <summary>Another key under which the same may have come before.</summary>
        [JsonIgnore]
        public string? EarlierKey { get; init; }

        /// <summary>Where the reporter lives; not the place of the matter.</summary>
        public string? Home { get; init; }

        /// <summary>Any other way to reach the reporter, in their words.</summary>
        public string? OtherContact { get; init; }
    }

    /// <summary>What the reporter keeps: the number, and the secret code that proves whose it is.</summary>
    public sealed record Receipt(Guid Id, string Number, string SecretCode, RequestState State)
    {
        /// <summary>Everybody may read it at once.</summary>
        [JsonIgnore]
        public bool IsPublic { get; init; }
    }

    public async Task<Outcome<Receipt>> RunAsync(Input input, Caller caller, CancellationToken cancellation)
    {
        var given = SentBefore.KeyOf(input.IdempotencyKey);
        if (!given.Succeeded)
        {
            return given.Failure;
        }

        var (key, keyHash) = (given.Value, SecretCode.HashOfKey(given.Value, caller.Actor));
        var outcome = await TakeAsync(input, caller, key, keyHash, cancellation);

        // Looked for when it is refused, whatever for, and not each time: hardly anybody sends twice, and on a busy day the question costs as much as the answer.
        return outcome.Succeeded ? outcome : await BeforeAsync(input, key, caller, cancellation) ?? outcome;
    }

    private async Task<Outcome<Receipt>> TakeAsync(Input input, Caller caller, string key, string keyHash, CancellationToken cancellation)
    {
        var problems = new List<FieldProblem>();
        var type = await catalogue.FindTypeAsync(input.ServiceType?.Trim(), cancellation);
        if (type is not { IsActive: true })
        {
            problems.Add(string.IsNullOrWhiteSpace(input.ServiceType)
                ? new("serviceType", "请选择这是哪一类事情。不确定就选最接近的，我们会帮您改。")
                : new("serviceType", "没有代码为“{0}”的事项，或者它已停用。请从列表中选择。", Check.Short(input.ServiceType)));
        }

        CheckText(input, type, problems);
        var place = await places.FindAsync(input.Place, problems, cancellation);
        if (input.Within is { } part && problems.Count == 0 && place.AreaCode?.StartsWith(part, StringComparison.Ordinal) != true)
        {
            problems.Add(new("area", "您只能报区域 {0} 之内的诉求。请核对位置。", part));
        }

        var about = await AboutAsync(input.About, problems, cancellation);
        var answers = type is null ? [] : FieldCheck.Clean(type, input.Answers, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(1), problems);
        if (problems.Count > 0)
        {
            return new Failure.Invalid(problems);
        }

        var told = await concerned.InAsync([input.Text, input.Title, .. answers.Values], cancellation);
        return await Contended.TryAsync(
            isLast => TryAsync(compose.Of(input, caller, type!, place, about, told, answers, key, keyHash), type!, input, caller, key, isLast, cancellation), cancellation);
    }

    /// <returns>Null when the number is in use already: on a busy day two of a million are the same now and then.</returns>
    private async Task<Outcome<Receipt>?> TryAsync(ServiceRequest request, ServiceType type, Input input, Caller caller, string key, bool isLast, CancellationToken cancellation)
    {
        var taken = request.Take(Step.Report, caller.Actor, time.GetUtcNow());
        taken.InternalText = input.UnfetchedMedia;
        if (await photos.AttachAsync(request, taken, caller, input.Photos, isFromReporter: true, cancellation) is { } refused)
        {
            return refused;
        }

        (await timekeeping.GetAsync(cancellation)).Apply(request, type, taken);
        db.AddNew(request, input.EarlierKey is { } earlier ? new(nameof(ServiceRequest.IdempotencyHash), SecretCode.HashOfKey(earlier, caller.Actor)) : null);
        origins.Of(request, caller);
        if (input.HasSeenSuggestions)
        {
            await suggestions.TypeOfReportAsync(request, caller.Actor, taken.At, cancellation);
        }

        db.Publish(new RequestStepTaken(request.Id, request.Number, nameof(Step.Report), nameof(RequestState.Reported), nameof(RequestState.Reported), taken.Sequence, taken.At));
        try
        {
            await db.CommitTogetherAsync(caller.Actor.Act("requests.Report", taken.At, request.Number), cancellation);
        }
        catch (DbUpdateException) when (!cancellation.IsCancellationRequested)
        {
            // Pressed twice at the same instant: the other press has written it.
            db.ChangeTracker.Clear();
            if (await BeforeAsync(input, key, caller, cancellation) is { } first)
            {
                return first;
            }

            return isLast ? throw new InvalidOperationException($"The request {request.Number} could not be written.") : null;
        }

        return new Receipt(request.Id, request.Number, SecretCode.From(key, request.Id), request.State) { IsPublic = RequestAccess.IsVisibleToAll(request) };
    }

    private async Task<Outcome<Receipt>?> BeforeAsync(Input input, string key, Caller caller, CancellationToken cancellation)
    {
        foreach (var each in new[] { key, input.EarlierKey }.OfType<string>())
        {
            if (await before.AnswerAsync(input.Text, each, SecretCode.HashOfKey(each, caller.Actor), cancellation) is { } known)
            {
                return known;
            }
        }

        return null;
    }

    private static void CheckText(Input input, ServiceType? type, List<FieldProblem> problems)
    {
        if (Check.IsBlank(input.Text))
        {
            problems.Add(new("text", "请写一句话，说说是什么事。"));
        }
        else if (input.Text!.Length > MostText)
        {
            problems.Add(new("text", "这里最多写 {0} 个字，现在是 {1} 个字。请缩短。", MostText, input.Text.Length));
        }

        if (input.Title?.Length > 100)
        {
            problems.Add(new("title", "这里最多写 {0} 个字，现在是 {1} 个字。请缩短。", 100, input.Title.Length));
        }

        if (input.AboutPerson?.Length > Account.MaxNameLength)
        {
            problems.Add(new("aboutPerson", "这里最多写 {0} 个字，现在是 {1} 个字。请缩短。", Account.MaxNameLength, input.AboutPerson.Length));
        }

        ContactCheck.Add(new OpenContact(input.Name, input.Phone, input.Email, input.Home, input.OtherContact), type, problems);
    }

    private async Task<Organisation?> AboutAsync(string? about, List<FieldProblem> problems, CancellationToken cancellation)
    {
        if (Check.Clean(about) is not { } wanted)
        {
            return null;
        }

        var found = wanted.Length > 200 ? null : await db.Set<Organisation>().AsNoTracking()
            .Where(o => o.Code == wanted || o.Name == wanted || o.ShortName == wanted).OrderBy(o => o.Code).FirstOrDefaultAsync(cancellation);
        if (found is null)
        {
            problems.Add(new("about", "没有找到名为“{0}”的单位。请从列表中选择；不是反映单位的，请留空。", Check.Short(wanted)));
        }

        return found;
    }

    /// <summary>What the key was answered with before.</summary>
    internal Task<Receipt?> FindAsync(string keyHash, string key, CancellationToken cancellation) => before.FindAsync(keyHash, key, cancellation);
}
