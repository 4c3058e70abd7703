using Linli.Kernel;
using Linli.Kernel.Evidence;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Microsoft.AspNetCore.Http;

namespace Linli.Shell.Evidence;

/// <summary>The files of a form field: those kept, for <see cref="EvidenceClaims"/>, and what is wrong with the others.</summary>
public sealed record FormFiles(IReadOnlyList<Guid> Kept, IReadOnlyList<FieldProblem> Problems)
{
    public static FormFiles None { get; } = new([], []);
}

/// <summary>
/// Takes the files that <c>PhotoField</c> sends with an ordinary form: new ones under the field's name, and the ids of those that
/// were sent before (by script, or in a round that was refused for another reason) under <c>NAME.id</c>.
/// </summary>
public sealed class EvidenceForm(EvidenceIntake intake, CurrentActor actor)
{
    public const int DefaultMost = 6;

    /// <summary>Every good file is kept even when another one is refused, so that nobody sends a photo twice.</summary>
    /// <param name="by">Who will claim them, when it is not the actor of the call: staff who report as a resident does.</param>
    public async Task<FormFiles> TakeAsync(
        IFormCollection form, string field = "photos", int most = DefaultMost, Actor? by = null, CancellationToken cancellation = default)
    {
        var kept = form[IdField(field)].Select(id => Guid.TryParse(id, out var parsed) ? parsed : Guid.Empty)
            .Where(id => id != Guid.Empty).Distinct().Take(most).ToList();

        // A field without a chosen file arrives as an empty, nameless one.
        var sent = form.Files.GetFiles(field).Where(f => f.Length > 0 || f.FileName.Length > 0).ToList();
        if (kept.Count + sent.Count > most)
        {
            return new FormFiles(kept, [new FieldProblem(field, "最多 {0} 个文件，这里有 {1} 个。请去掉几个。", most, kept.Count + sent.Count)]);
        }

        var problems = new List<FieldProblem>();
        foreach (var file in sent)
        {
            await using var content = file.OpenReadStream();
            var outcome = await intake.KeepAsync(new Upload(content, file.FileName, field), by ?? actor.Value, cancellation);
            if (outcome.Succeeded)
            {
                kept.Add(outcome.Value.Id);
            }
            else if (outcome.Failure is Failure.Invalid invalid)
            {
                problems.AddRange(invalid.Problems);
            }
        }

        return new FormFiles(kept, problems);
    }

    internal static string IdField(string field) => $"{field}.id";
}
