using Linli.Kernel;
using Linli.Requests.Life;

namespace Linli.Requests.Import;

/// <summary>A row that was not taken, with the reason.</summary>
internal sealed record RejectedRow(ImportRow Row, FieldProblem Problem);

/// <summary>How far an import is.</summary>
internal enum ImportPhase
{
    Reading,
    Writing,
}

internal sealed record ImportProgress(ImportPhase Phase, int Done, int Total);

/// <summary>What an import did, or would do.</summary>
/// <param name="Known">Rows that were here already; they were left as they are.</param>
/// <param name="NewOrganisations">Names of the organisations that came with it.</param>
/// <param name="ByType">Name of the service type (Chinese, English) and how many.</param>
internal sealed record ImportReport(
    bool IsDryRun, ImportTable Table, int Imported, int Known, IReadOnlyList<RejectedRow> Rejected, IReadOnlyList<string> NewOrganisations,
    IReadOnlyList<(string Zh, string En, int Count)> ByType, IReadOnlyList<(RequestState State, int Count)> ByState);
