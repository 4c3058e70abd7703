using System.Text.Json.Nodes;
using Linli.Kernel;
using Linli.Kernel.Clocks;
using Linli.Requests.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Import.Assistant;

/// <summary>What an import does to a service type that is in force, said before it is done.</summary>
internal sealed class TypeChanges(LinliDb db, TypeWords words)
{
    public IReadOnlyList<FieldProblem> Of(ServiceType there, ServiceType draft)
    {
        var (was, now) = (TypeJson.Of(there), TypeJson.Of(draft));
        var found = now.Where(n => n.Key != "clocks" && Shown(was[n.Key]) != Shown(n.Value)).Select(n => Change(FieldOf(n.Key), was[n.Key], n.Value)).ToList();
        found.AddRange(now["clocks"]!.AsObject().Where(c => Shown(was["clocks"]![c.Key]) != Shown(c.Value)).Select(c => Change(c.Key + "Time", was["clocks"]![c.Key], c.Value)));
        if (!there.IsActive)
        {
            found.Add(new FieldProblem("row", "{0} → {1}", new Word("停用的"), new Word("在用的")));
        }

        return found;
    }

    /// <summary>Whoever has no clearance loses sight of what becomes sensitive, and the public of what becomes private.</summary>
    public async Task<FieldProblem?> WarningAsync(ServiceType there, ServiceType draft, CancellationToken cancellation)
    {
        var (hides, locks) = (there.Visibility != Visibility.Private && draft.Visibility == Visibility.Private, !there.IsSensitive && draft.IsSensitive);
        var shows = there.Visibility == Visibility.Private && draft.Visibility == Visibility.Public;
        var opens = there.IsSensitive && !draft.IsSensitive;
        if (!hides && !locks && !shows && !opens)
        {
            return null;
        }

        var count = await db.Set<ServiceRequest>().CountAsync(r => r.ServiceTypeCode == there.Code, cancellation);
        return locks ? new FieldProblem("row", "这类诉求已有 {0} 件：都变成敏感的，不再公开，没有相应权限的人也看不到。", count)
            : hides ? new FieldProblem("row", "这类诉求已有 {0} 件：都不再公开。", count)
            : opens ? new FieldProblem("row", "这类诉求已有 {0} 件：都不再是敏感的，办理的人都看得到。", count)
            : new FieldProblem("row", "这类诉求已有 {0} 件：以后新来的公开；原来不公开的仍不公开。", count);
    }

    private FieldProblem Change(string field, JsonNode? was, JsonNode? now) => new(field, "{0} → {1}", Said(field, was), Said(field, now));

    private object Said(string field, JsonNode? value) => Shown(value) switch
    {
        "" => "–",
        "true" => new Word("是"),
        "false" => new Word("否"),
        var shown when field is "urgency" or "visibility" => new Wording(words.Chinese(field, shown), shown),
        var shown when field == "contactRule" => new Wording(words.Chinese("contact", shown), shown),
        var shown when field.EndsWith("Time", StringComparison.Ordinal) && Budget.TryParse(shown, out var limit) => limit.Words,
        { Length: > 60 } shown => shown[..60] + "…",
        var shown => shown,
    };

    private static string Shown(JsonNode? value) => value is JsonArray list && list.All(i => i is JsonValue) ? string.Join(", ", list.Select(i => $"{i}")) : value is JsonObject or JsonArray ? value.ToJsonString(Json.Plain) : value?.ToString() ?? "";

    private static string FieldOf(string key) => key == "contact" ? "contactRule" : key;
}
