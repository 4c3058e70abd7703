using Linli.Shell.Ledgers.Formulas;
using Linli.Shell.Text;

namespace Linli.Shell.Ledgers.Running;

/// <summary>Writes lines, and after each group what its columns come to.</summary>
internal sealed class GroupedLines(LedgerPlan plan, ILedgerOutput output, Texts texts)
{
    private readonly Dictionary<string, TotalGroup> _groups = [];
    private readonly FewRecords _whole = new();
    private readonly Tally[][] _levels = [.. Enumerable.Range(0, plan.Groups.Count + 1).Select(_ => New(plan))];
    private object?[]? _last;

    /// <summary>How many lines were written, totals not counted.</summary>
    public int Lines { get; private set; }

    /// <summary>For forms of totals: counts a row to its group.</summary>
    /// <param name="values">Of the row.</param>
    /// <param name="record">Whom it is about, where that matters.</param>
    /// <returns>How many groups there are.</returns>
    public int Tally(object?[] values, string? record)
    {
        object?[] keys = [.. plan.Groups.Select(g => values[g.Slot])];
        var name = string.Join('\u001f', keys.Select(FormulaFunctions.Words));
        if (!_groups.TryGetValue(name, out var group))
        {
            _groups[name] = group = new TotalGroup(keys, New(plan), new FewRecords());
        }

        group.Count(record);
        _whole.Add(record);
        Add(group.Tallies, values);
        return _groups.Count;
    }

    /// <summary>Writes one row; before it the subtotals of groups that are over.</summary>
    public async ValueTask WriteAsync(object?[] values, CancellationToken cancellation)
    {
        if (_last is not null)
        {
            await CloseAsync(_last, values, cancellation);
        }

        foreach (var level in _levels)
        {
            Add(level, values);
        }

        _last = values;
        Lines++;
        await output.WriteAsync(new LedgerLine(LedgerLineKind.Row, [.. plan.Columns.Select(c => c.Slot is { } slot ? values[slot] : c.IsNumber ? (decimal)Lines : null)]), cancellation);
    }

    public async Task EndAsync(CancellationToken cancellation)
    {
        if (plan.Definition.OnlyTotals)
        {
            await WriteGroupsAsync(cancellation);
        }
        else if (_last is not null)
        {
            await CloseAsync(_last, null, cancellation);
        }

        if (plan.Definition.GrandTotal && (plan.HasTotals || plan.Definition.OnlyTotals))
        {
            await output.WriteAsync(new LedgerLine(LedgerLineKind.Total, Labelled(_whole is { IsNone: false, IsEnough: false } ? new object?[plan.Columns.Count] : TotalsOf(_levels[0]), texts["合计"])), cancellation);
        }
    }

    private async ValueTask CloseAsync(object?[] last, object?[]? next, CancellationToken cancellation)
    {
        var same = 0;
        while (next is not null && same < plan.Groups.Count && Equals(last[plan.Groups[same].Slot], next[plan.Groups[same].Slot]))
        {
            same++;
        }

        for (var level = plan.Groups.Count; level > same; level--)
        {
            await SubtotalAsync(_levels[level], last[plan.Groups[level - 1].Slot], cancellation);
            _levels[level] = New(plan);
        }
    }

    private async ValueTask SubtotalAsync(Tally[] tallies, object? value, CancellationToken cancellation)
    {
        if (plan.HasTotals)
        {
            await output.WriteAsync(new LedgerLine(LedgerLineKind.Subtotal, Labelled(TotalsOf(tallies), texts["{0} 小计", FormulaFunctions.Words(value) is { Length: > 0 } words ? words : texts["（空）"]])), cancellation);
        }
    }

