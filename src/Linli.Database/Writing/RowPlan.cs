using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Linli.Kernel;
using Linli.Kernel.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Linli.Database.Writing;

/// <summary>How rows of one table are written from their objects, without the work of finding out what has changed: they are new.</summary>
/// <param name="Rank">Rows of a lower rank are written first: others point at them.</param>
/// <param name="PointsAtItself">Reads the key of another row of the same table; such a row may have to come first.</param>
internal sealed record RowPlan(string Table, int Rank, IReadOnlyList<RowPlan.Column> Columns, IReadOnlyList<Func<object, object?>> PointsAtItself)
{
    private static readonly ConcurrentDictionary<IEntityType, RowPlan?> Plans = new();

    /// <param name="Read">The value as the engine keeps it; null for none.</param>
    internal sealed record Column(string Name, string Type, Func<object, object?> Read);

    /// <summary>Null for what only EF can write: values without a place in the object, parts of other objects, values that the database makes.</summary>
    public static RowPlan? Of(IEntityType type) => Plans.GetOrAdd(type, Make);

    private static RowPlan? Make(IEntityType type)
    {
        if (type.GetTableName() is not { } table || type.GetTableMappings().Count() != 1 || type.IsOwned() || type.GetComplexProperties().Any()
            || type.GetDerivedTypes().Any() || type.BaseType is not null)
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

            columns.Add(new Column(property.GetColumnName(), property.GetColumnType(), ReaderOf(property)));
        }

        var own = type.GetForeignKeys().Where(k => k.PrincipalEntityType == type).SelectMany(k => k.Properties).Where(p => p.PropertyInfo is not null).Select(ReaderOf);
        return new RowPlan(table, RankOf(type, []), columns, [.. own]);
    }

    /// <summary>The running number of a table that nothing points at; nobody waits to hear it.</summary>
    private static bool IsCounted(IProperty property) =>
        property is { ValueGenerated: ValueGenerated.OnAdd, ClrType: var clr } && clr == typeof(long) && property.IsPrimaryKey()
        && !property.DeclaringType.ContainingEntityType.GetReferencingForeignKeys().Any();

    private static int RankOf(IEntityType type, HashSet<IEntityType> seen) =>
        !seen.Add(type) ? 0 : type.GetForeignKeys().Select(k => k.PrincipalEntityType).Where(p => p != type).Select(p => 1 + RankOf(p, [.. seen])).DefaultIfEmpty(0).Max();

    private static Func<object, object?> ReaderOf(IProperty property)
    {
        var row = Expression.Parameter(typeof(object));
        var read = Expression.Lambda<Func<object, object?>>(
            Expression.Convert(Expression.Property(Expression.Convert(row, property.DeclaringType.ClrType), property.PropertyInfo!), typeof(object)), row).Compile();
        return property.GetTypeMapping().Converter is { } converter ? o => read(o) is { } value ? converter.ConvertToProvider(value) : null : read;
    }
}
