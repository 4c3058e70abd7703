using System.Text.Json;
using System.Text.Json.Nodes;
using Linli.Kernel;
using Linli.Kernel.Clocks;
using Linli.Kernel.People;
using Linli.Requests.Catalogue;
using Linli.Shell.People;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Import.Assistant;

/// <summary>
/// Service types of the catalogue. A row is laid over the type that is there, or over careful defaults, and read by the same reader as the catalogue's files.
/// Forms, reasons and responsibilities come with those files; what a sheet does not name stays as it is.
/// </summary>
internal sealed class TypeRows(LinliDb db, CalendarsInForce calendars, UsesOf uses, TypeWords words, TypeChanges changes, TimeProvider time) : IRowTarget
{
    private static readonly string[] Columns = ["ServiceTypeCode", "ServiceType", "ServiceTypes"];
    private static readonly string[] Clocks = ["dispatch", "sign", "contact", "resolve"];

    public ImportKind Kind => ImportKind.Types;

    public string? KeyOf(ImportSheet sheet, ImportRow row) => sheet.Cell(row, "code");

    public async Task<Outcome<TakenRow>> TakeAsync(Actor by, ImportSheet sheet, ImportRow row, CancellationToken cancellation)
    {
        if (!AdministratorReach.Covers(by, null))
        {
            return AdministratorReach.Beyond;
        }

        var code = sheet.Cell(row, "code");
        var there = await db.Set<ServiceType>().AsNoTracking().SingleOrDefaultAsync(t => t.Code == code, cancellation);
        var (json, problems) = await LaidAsync(there, sheet, row, cancellation);
        var draft = await ReadAsync(json, problems, cancellation);
        if (problems.Count > 0 || draft is null)
        {
            return problems.ToFailure() is Failure.Invalid wrong ? new Failure.Invalid([.. wrong.Problems.Select(p => p with { Field = FieldOf(p.Field) })]) : problems.ToFailure();
        }

        (draft.Order, draft.IsActive) = (there?.Order ?? await db.Set<ServiceType>().MaxAsync(t => (int?)t.Order, cancellation) + 1 ?? 0, true);
        if (there is not null && MarkOf(there) == MarkOf(draft))
        {
            return new TakenRow(draft.Code, MarkOf(draft), null, IsKnown: true);
        }

        var warning = there is null ? null : await changes.WarningAsync(there, draft, cancellation);
        await WriteAsync(by, draft, there is null, cancellation);
        return new TakenRow(draft.Code, MarkOf(draft), there is null ? null : BeforeOf(there)) { Changes = there is null ? [] : changes.Of(there, draft), Warning = warning };
    }

    public async Task<FieldProblem?> UndoAsync(Actor by, ImportItem item, string? before, CancellationToken cancellation)
    {
        if (await db.Set<ServiceType>().AsNoTracking().SingleOrDefaultAsync(t => t.Code == item.Subject, cancellation) is not { } type)
        {
            return null;
        }

        if (MarkOf(type) != item.Mark)
        {
            return new FieldProblem("row", "事项 {0} 导入以后又改过。", type.NameZh);
        }

        if (before is null)
        {
            if (await uses.AnyAsync(type.Code, within: false, Columns, cancellation))
            {
                return new FieldProblem("row", "事项 {0} 已经有诉求、责任分工或别的设置在用。", type.NameZh);
            }

            db.Remove(type);
            return null;
        }

        var problems = new ImportProblems();
        var was = JsonNode.Parse(before)!.AsObject();
        var (order, isActive) = (was["order"]!.GetValue<int>(), was["isActive"]!.GetValue<bool>());
        was.Remove("order");
        was.Remove("isActive");
        if (await ReadAsync(was, problems, cancellation) is not { } draft || problems.Count > 0)
        {
            return new FieldProblem("row", "事项 {0} 不能改回原样。", type.NameZh);
        }

        (draft.Order, draft.IsActive) = (order, isActive);
        await WriteAsync(by, draft, isNew: false, cancellation);
        return null;
    }

