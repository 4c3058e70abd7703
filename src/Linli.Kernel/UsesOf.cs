using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Linli.Kernel;

/// <summary>
/// Whether any row of any table names something by its code. The tables are asked for in the model, so that one that is added later counts from its first day:
/// what is named somewhere must not vanish.
/// </summary>
public sealed class UsesOf(LinliDb db)
{
    /// <param name="code">What may be named.</param>
    /// <param name="within">Also what begins with the code: an area is in use when one inside it is.</param>
    /// <param name="columns">Names of properties that hold such a code, alone or among others with spaces between them.</param>
    public async Task<bool> AnyAsync(string code, bool within, IReadOnlyCollection<string> columns, CancellationToken cancellation)
    {
        foreach (var (type, property) in db.Model.GetEntityTypes().Where(t => t.GetTableName() is not null && !t.IsOwned() && t.BaseType is null)
            .SelectMany(t => t.GetProperties().Where(p => p.ClrType == typeof(string) && columns.Contains(p.Name)).Select(p => (t, p))))
        {
            var ask = typeof(UsesOf).GetMethod(nameof(InAsync), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!.MakeGenericMethod(type.ClrType);
            if (await (Task<bool>)ask.Invoke(this, [property, code, within, cancellation])!)
            {
                return true;
            }
        }

        return false;
    }

    private Task<bool> InAsync<T>(IProperty property, string code, bool within, CancellationToken cancellation) where T : class
    {
        var (name, some) = (property.Name, $" {code} ");
        return within
            ? db.Set<T>().AnyAsync(e => EF.Property<string>(e, name).StartsWith(code), cancellation)
            : db.Set<T>().AnyAsync(e => EF.Property<string>(e, name) == code || (" " + EF.Property<string>(e, name) + " ").Contains(some), cancellation);
    }
}
