namespace Linli.Shell.Ledgers.Running;

/// <summary>What is counted of one column, as far as it has been seen.</summary>
internal sealed class Tally
{
    private decimal _count, _yes, _numbers, _sum;
    private object? _min, _max;

    public void Add(object? value)
    {
        switch (value)
        {
            case null or "":
                return;
            case bool yes:
                _yes += yes ? 1 : 0;
                break;
            case decimal number:
                (_numbers, _sum) = (_numbers + 1, _sum + number);
                break;
            default:
                break;
        }

        _count++;
        if (value is IComparable and not bool)
        {
            _min = _min is null || CellOrder.Compare(value, _min) < 0 ? value : _min;
            _max = _max is null || CellOrder.Compare(value, _max) > 0 ? value : _max;
        }
    }

    public void Add(Tally other)
    {
        (_count, _yes, _numbers, _sum) = (_count + other._count, _yes + other._yes, _numbers + other._numbers, _sum + other._sum);
        _min = _min is null || (other._min is not null && CellOrder.Compare(other._min, _min) < 0) ? other._min : _min;
        _max = _max is null || (other._max is not null && CellOrder.Compare(other._max, _max) > 0) ? other._max : _max;
    }

    /// <param name="isYesNo">Counting counts what says yes.</param>
    public object? Of(TotalKind kind, bool isYesNo) => kind switch
    {
        TotalKind.Count => isYesNo ? _yes : _count,
        TotalKind.Sum => _sum,
        TotalKind.Average => _numbers == 0 ? null : _sum / _numbers,
        TotalKind.Share => _count == 0 ? null : _yes / _count,
        TotalKind.Min => _min,
        TotalKind.Max => _max,
        _ => null,
    };
}
