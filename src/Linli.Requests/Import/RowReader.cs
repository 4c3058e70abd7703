using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Linli.Kernel;
using Linli.Kernel.Places;
using Linli.Requests.Catalogue;
using Linli.Requests.Life;
using Linli.Requests.Report;
using Linli.Requests.Steps;
using Linli.Shell.Text;

namespace Linli.Requests.Import;

/// <summary>One row, understood.</summary>
/// <param name="Organisation">Who handles or handled it, by name.</param>
internal sealed record ImportedRow(
    int Line, string ExternalId, string Title, string Text, DateTimeOffset ReportedAt, DateTimeOffset? ClosedAt, string AreaCode, string? Address,
    ServiceType Type, string? Organisation, RequestState State, string? History, int Joined, string? ContactName, string? ContactPhone,
    IReadOnlyDictionary<string, string> Kept);

/// <summary>Understands rows by a mapping, or says what is wrong with them.</summary>
internal sealed class RowReader
{
    public const int MostText = 8_000;
    private const int MostId = 100;

    /// <summary>Below it a type is guessed rather than read.</summary>
    private const double LeastConfidence = 0.2;
    private static readonly RequestState[] Possible =
        [RequestState.Reported, RequestState.Dispatched, RequestState.InHand, RequestState.Resolved, RequestState.Closed, RequestState.Declined];

    private readonly ImportMapping _mapping;
    private readonly ImportWorld _world;
    private readonly Gazetteer _places;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<string, int> _columns;
    private readonly HashSet<string> _empty;
    private readonly Dictionary<string, int> _seen = [];

