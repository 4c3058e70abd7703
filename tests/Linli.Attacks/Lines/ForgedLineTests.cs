using System.Collections.Concurrent;
using System.Net;
using Linli.Attacks.Wire;
using Linli.Kernel;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Linli.Attacks.Lines;

/// <summary>Line ends, escape sequences and formulas in what somebody writes: in no log, header, event or table do they become a line, a colour or a sum.</summary>
public sealed class ForgedLineTests
{
    /// <summary>Would be a second line of a log, of a header, of an event; a colour on a terminal; a formula.</summary>
    private const string Forged = "=HYPERLINK(\"http://evil.example\")\r\nSet-Cookie: evil=1\r\n\r\ndata: evil\u001b[31m\u2028\u2029\u0085\u202Eevil";

    [Fact]
    public async Task No_line_of_the_log_is_made_by_a_caller()
    {
        var lines = new Lines();
        await using var town = await Town.FoundAsync(new TownOptions { RealPort = true, Settings = services => services.AddSingleton<ILoggerProvider>(lines).Configure<LoggerFilterOptions>(o => o.MinLevel = LogLevel.Debug) });
        using var visitor = await town.HttpAsync();
        var escaped = Uri.EscapeDataString(Forged);
        foreach (var path in new[] { $"/{escaped}", $"/track/{escaped}", $"/requests?words={escaped}&area={escaped}", $"/api/areas/{escaped}", $"/files/{escaped}", $"/api/{escaped}?{escaped}={escaped}", $"/sign-in?return={escaped}" })
        {
            await visitor.SendRawAsync(HttpMethod.Get, path, null, [("User-Agent", "evil\u001b[31m forged"), ("Referer", "http://evil.example/" + escaped), ("Accept", "application/json")]);
        }

        await visitor.PostFormAsync("/sign-in", ("login", Forged), ("password", Forged), ("return", Forged));
        await visitor.SendJsonAsync(HttpMethod.Post, "/api/session", new { login = Forged, password = Forged });
        await visitor.SendJsonAsync(HttpMethod.Post, "/api/requests", new { serviceType = Forged, text = Forged, idempotencyKey = Forged[..40] });
        await visitor.SendJsonAsync(HttpMethod.Post, "/api/session/code", new { login = Forged, code = Forged, password = Forged });
        await RawLine.SayAsync(town, "GET /\u001b[31m HTTP/1.1\r\nHost: local\u001bhost\r\nX-\u001b: a\r\n\r\n");
        await RawLine.SayAsync(town, "EVIL\u001b[31m / HTTP/1.1\r\nHost: localhost\r\n\r\n");

        Assert.Contains(lines.Written, l => l.StartsWith("Linli.Security", StringComparison.Ordinal));
        Assert.DoesNotContain(lines.Written, l => l.StartsWith("Linli", StringComparison.Ordinal) && l.Contains("evil", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(lines.Written, l => l.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029'));
    }

    [Fact]
    public async Task No_name_makes_a_header_a_cookie_or_a_second_answer()
    {
        await using var town = await Town.FoundAsync(new TownOptions { RealPort = true });
        using var staff = await town.HttpAsync("shizheng");
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/evidence?name=" + Uri.EscapeDataString(Forged + ".pdf"), UriKind.Relative)) { Content = new ByteArrayContent([.. "%PDF-1.4\n%%EOF"u8]), Headers = { { "X-Linli", "1" } } };
        var kept = (await staff.SendAsync(request)).Json().GetProperty("id").GetGuid();
        foreach (var answer in new[]
        {
            await staff.GetAsync($"/files/{kept}"),
            await staff.GetAsync("/preferences?lang=en&back=" + Uri.EscapeDataString(Forged)),
            await staff.GetAsync("/preferences?lang=en&back=" + Uri.EscapeDataString("/" + Forged)),
            await staff.GetAsync("/" + Uri.EscapeDataString(Forged)),
            await staff.PostFormAsync("/sign-in", ("login", Forged), ("password", Forged), ("return", "/" + Forged)),
        })
        {
            Assert.DoesNotContain("evil=1", answer.Headers.GetValueOrDefault("Set-Cookie") ?? "", StringComparison.Ordinal);
            Assert.All(answer.Headers, h => Assert.DoesNotContain(h.Value, char.IsControl));
        }
    }

    [Theory]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("+1+1")]
    [InlineData("-2+3")]
    [InlineData("@SUM(1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("\n=1")]
    [InlineData("＝1＋1")]
    [InlineData("＋1")]
    [InlineData("－1")]
    [InlineData("＠A1")]
    public void A_cell_that_begins_like_a_formula_becomes_words(string cell)
    {
        var (_, records) = CsvTable.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes("a,b\n" + CsvTable.WordsOnly(["x", cell]))))!.Value;
        Assert.Equal("'", records.Single().Cells[1][..1]);
    }

    /// <summary>All tables that leave the product for a spreadsheet are written that way.</summary>
    [Fact]
    public async Task What_auditors_take_along_holds_no_formula_and_no_row_of_a_callers_making()
    {
        await using var town = await Town.FoundAsync();
        using var staff = await town.HttpAsync("paidan");
        await town.InScopeAsync((LinliDb db) => db.CommitAsync(new Act(ActorKind.Staff, Guid.NewGuid(), "test.write", town.Clock.Now, "=1+1\r\n99,forged", "＝HYPERLINK(1)")));
        using var auditor = await town.HttpAsync("shenji");
        var table = await auditor.GetAsync("/api/audit/export");
        Assert.True(table.Status == HttpStatusCode.OK, table.Text);
        var (columns, records) = CsvTable.Read(new MemoryStream(table.Bytes))!.Value;
        var rows = records.ToList();
        var forged = rows.Single(r => r["verb"] == "test.write");
        Assert.Equal(("'＝HYPERLINK(1)", "'=1+1"), (forged["reason"], forged["subject"]?[..5]));
        Assert.All(rows, r => Assert.Equal(columns.Count, r.Cells.Count));
        Assert.DoesNotContain(rows.SelectMany(r => r.Cells), c => c.Length > 0 && "=+-@＝＋－＠\t\r\n".Contains(c[0], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("-5")]
    [InlineData("＝A1")]
    [InlineData("'=already")]
    [InlineData("''")]
    [InlineData("'ordinary")]
    [InlineData("plain, \"quoted\"\r\nand long")]
    public void What_is_written_for_a_spreadsheet_is_read_again_as_it_was(string cell)
    {
        var line = CsvTable.WordsOnly([cell, "b"]);
        var (_, records) = CsvTable.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes("a,b\n" + line)))!.Value;
        Assert.Equal(cell, CsvTable.WithoutApostrophe(records.Single().Cells[0]));
    }

    private sealed class Lines : ILoggerProvider
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyCollection<string> Written => _lines;

        public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

        public void Dispose()
        {
        }

        private sealed class Logger(Lines lines, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                if (IsEnabled(logLevel) && !category.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal))
                {
                    lines._lines.Enqueue($"{category}: {formatter(state, exception)}");
                }
            }
        }
    }
}