    private async Task WriteGroupsAsync(CancellationToken cancellation)
    {
        AddEmpty();
        var rest = TotalGroup.Fold(_groups, New(plan));
        var groups = _groups.Values.Select(g => (g.Keys, g.Tallies, Totals: TotalsOf(g.Tallies))).ToList();
        groups.Sort((a, b) => Order(a.Keys, a.Totals, b.Keys, b.Totals));
        for (var i = 0; i < groups.Count; i++)
        {
            var (keys, tallies, totals) = groups[i];
            Lines++;
            foreach (var (level, index) in _levels.Select((l, n) => (l, n)))
            {
                if (index < plan.Groups.Count || index == 0)
                {
                    for (var column = 0; column < level.Length; column++)
                    {
                        level[column].Add(tallies[column]);
                    }
                }
            }

            await output.WriteAsync(new LedgerLine(LedgerLineKind.Row, WithKeys(totals, keys)), cancellation);
            for (var outer = rest is null ? plan.Groups.Count - 1 : 0; outer > 0; outer--)   // a subtotal without its few would be wrong, and with them tell them
            {
                if (i == groups.Count - 1 || !keys.Take(outer).SequenceEqual(groups[i + 1].Keys.Take(outer)))
                {
                    await SubtotalAsync(_levels[outer], keys[outer - 1], cancellation);
                    _levels[outer] = New(plan);
                }
            }
        }

        if (rest is not null)
        {
            await WriteRestAsync(rest, cancellation);
        }
    }

    /// <summary>What is of a few, as one line; without figures where everything together is.</summary>
    private async Task WriteRestAsync(TotalGroup rest, CancellationToken cancellation)
    {
        foreach (var (whole, few) in _levels[0].Zip(rest.Tallies))
        {
            whole.Add(few);
        }

        Lines++;
        var totals = rest.IsFew ? new object?[plan.Columns.Count] : TotalsOf(rest.Tallies);
        await output.WriteAsync(new LedgerLine(LedgerLineKind.Subtotal, Labelled(totals, texts["其他（不足 {0} 件）", FewRecords.Least])), cancellation);
    }

    /// <summary>Townships without a request stand in the form with a nought.</summary>
    private void AddEmpty()
    {
        if (plan.Definition.EmptyGroups && plan.Groups is [{ Choices: { } choices }])
        {
            foreach (var choice in choices)
            {
                _groups.TryAdd(choice, new TotalGroup([choice], New(plan), new FewRecords()));
            }
        }
    }

    private int Order(object?[] a, object?[] totalsA, object?[] b, object?[] totalsB)
    {
        if (plan.Groups.Count == 1)
        {
            foreach (var (column, descending) in plan.TotalSort)
            {
                if (CellOrder.Compare(totalsA[column], totalsB[column], null, descending) is var way && way != 0)
                {
                    return way;
                }
            }
        }

        for (var i = 0; i < a.Length; i++)
        {
            if (CellOrder.Compare(a[i], b[i], plan.Groups[i].Ranks, plan.Groups[i].Descending) is var way && way != 0)
            {
                return way;
            }
        }

        return 0;
    }

    private object?[] WithKeys(object?[] totals, object?[] keys)
    {
        var cells = (object?[])totals.Clone();
        for (var i = 0; i < cells.Length; i++)
        {
            var column = plan.Columns[i];
            var level = plan.Groups.Select((g, n) => (g, n)).FirstOrDefault(p => column.Total == TotalKind.None && p.g.Slot == column.Slot, (null!, -1)).Item2;
            cells[i] = column.IsNumber ? (decimal)Lines : level >= 0 ? keys[level] : cells[i];
        }

        return cells;
    }

    private object?[] TotalsOf(Tally[] tallies)
    {
        object?[] totals = [.. plan.Columns.Select((c, i) => tallies[i].Of(c.Total, c.Kind == ValueKind.YesNo))];
        var scope = new FormulaScope(totals, plan.Query.Now, plan.Calendar);
        foreach (var place in plan.TotalOrder)
        {
            totals[place] = plan.Columns[place].TotalFormula!.Of(scope);
        }

        return totals;
    }

    /// <summary>The words stand in the first cell that has no total.</summary>
    private object?[] Labelled(object?[] totals, string label)
    {
        var free = plan.Columns.Select((c, i) => (c, i)).Where(p => p.c.Total == TotalKind.None).ToList();
        var place = free.OrderBy(p => p.c.IsNumber).Select(p => p.i).FirstOrDefault(-1);
        if (place >= 0)
        {
            totals[place] = label;
        }

        return totals;
    }

    private void Add(Tally[] tallies, object?[] values)
    {
        for (var i = 0; i < tallies.Length; i++)
        {
            if (plan.Columns[i].Slot is { } slot && plan.Columns[i].Total is not (TotalKind.None or TotalKind.Formula))
            {
                tallies[i].Add(values[slot]);
            }
        }
    }

    private static Tally[] New(LedgerPlan plan) => [.. plan.Columns.Select(_ => new Tally())];
}
