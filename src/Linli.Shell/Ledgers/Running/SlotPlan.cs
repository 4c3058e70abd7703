using Linli.Kernel;
using Linli.Shell.Ledgers.Formulas;
using Linli.Shell.Text;

namespace Linli.Shell.Ledgers.Running;

/// <summary>Gives every value that is needed its slot, and compiles what is calculated, each after what it reads.</summary>
internal sealed class SlotPlan(LedgerDefinition definition, LedgerOffer offer)
{
    /// <summary>Fetched values come first; there are never more columns than these.</summary>
    private readonly List<string> _fetched = [];
    private readonly Dictionary<int, Formula> _formulas = [];
    private readonly List<int> _order = [];
    private readonly HashSet<int> _underWay = [];
    private readonly Dictionary<int, Formula> _totals = [];
    private readonly List<int> _totalOrder = [];

    public List<FieldProblem> Problems { get; } = [];

    public IReadOnlyList<string> Fetched => _fetched;

    /// <summary>What is calculated by column i stands here until it is known how much is fetched.</summary>
    private const int Calculated = 10_000;

    /// <returns>Without source, query and calendar, and with the lines around the table not filled in; of no use where there are <see cref="Problems"/>.</returns>
    public LedgerPlan Compile()
    {
        var columns = definition.Columns.Select(Plan).ToList();
        var groups = definition.GroupBy.Select((g, i) => OrderOf(g, false, $"groupBy[{i}]")).OfType<PlannedOrder>().ToList();
        var sorts = definition.OnlyTotals ? [] : definition.Sort.Select((s, i) => OrderOf(s.Column, s.Descending, $"sort[{i}]")).OfType<PlannedOrder>().ToList();
        var totalSorts = definition.OnlyTotals ? definition.Sort.Select((s, i) => (Column: ColumnNamed(s.Column), s.Descending, i)).ToList() : [];
        foreach (var (_, _, i) in totalSorts.Where(s => s.Column < 0))
        {
            Problems.Add(new($"sort[{i}]", "只要合计的台账，只能按自己选的列排序。"));
        }

        var where = definition.Where is { Length: > 0 } text ? Parse(text, "where", Find) : null;
        if (where is { Kind: not (ValueKind.YesNo or ValueKind.Nothing) })
        {
            Problems.Add(new("where", "条件要算出“是”或“否”，这里算出的是{0}。", FormulaParser.WordOf(where.Kind)));
        }

        int Final(int slot) => slot >= Calculated ? _fetched.Count + _order.IndexOf(slot - Calculated) : slot;
        var (head, rows) = HeadCells.Of([.. definition.Columns.Select((c, i) => HeadCells.PathOf(Texts.Pick(c.Under ?? "", c.UnderEn), HeadingOf(c)))]);
        return new LedgerPlan
        {
            Definition = definition, Source = null!, Query = null!, Calendar = null!, IsPersonal = false,
            Sheet = new LedgerSheet(PlanLedger.NameOf(definition), "", "", "", "", "", definition.IsPortrait,
                [.. definition.Columns.Select((c, i) => Looks.Of(c, HeadingOf(c), KindOf(c, i), columns[i]))], head, rows),
            Columns = [.. columns.Select(c => c with { Slot = c.Slot is { } slot ? Final(slot) : null })],
            Calculated = [.. _order.Select((column, place) => (_fetched.Count + place, _formulas[column].Moved(Final)))],
            Slots = _fetched.Count + _order.Count,
            Where = where?.Moved(Final),
            Groups = [.. groups.Select(g => g with { Slot = Final(g.Slot) })],
            Sort = [.. sorts.Select(s => s with { Slot = Final(s.Slot) })],
            TotalSort = [.. totalSorts.Select(s => (s.Column, s.Descending))],
            TotalOrder = _totalOrder,
        };
    }

    private string HeadingOf(LedgerColumnSpec column) => column.Heading is { Length: > 0 } own ? Texts.Pick(own, column.HeadingEn)
        : column.Column == "#" ? Texts.Pick("序号", "No.") : OfferOf(column.Column) is { } offered ? Texts.Pick(offered.Zh, offered.En) : "";

    private PlannedColumn Plan(LedgerColumnSpec column, int place)
    {
        var isTotalFormula = column.Total == TotalKind.Formula;
        if (isTotalFormula && column.Formula is null)
        {
            Problems.Add(new($"columns[{place}].total", "“照算式算”只用于写了算式的列。"));
        }

        var total = isTotalFormula && column.Formula is not null ? TotalFormula(place) : null;
        if (column.Column == "#")
        {
            return new PlannedColumn(null, ValueKind.Number, TotalKind.None, null);
        }

        if (isTotalFormula && definition.OnlyTotals)
        {
            return new PlannedColumn(null, total?.Kind ?? ValueKind.Nothing, TotalKind.Formula, total);
        }

        var slot = column.Column is { } key ? Fetch(key) : Calculate(place);
        var kind = column.Column is null ? _formulas.GetValueOrDefault(place)?.Kind ?? ValueKind.Nothing : KindOf(OfferOf(column.Column)!.Kind);
        if (column.Total is TotalKind.Sum or TotalKind.Average && kind is not (ValueKind.Number or ValueKind.Nothing))
        {
            Problems.Add(new($"columns[{place}].total", "只有数字能求和、求平均，这一列是{0}。", FormulaParser.WordOf(kind)));
        }
        else if (column.Total == TotalKind.Share && kind is not (ValueKind.YesNo or ValueKind.Nothing))
        {
            Problems.Add(new($"columns[{place}].total", "只有“是否”的列能求占比，这一列是{0}。", FormulaParser.WordOf(kind)));
        }

        return new PlannedColumn(slot, kind, column.Total, total);
    }

