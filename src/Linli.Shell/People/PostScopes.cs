namespace Linli.Shell.People;

/// <summary>A service group that a post can be limited to.</summary>
public sealed record PostScope(string Code, string NameZh, string NameEn);

/// <summary>A module whose records are sorted into service groups names them, so that posts can be limited to some.</summary>
public interface IPostScopes
{
    Task<IReadOnlyList<PostScope>> ListAsync(CancellationToken cancellation);
}

internal static class PostScopes
{
    public static async Task<IReadOnlyList<PostScope>> AllAsync(this IEnumerable<IPostScopes> modules, CancellationToken cancellation)
    {
        var all = new List<PostScope>();
        foreach (var module in modules)
        {
            all.AddRange(await module.ListAsync(cancellation));
        }

        return all;
    }
}
