using System.Globalization;
using System.Text.Json;
using Linli.Contracts.Requests;
using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Requests.Life;
using Linli.Requests.Privacy;
using Linli.Requests.Search;
using Linli.Requests.Steps;

namespace Linli.Requests.Report;

/// <summary>Makes the request of what was reported and found right; it is not written yet.</summary>
internal sealed class ComposeRequest(TimeProvider time, SixDigits digits, ContactVault contacts, KeepOriginals originals, FindConcerned concerned, CodeSeal seal)
{
    public ServiceRequest Of(
        ReportRequest.Input input, Caller caller, ServiceType type, Place place, Organisation? about, FindConcerned.Found told, Dictionary<string, string> answers, string key, string keyHash)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
        var text = Check.Clean(input.Text)!;
        var title = Check.IsBlank(input.Title) ? TitleOf(PersonalNumbers.Mask(text)) : Check.Clean(input.Title)!;   // masked first: cut in two, a number is not known for one
        var now = time.GetUtcNow().ToUniversalTime();
        var request = new ServiceRequest
        {
            Id = id,
            Number = RequestNumber.Draw(now, digits),
            Title = title,
            Text = text,
            ServiceTypeCode = type.Code,
            GroupCode = type.GroupCode,
            IsSensitive = type.IsSensitive,
            AreaCode = place.AreaCode,
            Address = place.Address,
            Longitude = place.Longitude,
            Latitude = place.Latitude,
            Answers = JsonSerializer.Serialize(answers, Json.Plain),
            Channel = input.Channel ?? (caller.Actor.IsStaff ? Channel.Phone : Channel.Web),
            ExternalSource = input.ExternalSource,
            ReportedAt = now,
            ReportedByAccount = caller.Actor.Id == Guid.Empty ? null : caller.Actor.Id,
            SecretHash = seal.Of(id, SecretCode.From(key, id)),
            IdempotencyHash = keyHash,
            Visibility = type.Visibility,
            IsPublished = type.Visibility == Visibility.Public && about is null && Check.Clean(input.AboutPerson) is null,
            AboutOrganisationId = about?.Id,
            SearchText = SearchText.Of(title, text, place.Address, type.NameZh, type.NameEn),
            Contact = contacts.Seal(id, new OpenContact(input.Name, input.Phone, input.Email, input.Home, input.OtherContact), input.Language),
        };
        contacts.SealAbout(request, input.AboutPerson);
        concerned.Add(told, request);
        originals.Of(request);
        return request;
    }

    /// <summary>The first sentence, at most 30 characters.</summary>
    internal static string TitleOf(string text)
    {
        var end = text.IndexOfAny(['。', '！', '？', '\n', '!', '?', '；', ';']);
        var first = end > 3 ? text[..end] : text;
        var elements = new StringInfo(first);
        return elements.LengthInTextElements <= 30 ? first : elements.SubstringByTextElements(0, 30) + "…";
    }
}
