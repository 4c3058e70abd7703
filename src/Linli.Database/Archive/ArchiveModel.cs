using Linli.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Linli.Database.Archive;

/// <summary>The tables of the model, read from it: a new table is moved by being there.</summary>
internal static class ArchiveModel
{
    /// <summary>Those that others refer to come first.</summary>
    public static IReadOnlyList<ITable> Tables(LinliDb db)
    {
        var (done, path, order) = (new HashSet<ITable>(), new List<ITable>(), new List<ITable>());
        foreach (var table in db.Model.GetRelationalModel().Tables.OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            Visit(table);
        }

        return order;

        void Visit(ITable table)
        {
            if (path.Contains(table))
            {
                throw new InvalidOperationException($"Tables refer to each other in a circle: {string.Join(" → ", path.Select(t => t.Name))} → {table.Name}.");
            }

            if (done.Contains(table))
            {
                return;
            }

            path.Add(table);
            foreach (var other in table.ForeignKeyConstraints.Select(k => k.PrincipalTable).Where(t => t != table).OrderBy(t => t.Name, StringComparer.Ordinal))
            {
                Visit(other);
            }

            path.Remove(table);
            done.Add(table);
            order.Add(table);
        }
    }

    public static IReadOnlyList<ArchiveColumn> Columns(ITable table) =>
        [.. table.Columns.Select(c => new ArchiveColumn(c.Name, KindOf(c), c.IsNullable))];

    /// <summary>The column that the database counts up; null where there is none.</summary>
    public static string? CounterOf(ITable table) => table.PrimaryKey?.Columns is [var only] && Property(only) is var property
        && property.ValueGenerated == ValueGenerated.OnAdd && (property.ClrType == typeof(long) || property.ClrType == typeof(int)) ? only.Name : null;

    private static CellKind KindOf(IColumn column)
    {
        var property = Property(column);
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        var converted = property.GetTypeMapping().Converter?.ProviderClrType ?? type;
        return Known(type) ?? (property.GetElementType()?.ClrType == typeof(string) ? CellKind.Texts : (CellKind?)null) ?? Known(Nullable.GetUnderlyingType(converted) ?? converted)
            ?? throw new InvalidOperationException($"{column.Table.Name}.{column.Name} is a {type.Name}, which the archive cannot write yet.");
    }

    private static CellKind? Known(Type type) =>
        type == typeof(string) ? (CellKind?)CellKind.Text
        : type == typeof(bool) ? CellKind.Bool
        : type == typeof(int) ? CellKind.Whole32
        : type == typeof(long) ? CellKind.Whole64
        : type == typeof(double) ? CellKind.Real
        : type == typeof(decimal) ? CellKind.Exact
        : type == typeof(Guid) ? CellKind.Uuid
        : type == typeof(DateTimeOffset) ? CellKind.Time
        : type == typeof(DateOnly) ? CellKind.Date
        : type == typeof(TimeOnly) ? CellKind.TimeOfDay
        : type == typeof(byte[]) ? CellKind.Bytes
        : null;

    private static IProperty Property(IColumn column) => column.PropertyMappings[0].Property;
}
