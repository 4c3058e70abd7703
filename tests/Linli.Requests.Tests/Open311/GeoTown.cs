using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Linli.Kernel.People;
using Linli.Requests.Tests.Loop;
using Linli.Shell.Clients;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Tests.Open311;

/// <summary>A town, and a client of another organisation that has a key.</summary>
internal sealed class GeoTown : IAsyncDisposable
{
    public const string Endpoint = "/open311/v2";

    private GeoTown(LoopTown town, Visitor client, string key) => (Town, Client, Key) = (town, client, key);

    public LoopTown Town { get; }

    /// <summary>A program: no cookies worth anything, and none of the headers that browsers and our own pages send.</summary>
    public Visitor Client { get; }
    public string Key { get; }

    /// <summary>What a program of another organisation is usually given.</summary>
    public static ClientInput Input(string name) => new(name, null, ["open311.report", "open311.update"], null, null, null);

    public static async Task<GeoTown> FoundAsync(ClientInput? input = null, TownOptions? options = null)
    {
        var town = await LoopTown.FoundAsync(options: options);
        var client = await town.Town.HttpAsync();
        client.Language = "en";
        return new GeoTown(town, client, await IssueAsync(town, input ?? Input("Riders' app") with { Rate = 600 }));
    }

    public static Task<string> IssueAsync(LoopTown town, ClientInput input) => town.Town.InScopeAsync(async (IssueKey keys) =>
    {
        var issued = await keys.HandleAsync(Actor.System, input, CancellationToken.None);
        Assert.True(issued.Succeeded, $"{issued.Failure}");
        return issued.Value.Key;
    });

    public Task<Answer> GetAsync(string path) => Client.GetAsync(Endpoint + path);

    /// <summary>With the key, unless the fields name another.</summary>
    public Task<Answer> PostAsync(string path, params (string Name, string Value)[] fields) => SendAsync(path, [], fields);

    public Task<Answer> SendAsync(string path, (string Name, string Value)[] headers, params (string Name, string Value)[] fields)
    {
        var all = fields.Any(f => f.Name == "api_key") ? fields : [("api_key", Key), .. fields];
        return Client.SendRawAsync(HttpMethod.Post, Endpoint + path, new FormUrlEncodedContent(all.Where(f => f.Value.Length > 0).Select(f => KeyValuePair.Create(f.Name, f.Value))), headers);
    }

    /// <summary>A report of a street lamp that is taken in, as most clients send one.</summary>
    public async Task<string> ReportAsync(string description = "The lamp opposite the clinic is dark", params (string Name, string Value)[] more)
    {
        var answer = await PostAsync("/requests.json", [("service_code", LoopTown.Plain), ("description", description), ("address_id", LoopTown.Chengnan), .. more]);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return answer.Json()[0].GetProperty("service_request_id").GetString()!;
    }

    public Task<RequestEvent> FirstEventAsync(string number) => Town.Town.ReadAsync(db => db.Set<RequestEvent>().Where(e => e.Sequence == 1 && db.Set<ServiceRequest>().Any(r => r.Id == e.RequestId && r.Number == number)).SingleAsync());

    public static XElement Xml(Answer answer) => XDocument.Parse(answer.Text).Root!;

    /// <summary>The list of errors that a refusal is, as JSON has it.</summary>
    public static void Refused(Answer answer, HttpStatusCode status, string word)
    {
        Assert.True(answer.Status == status, $"{(int)answer.Status} {answer.Text}");
        var errors = answer.Json();
        Assert.Equal(JsonValueKind.Array, errors.ValueKind);
        Assert.All(errors.EnumerateArray(), e => Assert.Equal($"{(int)status}", e.GetProperty("code").GetString()));
        Assert.Contains(errors.EnumerateArray(), e => e.GetProperty("description").GetString()!.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Town.DisposeAsync();
    }
}
