using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Kernel.Privacy;

namespace Linli.Requests.Privacy;

/// <summary>
/// Masks numbers by which somebody can be found in every text of a request before it is written, and keeps what they were, sealed.
/// What lists, searches, notices, events and public pages read is the masked text, so that they cannot show more.
/// </summary>
internal sealed class KeepOriginals(FieldCipher cipher)
{
    /// <summary>Whatever of the request was loaded or added; what is masked already stays as it is.</summary>
    public void Of(ServiceRequest request)
    {
        request.Title = Mask(request, "title", request.Title);
        request.Text = Mask(request, "text", request.Text);
        request.Address = Mask(request, "address", request.Address);
        request.Answers = MaskAnswers(request);
        request.SearchText = PersonalNumbers.Mask(request.SearchText);
        request.AreTextsMasked = true;
        OfSteps(request);
    }

    /// <summary>The words of the steps just taken.</summary>
    public void OfSteps(ServiceRequest request)
    {
        foreach (var taken in request.Events)
        {
            taken.Text = Mask(request, $"event.{taken.Sequence}.text", taken.Text);
            taken.InternalText = Mask(request, $"event.{taken.Sequence}.internalText", taken.InternalText);
        }

        foreach (var task in request.Tasks)
        {
            task.Title = Mask(request, $"task.{task.Id:N}.title", task.Title);
            task.Result = Mask(request, $"task.{task.Id:N}.result", task.Result);
        }

        foreach (var asked in request.TimeRequests)
        {
            asked.Reason = Mask(request, $"time.{asked.Id:N}.reason", asked.Reason);
        }
    }

    public string Open(RequestOriginal original) => cipher.Open(CellOf(original.RequestId, original.Field), original.Text);

    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    private string? Mask(ServiceRequest request, string field, string? text)
    {
        if (text is null || PersonalNumbers.Mask(text) is var masked && masked == text)
        {
            return text;
        }

        request.Originals.RemoveAll(o => o.Field == field);
        request.Originals.Add(new RequestOriginal { RequestId = request.Id, Field = field, Text = cipher.Seal(CellOf(request.Id, field), text)! });
        return masked;
    }

    private string MaskAnswers(ServiceRequest request)
    {
        if (request.Answers.Length <= 2)
        {
            return request.Answers;
        }

        var answers = JsonSerializer.Deserialize<Dictionary<string, string>>(request.Answers, Json.Plain)!;
        var masked = answers.ToDictionary(a => a.Key, a => Mask(request, $"answers.{a.Key}", a.Value));
        return JsonSerializer.Serialize(masked, Json.Plain);
    }

    private static Cell CellOf(Guid request, string field) => Cell.Of<RequestOriginal>(nameof(RequestOriginal.Text), $"{request:N}/{field}");
}
