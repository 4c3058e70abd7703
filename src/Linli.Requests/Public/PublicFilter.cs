using System.Globalization;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Requests.Catalogue;
using Linli.Requests.Steps;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Public;

/// <summary>What the list is narrowed to, as it stands in the address.</summary>
public sealed record PublicFilter(string? Words, string? Group, string? Area, string? State, string? Page, string? Type = null)
{
    public string Query(string? page = null) => QueryString.Create(new KeyValuePair<string, string?>[] { new("words", Words), new("group", Group), new("area", Area), new("state", State), new("type", Type), new("page", page) }
        .Where(p => !string.IsNullOrEmpty(p.Value))).ToString();

    /// <summary>What says nothing. A program that mistypes an area has to hear it: otherwise it follows nothing, or everything, for ever.</summary>
    internal async Task<List<FieldProblem>> ProblemsAsync(LinliDb db, CancellationToken cancellation)
    {
        List<FieldProblem> wrong = [];
        if (State is not (null or "" or "open" or "closed"))
        {
            wrong.Add(new("state", "状态只能是 open 或 closed。"));
        }

        if (Page is { Length: > 0 } page && !(int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0))
        {
            wrong.Add(new("page", "页码从 1 起。"));
        }

        if (Area is { Length: > 0 } area && !await db.Set<Area>().AnyAsync(a => a.Code == area, cancellation))
        {
            wrong.Add(new("area", "没有代码为 {0} 的区域。", Check.Short(area)));
        }

        if (Type is { Length: > 0 } type && !await db.Set<ServiceType>().AnyAsync(t => t.Code == type, cancellation))
        {
            wrong.Add(new("type", "没有代码为“{0}”的事项。", Check.Short(type)));
        }

        if (Group is { Length: > 0 } group && !await db.Set<ServiceGroup>().AnyAsync(g => g.Code == group, cancellation))
        {
            wrong.Add(new("group", "没有代码为“{0}”的分组。", Check.Short(group)));
        }

        return wrong;
    }
}
