using Linli.Testing.Http;

namespace Linli.Attacks;

/// <summary>What somebody wrote comes back as words, on every page and in every answer, to everybody.</summary>
public sealed class StoredScriptTests(Marked marked) : IClassFixture<Marked>
{
    [Theory]
    [InlineData(null)]
    [InlineData("paidan")]
    [InlineData("shizheng")]
    [InlineData("duban")]
    [InlineData("guanli")]
    public async Task No_page_grows_an_element_out_of_what_was_written(string? login)
    {
        using var visitor = login is null ? await marked.Town.HttpAsync() : await marked.Town.HttpAsync(login);
        if (login is null)
        {
            await visitor.PostFormAsync("/track", ("number", marked.Open.Number), ("code", marked.Open.SecretCode));
        }

        var grown = new List<string>();
        var shown = 0;
        var wait = new Queue<string>(marked.Town.Doors().Where(d => d.Method == HttpMethod.Get && !d.IsStream).Select(d => d.PathWith(place => place == "number" ? marked.Open.Number : place == "code" ? "evil" : null)).Distinct());
        var seen = new HashSet<string>(wait);
        while (wait.TryDequeue(out var path))
        {
            var answer = await visitor.GetAsync(path);
            grown.AddRange(Marked.Grown(answer).Select(g => $"{path}: {g}"));
            shown += answer.Text.Contains("linli-evil", StringComparison.Ordinal) ? 1 : 0;
            if (answer.ContentType is "application/json" or "application/geo+json")
            {
                answer.Json(); // still what it says it is
            }

            foreach (var link in Links(answer).Where(l => seen.Count < 400 && seen.Add(l)))
            {
                wait.Enqueue(link);
            }
        }

        Assert.Empty(grown);
        Assert.True(shown >= 3, $"What was written was shown on {shown} pages only; the test looks at nothing.");
    }

    /// <summary>Whatever a call says is not given back as anything but words.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("guanli")]
    [InlineData("paidan")]
    public async Task No_page_grows_an_element_out_of_its_own_address(string? login)
    {
        using var visitor = login is null ? await marked.Town.HttpAsync() : await marked.Town.HttpAsync(login);
        var evil = Uri.EscapeDataString(Marked.Evil);
        var grown = new List<string>();
        foreach (var door in marked.Town.Doors().Where(d => d.Method == HttpMethod.Get && !d.IsStream))
        {
            var query = string.Join('&', Parameters.Of(door).Select(p => $"{p}={evil}"));
            foreach (var path in new[] { $"{door.PathWith()}?{query}", $"{door.PathWith(place => place is "number" or "code" ? Marked.Evil : null)}?x={evil}" })
            {
                grown.AddRange(Marked.Grown(await visitor.GetAsync(path)).Select(g => $"{door}: {g}"));
            }
        }

        Assert.Empty(grown);
    }

    private static IEnumerable<string> Links(Answer answer) => answer.ContentType != "text/html" ? [] :
        answer.Page.QuerySelectorAll("main a[href^='/']").Select(a => a.GetAttribute("href")!.Split('#')[0]).Where(h => !h.StartsWith("/preferences", StringComparison.Ordinal) && !h.StartsWith("//", StringComparison.Ordinal));
}
