namespace Linli.Shell.Ledgers.Running;

/// <summary>
/// Whom the rows of a group are about, counted as far as it matters: below <see cref="Least"/> a line of totals is nearly the record itself. Rows may be several
/// of one record (its steps, its clocks), so they are told apart.
/// </summary>
internal sealed class FewRecords
{
    public const int Least = 3;

    private readonly HashSet<string> _seen = [];

    public bool IsNone => _seen.Count == 0;

    public bool IsEnough => _seen.Count >= Least;

    public void Add(string? record)
    {
        if (_seen.Count < Least && record is not null)
        {
            _seen.Add(record);
        }
    }

    public void Add(FewRecords other)
    {
        foreach (var record in other._seen)
        {
            Add(record);
        }
    }
}
