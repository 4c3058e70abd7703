using Linli.Kernel.People;

namespace Linli.Shell.Audit;

/// <summary>
/// A module's say over the audit log: entries about some of its subjects are not for every auditor (回避). Entries that are hidden are neither
/// listed, counted, exported nor found.
/// </summary>
public interface IHiddenSubjects
{
    /// <summary>The subjects, as acts name them, that this reader may not learn about; a query over the same store.</summary>
    IQueryable<string> HiddenFrom(Actor reader);
}
