using System.Collections.Concurrent;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Linli.Requests.Tests.Loop;
using Linli.Testing;
using Linli.Testing.Http;

namespace Linli.Attacks.Injection;

/// <summary>Sends what is strange through one door after another, several at a time, and judges what comes back.</summary>
internal sealed class Barrage(LoopTown loop, string number)
{
    /// <summary>Words by which a database, a shell or a stack gives itself away.</summary>
    private static readonly string[] Signs =
        ["SQLite Error", "SqliteException", "Npgsql", "42601", "syntax error", "SELECT ", "   at Linli.", "System.", "Microsoft.", "Exception:", "root:x:", "uid=0", "INSERT INTO", Strange.Computed];

    private static readonly string[] Kinds =
        ["text/html", "text/xml", "application/json", "application/problem+json", "application/geo+json", "application/schema+json", "application/atom+xml", "text/calendar", "text/plain", "text/csv", "image/jpeg", "image/png", "image/svg+xml", "application/octet-stream", "application/x-ndjson", "application/zip", "application/x-pem-file"];

    private readonly ConcurrentBag<string> _wrong = [];
    private readonly int _errorsBefore = loop.Town.Log.Errors.Count;
    private int _sent;

    public Town Town => loop.Town;

    public LoopTown Loop => loop;

    public string? Real(string place) => place switch { "number" => number, "code" => "huguan", _ => null };

    /// <summary>Every door of a kind, a few at a time.</summary>
    public async Task AtAsync(Func<Door, bool> which, Func<Door, Task> attack)
    {
        var doors = Town.Doors().Where(d => !d.IsStream && which(d)).ToList();
        Assert.True(doors.Count > 20, $"Only {doors.Count} ways in were found.");
        await Parallel.ForEachAsync(doors, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (door, _) => await attack(door));
    }

    public async Task<Answer> SendAsync(Visitor visitor, Door door, HttpMethod method, string path, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        visitor.ExpectsServerErrors = true;
        visitor.FollowsRedirects = false;
        var sent = body is null ? "" : await body.ReadAsStringAsync();
        Interlocked.Increment(ref _sent);
        var answer = await visitor.SendRawAsync(method, path, body, [.. door.IsForPrograms ? [("X-Linli", "1"), ("Accept", "application/json")] : new[] { ("Sec-Fetch-Site", "same-origin") }, .. headers]);
        if (What(answer) is { } what)
        {
            _wrong.Add($"{what}: {method} {Cut(path)} {Cut(sent)} {string.Join(' ', headers)}\n    {Cut(answer.Text)}");
        }

        return answer;
    }

    /// <param name="atLeast">So many calls, or the test looks at nothing.</param>
    public void IsClean(int atLeast)
    {
        // Two who wrote at the same instant are no error: the product looks again, though EF Core complains of it.
        var errors = Town.Log.Errors.Skip(_errorsBefore).Where(e => !e.StartsWith("Microsoft.EntityFrameworkCore.", StringComparison.Ordinal)).ToList();
        Assert.True(_wrong.IsEmpty && errors.Count == 0, $"{_wrong.Count} answers, {errors.Count} errors in the log.\n{string.Join('\n', _wrong.Take(40))}\n{string.Join('\n', errors.Take(5))}");
        Assert.True(_sent >= atLeast, $"Only {_sent} calls were made.");
    }

    private static string? What(Answer answer) =>
        (int)answer.Status >= 500 ? $"{(int)answer.Status}"
        : answer.Headers.ContainsKey("X-Evil") || answer.Headers.Any(h => h.Value.Contains("evil=1", StringComparison.Ordinal) || h.Value.Contains("<linli-evil", StringComparison.Ordinal) || h.Value.Any(char.IsControl)) ? "header"
        : Array.Find(Signs, s => answer.Text.Contains(s, StringComparison.Ordinal)) is { } sign ? $"says {sign}"
        : answer.Bytes.Length > 0 && answer.ContentType is var kind && !Kinds.Contains(kind) ? $"is {kind}"
        : answer.ContentType is "text/html" or "text/xml" or "image/svg+xml" && answer.Text.Contains("<linli-evil", StringComparison.Ordinal) ? "grown"
        : answer.ContentType?.EndsWith("json", StringComparison.Ordinal) == true && answer.Bytes.Length > 0 && !IsJson(answer) ? "broken JSON"
        : answer.ContentType == "text/xml" && answer.Bytes.Length > 0 && !IsXml(answer) ? "broken XML"
        : null;

    private static bool IsXml(Answer answer)
    {
        try
        {
            XDocument.Parse(answer.Text);
            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private static bool IsJson(Answer answer)
    {
        try
        {
            JsonDocument.Parse(answer.Bytes).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Cut(string text) => text.Length <= 400 ? text : text[..400] + "…";
}