    /// <summary>The type that is there, or a new one, with what the row says over it.</summary>
    private async Task<(JsonObject Json, ImportProblems Problems)> LaidAsync(ServiceType? there, ImportSheet sheet, ImportRow row, CancellationToken cancellation)
    {
        var problems = new ImportProblems();
        var json = there is null ? Fresh(sheet, row) : TypeJson.Of(there);
        Lay("code", v => v);
        Lay("nameZh", v => v);
        Lay("nameEn", v => v);
        Lay("descriptionZh", v => v);
        Lay("descriptionEn", v => v);
        Lay("keywords", TypeWords.List);
        Lay("keywordsEn", TypeWords.List);
        Lay("urgency", v => words.Of("urgency", v));
        Lay("visibility", v => words.Of("visibility", v));
        Lay("anonymous", Flag("anonymous"));
        Lay("sensitive", Flag("sensitive"));
        Lay("contactRule", v => words.Flag(v) is { } needed ? needed ? "required" : "optional" : words.Of("contact", v), "contact");
        Lay("retentionMonths", v => int.TryParse(v, out var months) ? months : v);
        foreach (var clock in Clocks)
        {
            if (sheet.Cell(row, $"{clock}Time") is { } said)
            {
                json["clocks"]![clock] = said;
            }
        }

        if (sheet.Cell(row, "group") is { } group)
        {
            var found = await db.Set<ServiceGroup>().AsNoTracking().Where(g => g.IsActive && (g.Code == group || g.NameZh == group || g.NameEn == group)).OrderBy(g => g.Code).Select(g => g.Code).Take(2).ToListAsync(cancellation);
            json["group"] = found is [var only] ? only : there?.GroupCode ?? "unknown";   // named below, once
            if (found.Count != 1)
            {
                var all = await db.Set<ServiceGroup>().AsNoTracking().Where(g => g.IsActive).OrderBy(g => g.Order).Select(g => new { g.NameZh, g.NameEn }).Take(40).ToListAsync(cancellation);
                problems.Add("group", "没有叫“{0}”的分组。现有：{1}。", group, new Wording(string.Join('、', all.Select(g => g.NameZh)), string.Join(", ", all.Select(g => g.NameEn ?? g.NameZh))));
            }
        }

        return (json, problems);

        void Lay(string field, Func<string, JsonNode?> read, string? name = null)
        {
            if (sheet.Cell(row, field) is { } said)
            {
                json[name ?? field] = read(said);
            }
        }

        Func<string, JsonNode?> Flag(string field) => said =>
        {
            if (words.Flag(said) is { } flag)
            {
                return flag;
            }

            problems.Add(field, "“{0}”应为“是”或“否”。", said);
            return false;
        };
    }

    /// <summary>What a new type is where the sheet says nothing: ordinary, seen by nobody outside, like those of data/catalogue.</summary>
    private static JsonObject Fresh(ImportSheet sheet, ImportRow row)
    {
        var (zh, en) = (sheet.Cell(row, "nameZh"), sheet.Cell(row, "nameEn") ?? sheet.Cell(row, "nameZh"));
        return new JsonObject
        {
            ["nameEn"] = en, ["descriptionZh"] = zh, ["descriptionEn"] = en, ["keywords"] = new JsonArray(zh), ["keywordsEn"] = new JsonArray(en), ["urgency"] = "ordinary", ["visibility"] = "private",
            ["anonymous"] = false, ["contact"] = "optional", ["sensitive"] = false, ["handling"] = "dispatch", ["evidence"] = "onResolve", ["rule"] = "minute", ["retentionMonths"] = 24, ["source"] = "import",
            ["verification"] = new JsonObject { ["mode"] = "sample", ["share"] = 0.2 },
            ["clocks"] = new JsonObject { ["dispatch"] = "24 hours", ["sign"] = "1 working days", ["contact"] = "1 working days", ["verify"] = "3 working days", ["rectify"] = "15 working days" },
        };
    }

    private async Task<ServiceType?> ReadAsync(JsonObject json, ImportProblems problems, CancellationToken cancellation)
    {
        using var file = JsonDocument.Parse(new JsonArray(json.DeepClone()).ToJsonString());
        return ReadEntries.Types(file.RootElement, (await calendars.GetAsync(cancellation)).All, problems).SingleOrDefault();
    }

    private async Task WriteAsync(Actor by, ServiceType draft, bool isNew, CancellationToken cancellation)
    {
        if (isNew)
        {
            db.Add(draft);
        }
        else
        {
            db.Entry(await db.Set<ServiceType>().SingleAsync(t => t.Code == draft.Code, cancellation)).CurrentValues.SetValues(draft);
        }

        await ImportCatalogue.MoveRequestsAsync(db, cancellation);
        await db.CommitAsync(by.Act("requests.keep-type", time.GetUtcNow(), draft.Code), cancellation);
    }

    /// <summary>The reader says file, entry and field; the sheet has columns.</summary>
    private static string FieldOf(string place) => place.Split(" › ") switch
    {
        [_, _, "clocks", var clock, ..] => clock + "Time",
        [_, _, "contact", ..] => "contactRule",
        [_, _, var field, ..] => field,
        [var field] => field,
        _ => "row",
    };

    private static string BeforeOf(ServiceType type)
    {
        var json = TypeJson.Of(type);
        (json["order"], json["isActive"]) = (type.Order, type.IsActive);
        return json.ToJsonString(Json.Plain);
    }

    private static string MarkOf(ServiceType type) => NameLookups.MarkOf(BeforeOf(type));
}
