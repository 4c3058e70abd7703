using System.Text.Json;
using System.Text.Json.Serialization;
using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Life;
using Linli.Requests.Photos;
using Linli.Requests.Steps;

namespace Linli.Requests.Handling;

/// <summary>补充情况: words or photos by anybody concerned; changes no state and no clock.</summary>
internal sealed class AddNote(StepRunner steps, PhotoShelf photos) : IStepUseCase<AddNote.Input>
{
    /// <param name="IsInternal">Among staff only; a reporter's note never is.</param>
    public sealed record Input(string? Note, bool? IsInternal, IReadOnlyList<Guid>? Photos, int? Version) : IStepInput
    {
        /// <summary>What the client of another system calls this note, so that it is taken once.</summary>
        [JsonIgnore]
        public NoteMark? Mark { get; init; }
    }

    public static IReadOnlyList<Step> Steps => [Step.Note];
    public static string Noun => "notes";

    /// <remarks>A note takes what it finds: two people may write at the same time, so the seen version does not matter.</remarks>
    public Task<Outcome<StepTaken>> RunAsync(string number, Input input, Caller caller, CancellationToken cancellation) =>
        steps.RunAsync(new(number, Step.Note, caller, null), async (scene, token) =>
        {
            if (Check.Text("note", input.Note, isRequired: input.Photos is not { Count: > 0 }) is { } wrong)
            {
                return wrong;
            }

            var taken = scene.Take();
            taken.Details = input.Mark?.Write();
            if (input.IsInternal == true && caller.Actor.IsStaff)
            {
                taken.InternalText = Check.Clean(input.Note);
            }
            else
            {
                taken.Text = Check.Clean(input.Note);
            }

            return await photos.AttachAsync(scene, input.Photos, token);
        }, cancellation);
}

/// <summary>A note as another system knows it, in <see cref="RequestEvent.Details"/>.</summary>
internal sealed record NoteMark(Guid Client, string Update)
{
    public string Write() => JsonSerializer.Serialize(this, Json.Plain);
}
