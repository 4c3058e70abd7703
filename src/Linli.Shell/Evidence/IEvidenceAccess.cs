using Linli.Kernel.Evidence;
using Microsoft.AspNetCore.Http;

namespace Linli.Shell.Evidence;

/// <summary>Who may read a file.</summary>
public enum EvidenceAudience
{
    /// <summary>Not this reader; also the answer of a module that does not use the file.</summary>
    Nobody,

    /// <summary>This reader, now; asked again at the next call.</summary>
    Reader,

    /// <summary>Anyone; may be kept by shared caches for a while.</summary>
    Everybody,
}

/// <summary>
/// A module whose records use evidence answers for them; register any number. The widest answer counts, no answer is a refusal.
/// </summary>
public interface IEvidenceAccess
{
    /// <param name="reader">The call: its actor is in <see cref="Accounts.CurrentActor"/>, a reporter's secret in its cookies.</param>
    Task<EvidenceAudience> AudienceAsync(EvidenceFile file, HttpContext reader, CancellationToken cancellation);
}
