using System.Collections;
using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Linli.Database.Writing;

/// <summary>How rows of one table are written from their objects, without the work of finding out what has changed: they are new.</summary>
/// <param name="Rank">Rows of a lower rank are written first: others point at them.</param>
/// <param name="Belongings">Rows of other tables that hang on such a row.</param>
/// <param name="PointsAtItself">Reads the key of another row of the same table; such a row may have to come first.</param>
internal sealed record RowPlan(
    string Table, int Rank, IReadOnlyList<RowPlan.Column> Columns, IReadOnlyList<RowPlan.Belonging> Belongings, IReadOnlyList<Func<object, object?>> PointsAtItself)
{
    private static readonly ConcurrentDictionary<IEntityType, RowPlan?> Plans = new();

    /// <param name="Read">The value as the engine keeps it; null for none.</param>
    /// <param name="IsMadeByEf">An empty value is to be filled in when the row is tracked.</param>
    internal sealed record Column(string Name, string Type, Func<object, object?> Read, bool IsMadeByEf);

    /// <param name="Read">One row, a collection of rows, or null.</param>
    /// <param name="Type">The other table's rows.</param>
    /// <param name="Keys">Names of the other table's columns that point at this row, and what they are to hold.</param>
    internal sealed record Belonging(Func<object, object?> Read, IEntityType Type, IReadOnlyList<(string Column, Func<object, object?> Key)> Keys)
    {
        public IEnumerable<object> Of(object row) => Read(row) switch { null => [], IEnumerable many => many.Cast<object>(), var one => [one] };
    }

    /// <summary>Null for what only EF can write: values without a place in the object, parts of other objects, values that the database makes.</summary>
    public static RowPlan? Of(IEntityType type) => Plans.GetOrAdd(type, Make);

    /// <summary>Adds the row and what hangs on it.</summary>
    /// <param name="given">Values of columns that point at the row on which this one hangs.</param>
    /// <returns>False when EF has to write it.</returns>
    public bool TryRead(object row, IReadOnlyList<(string Column, object? Value)> given, List<PlannedRow> into)
    {
        if (PointsAtItself.Any(read => read(row) is not null))
        {
            return false;
        }

        var values = new object?[Columns.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var column = Columns[i];
            values[i] = given.Count > 0 && given.FirstOrDefault(g => g.Column == column.Name) is { Column: not null } pointing ? pointing.Value : column.Read(row);
            if (column.IsMadeByEf && (values[i] is null or 0 or 0L || values[i] is Guid id && id == Guid.Empty))
            {
                return false;
            }
        }

        into.Add(new PlannedRow(this, row, values));
        return Belongings.All(b => b.Of(row).All(other => Of(b.Type)?.TryRead(other, [.. b.Keys.Select(k => (k.Column, k.Key(row)))], into) == true));
    }

    private static RowPlan? Make(IEntityType type)
    {
        if (type.GetTableName() is not { } table || type.GetTableMappings().Count() != 1 || type.IsOwned() || type.GetComplexProperties().Any()
            || type.GetDerivedTypes().Any() || type.BaseType is not null || type.GetSkipNavigations().Any())
        {
            return null;
        }

        var columns = new List<Column>();
        foreach (var property in type.GetProperties())
        {
            if (IsCounted(property))
            {
                continue;
            }

            if (property.PropertyInfo is null || (property.ValueGenerated != ValueGenerated.Never && !property.IsPrimaryKey()))
            {
                return null;
            }

            columns.Add(new Column(property.GetColumnName(), property.GetColumnType(), ReaderOf(property), property.ValueGenerated != ValueGenerated.Never));
        }

        var belongings = new List<Belonging>();
        foreach (var navigation in type.GetNavigations().Where(n => !n.IsOnDependent))
        {
            if (navigation.PropertyInfo is not { } place)
            {
                return null;
            }

            var key = navigation.ForeignKey;
            belongings.Add(new Belonging(ReaderOf(type, place), navigation.TargetEntityType, [.. key.Properties.Zip(key.PrincipalKey.Properties, (own, other) => (own.GetColumnName(), ReaderOf(other)))]));
        }

        var self = type.GetForeignKeys().Where(k => k.PrincipalEntityType == type).SelectMany(k => k.Properties).Where(p => p.PropertyInfo is not null).Select(ReaderOf);
        return new RowPlan(table, RankOf(type, []), columns, belongings, [.. self]);
    }

    /// <summary>The running number of a table that nothing points at; nobody waits to hear it.</summary>
    private static bool IsCounted(IProperty property) =>
        property is { ValueGenerated: ValueGenerated.OnAdd, ClrType: var clr } && clr == typeof(long) && property.IsPrimaryKey()
        && !property.DeclaringType.ContainingEntityType.GetReferencingForeignKeys().Any();

    private static int RankOf(IEntityType type, HashSet<IEntityType> seen) =>
        !seen.Add(type) ? 0 : type.GetForeignKeys().Select(k => k.PrincipalEntityType).Where(p => p != type).Select(p => 1 + RankOf(p, [.. seen])).DefaultIfEmpty(0).Max();

    private static Func<object, object?> ReaderOf(IProperty property)
    {
        var read = ReaderOf(property.DeclaringType.ContainingEntityType, property.PropertyInfo!);
        return property.GetTypeMapping().Converter is { } converter ? o => read(o) is { } value ? converter.ConvertToProvider(value) : null : read;
    }

    private static Func<object, object?> ReaderOf(IEntityType type, PropertyInfo place)
    {
        var row = Expression.Parameter(typeof(object));
        return Expression.Lambda<Func<object, object?>>(Expression.Convert(Expression.Property(Expression.Convert(row, type.ClrType), place), typeof(object)), row).Compile();
    }
}