    public RowReader(ImportMapping mapping, ImportTable table, ImportWorld world, Gazetteer places, DateTimeOffset now)
    {
        (_mapping, _world, _places, _now, _empty) = (mapping, world, places, now, [.. mapping.Empty]);
        _columns = table.Header.Select((name, i) => (name, i)).DistinctBy(c => c.name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(c => c.name, c => c.i, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>What is wrong with the mapping itself, whatever the rows say.</summary>
    public static Failure? Check(ImportMapping mapping, ImportWorld world)
    {
        var types = mapping.ServiceType.Table.Values.Append(mapping.ServiceType.Default).Where(c => c is not null && !world.Types.ContainsKey(c)).Distinct().ToList();
        var areas = mapping.Area.Table.Values.Append(mapping.Area.Default).Append(mapping.Organisation?.Create?.Area)
            .Where(c => c is not null && !world.Areas.ContainsKey(c)).Distinct().ToList();
        var states = mapping.State.Rules.Select(r => r.State).Except(Possible).ToList();
        return types.Count > 0 ? new Failure.Invalid("mapping", "映射里的事项代码在事项目录里没有：{0}。请先导入事项目录，或修改映射。", string.Join(", ", types))
            : areas.Count > 0 ? new Failure.Invalid("mapping", "映射里的区域代码在区域里没有：{0}。请先导入区域，或修改映射。", string.Join(", ", areas))
            : states.Count > 0 ? new Failure.Invalid("mapping", "导入的诉求不能直接是这些状态：{0}。可以是：{1}。", string.Join(", ", states), string.Join(", ", Possible))
            : null;
    }

    public (ImportedRow? Row, FieldProblem? Problem) Read(ImportRow row)
    {
        FieldProblem? problem = row.Broken;
        string Cell(string column) => _columns.TryGetValue(column, out var i) && row.Cells[i].Trim() is var value && !_empty.Contains(value) ? value : "";
        string? Fill(RowTemplate? template)
        {
            var value = template?.Fill(Cell);
            if (value?.Contains('\uFFFD', StringComparison.Ordinal) == true)
            {
                problem ??= new FieldProblem("row", "有认不出的字符（编码错误）。请用正确的编码重新导出。");
            }

            return Steps.Check.Clean(value);
        }

        if (problem is not null)
        {
            return (null, problem);
        }

        var id = Fill(_mapping.Id);
        problem ??= CheckId(id, row.Line);
        var text = _mapping.Text.Select(Fill).FirstOrDefault(t => t is not null);
        problem ??= text is null ? new FieldProblem("text", "没有正文。")
            : text.Length > MostText ? new FieldProblem("text", "正文有 {0} 个字，最多 {1} 个字。", text.Length, MostText) : null;
        var reportedAt = Time(_mapping.ReportedAt, Fill, isNeeded: true, ref problem);
        var closedAt = Time(_mapping.ClosedAt, Fill, isNeeded: false, ref problem);
        var area = Area(Fill, ref problem);
        var type = Type(Fill, ref problem);
        var rule = _mapping.State.Rules.FirstOrDefault(r => r.When.All(w => Cell(w.Key) == w.Value));
        var organisation = Fill(_mapping.Organisation?.Name);
        problem ??= CheckOrganisation(organisation, rule?.State ?? RequestState.Reported);
        var joined = Number(Fill(_mapping.Joined), ref problem);
        if (problem is not null)
        {
            return (null, problem);
        }

        _seen[id!] = row.Line;
        return (new ImportedRow(
            row.Line, id!, Cut(Fill(_mapping.Title) ?? ComposeRequest.TitleOf(text!), 100), text!, reportedAt!.Value, closedAt, area!, Cut(Fill(_mapping.Address), PlaceFinder.MostAddress),
            type!, organisation, rule?.State ?? RequestState.Reported, Fill(rule?.History), joined, Cut(Fill(_mapping.Contact?.Name), 50), Cut(Fill(_mapping.Contact?.Phone), 50),
            _mapping.Keep.Select(c => (c, Value: Cell(c))).Where(c => c.Value.Length > 0).ToDictionary(c => c.c, c => Cut(c.Value, 200))), null);
    }

    private FieldProblem? CheckId(string? id, int line) =>
        id is null ? new("id", "没有编号。")
        : id.Length > MostId ? new("id", "编号有 {0} 个字符，最多 {1} 个。", id.Length, MostId)
        : _seen.TryGetValue(id, out var first) ? new("id", "编号 {0} 在第 {1} 行已经有了。", id, first)
        : null;

    private FieldProblem? CheckOrganisation(string? name, RequestState state) =>
        name is null && state is RequestState.Dispatched or RequestState.InHand or RequestState.Resolved
            ? new("organisation", "没有承办单位，不能是“{0}”。", LifeTexts.Of(state))
        : name is not null && _mapping.Organisation!.Create is null && !_world.Organisations.ContainsKey(name) ? new("organisation", "没有名为“{0}”的单位。", name)
        : null;

    private DateTimeOffset? Time(TimeMapping? mapping, Func<RowTemplate?, string?> fill, bool isNeeded, ref FieldProblem? problem)
    {
        if (mapping is null || fill(mapping.Value) is not { } value)
        {
            problem ??= isNeeded ? new FieldProblem("reportedAt", "没有时间。") : null;
            return null;
        }

        // Formats with a zone of their own keep it; the others mean the mapping's zone.
        const DateTimeStyles style = DateTimeStyles.AllowWhiteSpaces;
        if (!DateTime.TryParseExact(value, [.. mapping.Formats], CultureInfo.InvariantCulture, style | DateTimeStyles.AdjustToUniversal, out var time))
        {
            problem ??= new FieldProblem("reportedAt", "时间“{0}”不是约定的格式：{1}。", value, string.Join(" / ", mapping.Formats));
            return null;
        }

        var zone = mapping.Zone is { } name ? TimeZoneInfo.FindSystemTimeZoneById(name) : LocalTime.Zone;
        var at = time.Kind == DateTimeKind.Utc ? new DateTimeOffset(time)
            : new DateTimeOffset(time, zone.IsInvalidTime(time) ? zone.BaseUtcOffset : zone.GetUtcOffset(time)).ToUniversalTime();
        problem ??= at > _now ? new FieldProblem("reportedAt", "时间 {0} 在将来。", value)
            : at.Year < 1949 ? new FieldProblem("reportedAt", "时间 {0} 太早。", value) : null;
        return at;
    }

    private string? Area(Func<RowTemplate?, string?> fill, ref FieldProblem? problem)
    {
        var looked = _mapping.Area.Look.Select(fill).OfType<string>().ToList();
        foreach (var value in looked)
        {
            if (_mapping.Area.Table.TryGetValue(value, out var code) || _world.AreaByName.TryGetValue(value, out code))
            {
                return code;
            }
        }

        if ((fill(_mapping.Address) is { } address ? _places.FindSure(address) : null) is { } named)
        {
            return named.Area.Code;
        }

        if (_mapping.Area.Find.Select(fill).OfType<string>().Select(text => _places.FindSure(text, isStory: true)).FirstOrDefault(p => p is not null) is { } told)
        {
            return told.Area.Code;
        }

        problem ??= _mapping.Area.Default is null ? new FieldProblem("area", "不认识区域“{0}”。", string.Join(" / ", looked)) : null;
        return _mapping.Area.Default;
    }

    private ServiceType? Type(Func<RowTemplate?, string?> fill, ref FieldProblem? problem)
    {
        var mapping = _mapping.ServiceType;
        var looked = mapping.Look.Select(fill).OfType<string>().ToList();
        var code = looked.Select(v => mapping.Table.GetValueOrDefault(v) ?? (_world.Types.ContainsKey(v) ? v : _world.TypeByName.GetValueOrDefault(v))).FirstOrDefault(c => c is not null);
        code ??= mapping.SuggestFrom is { } words ? Likeliest(fill(words)) : null;
        code ??= mapping.Default;
        problem ??= code is null ? new FieldProblem("serviceType", "不认识事项“{0}”。", string.Join(" / ", looked)) : null;
        return code is null ? null : _world.Types[code];
    }

    /// <summary>Nobody is asked while thousands come in: the likeliest type, also where Linli would not claim to know, helps the dispatcher more than none.</summary>
    private string? Likeliest(string? text) => _world.Suggestions.For(text, most: 1).Types is [{ Confidence: >= LeastConfidence } best] ? best.Type.Code : null;

    private static int Number(string? value, ref FieldProblem? problem)
    {
        if (value is null)
        {
            return 0;
        }

        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || number is not (>= 0 and <= 1e9))
        {
            problem ??= new FieldProblem("joined", "“{0}”不是人数。", value);
            return 0;
        }

        return (int)number;
    }

    [return: NotNullIfNotNull(nameof(value))]
    private static string? Cut(string? value, int most) =>
        value is null || value.Length <= most ? value : value[..(char.IsHighSurrogate(value[most - 2]) ? most - 2 : most - 1)] + "…";
}