    /// <summary>Compiles the formula of a column, and before it those that it reads.</summary>
    private int Calculate(int place)
    {
        var text = definition.Columns[place].Formula!;
        if (_formulas.ContainsKey(place))
        {
            return Calculated + place;
        }

        if (!_underWay.Add(place))
        {
            Problems.Add(new($"columns[{place}].formula", "“{0}”的算式绕回了自己。", definition.Columns[place].Heading ?? ""));
            return Calculated + place;
        }

        if (Parse(text, $"columns[{place}].formula", name => name.Equals(definition.Columns[place].Heading, StringComparison.OrdinalIgnoreCase) && OfferNamed(name) is { } own ? new FormulaName(Fetch(own.Key), KindOf(own.Kind)) : Find(name), definition.Columns[place].Heading) is { } formula)
        {
            _formulas[place] = formula;
            _order.Add(place);
        }

        _underWay.Remove(place);
        return Calculated + place;
    }

    private Formula? TotalFormula(int place)
    {
        if (_totals.TryGetValue(place, out var known))
        {
            return known;
        }

        if (!_underWay.Add(-1 - place))
        {
            Problems.Add(new($"columns[{place}].formula", "“{0}”的算式绕回了自己。", definition.Columns[place].Heading ?? ""));
            return null;
        }

        var formula = Parse(definition.Columns[place].Formula!, $"columns[{place}].formula", name =>
        {
            var other = ColumnNamed(name);
            return other < 0 || definition.Columns[other].Total == TotalKind.None ? null
                : new FormulaName(other, definition.Columns[other].Total == TotalKind.Formula ? TotalFormula(other)?.Kind ?? ValueKind.Nothing
                    : definition.Columns[other] is { Total: TotalKind.Min or TotalKind.Max, Column: { } key } ? KindOf(OfferOf(key)!.Kind) : ValueKind.Number);
        }, definition.Columns[place].Heading);
        _underWay.Remove(-1 - place);
        if (formula is not null)
        {
            _totals[place] = formula;
            _totalOrder.Add(place);
        }

        return formula;
    }

    private Formula? Parse(string text, string field, Func<string, FormulaName?> find, string? heading = null)
    {
        var parsed = Formula.Parse(text, find);
        if (parsed.Succeeded)
        {
            return parsed.Value;
        }

        var wrong = ((Failure.Invalid)parsed.Failure).Problems[0];
        Problems.Add(heading is null ? wrong with { Field = field } : new FieldProblem(field, "“{0}”这一列的算式，{1}", heading, new Saying(wrong.Message, wrong.Values)));
        return null;
    }

    private PlannedOrder? OrderOf(string name, bool descending, string field)
    {
        if (Find(name) is not { } found)
        {
            Problems.Add(new(field, "没有“{0}”这一列。", PlanLedger.Short(name)));
            return null;
        }

        var choices = found.Slot < _fetched.Count ? OfferOf(_fetched[found.Slot])?.Choices : null;
        return new PlannedOrder(found.Slot, descending, choices?.Distinct().Select((c, i) => (c, i)).ToDictionary(p => p.c, p => p.i), choices);
    }

    private FormulaName? Find(string name)
    {
        var place = ColumnNamed(name);
        if (place >= 0 && definition.Columns[place] is { Formula: not null })
        {
            var slot = Calculate(place);
            return new FormulaName(slot, _formulas.GetValueOrDefault(place)?.Kind ?? ValueKind.Nothing);
        }

        var offered = place >= 0 ? OfferOf(definition.Columns[place].Column) : OfferNamed(name);
        return offered is null ? null : new FormulaName(Fetch(offered.Key), KindOf(offered.Kind));
    }

    /// <summary>By the county's heading in either language, or by its key.</summary>
    private int ColumnNamed(string name) => definition.Columns.Select((c, i) => (c, i)).Where(p => Is(p.c.Heading, name) || Is(p.c.HeadingEn, name)).Select(p => p.i).FirstOrDefault(-1) is >= 0 and var own ? own
        : definition.Columns.Select((c, i) => (c, i)).Where(p => p.c.Column is { } key && (Is(key, name) || (OfferOf(key) is { } o && (Is(o.Zh, name) || Is(o.En, name))))).Select(p => p.i).FirstOrDefault(-1);

    private LedgerColumn? OfferNamed(string name) => offer.Columns.FirstOrDefault(c => Is(c.Key, name)) ?? offer.Columns.FirstOrDefault(c => Is(c.Zh, name) || Is(c.En, name));

    private LedgerColumn? OfferOf(string? key) => offer.Columns.FirstOrDefault(c => c.Key == key);

    private static bool Is(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>The slot of something that the source is asked for.</summary>
    public int Fetch(string key)
    {
        var slot = _fetched.IndexOf(key);
        if (slot < 0)
        {
            slot = _fetched.Count;
            _fetched.Add(key);
        }

        return slot;
    }

    private CellKind KindOf(LedgerColumnSpec column, int place) => column.Column == "#" ? CellKind.Number : OfferOf(column.Column)?.Kind ?? (_formulas.GetValueOrDefault(place)?.Kind ?? _totals.GetValueOrDefault(place)?.Kind) switch
    {
        ValueKind.Number => CellKind.Number,
        ValueKind.Date => CellKind.Date,
        ValueKind.Time => CellKind.Time,
        ValueKind.YesNo => CellKind.YesNo,
        _ => CellKind.Text,
    };

    private static ValueKind KindOf(CellKind kind) => kind switch
    {
        CellKind.Number or CellKind.Hours => ValueKind.Number,
        CellKind.Date => ValueKind.Date,
        CellKind.Time => ValueKind.Time,
        CellKind.YesNo => ValueKind.YesNo,
        _ => ValueKind.Text,
    };
}
