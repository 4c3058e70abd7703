using System.Text.Json;
using System.Text.Json.Nodes;
using Linli.Kernel;
using Linli.Requests.Access;
using Linli.Requests.Tests.Loop;
using Linli.Shell.Http;
using Linli.Testing.Http;

namespace Linli.Attacks.Injection;

/// <summary>One door with everything right for a call: who calls, where, with what. What is strange comes in its place.</summary>
/// <param name="IsUsedUp">A call that succeeds leaves the request in another state; the next one needs another.</param>
internal sealed record Scene(Visitor Visitor, string Path, JsonNode? Body, (string Name, string Value)[] Headers, bool IsUsedUp);

/// <summary>Sets scenes: steps on a request that waits for just that step, everything else as its example says.</summary>
internal sealed class Stage(LoopTown loop, Crowd crowd, string number)
{
    public async Task<Scene> SetAsync(Door door) => WayOf(door) is { } way ? await SetAsync(door, way) : new Scene(await crowd.ForAsync(door), door.PathWith(Real), BodyOf(door), [], false);

    /// <summary>A step that can be set up.</summary>
    public static bool IsStep(Door door) => WayOf(door) is not null;

    public string? Real(string place) => place switch { "number" => number, "code" => "huguan", _ => null };

    /// <summary>The example of the API document; of a form that of its twin, where it has one.</summary>
    public static JsonNode? BodyOf(Door door) => Plain(door.Endpoint.Metadata.GetMetadata<RequestExample>()?.Body);

    private async Task<Scene> SetAsync(Door door, Way way)
    {
        var ready = await way.ReadyAsync(loop);
        var who = door.Route.StartsWith("/track/", StringComparison.Ordinal) ? LoopTown.Reporter
            : way.Who == LoopTown.Reporter && !door.IsForPrograms ? "paidan" : way.Who;
        var visitor = await crowd.AsAsync(who);
        (string, string)[] headers = who == LoopTown.Reporter ? [(CallerSource.CodeHeader, loop.CodeOf(ready))] : [];
        return new Scene(visitor, door.PathWith(place => place == "number" ? ready : Real(place)), await way.BodyAsync(loop, ready), headers, true);
    }

    private static Way? WayOf(Door door) => Way.All.FirstOrDefault(w =>
        door.Route == $"/api/requests/{{number}}/{w.Noun}" || (door.Method == HttpMethod.Post && (door.Route == $"/work/requests/{{number}}/{w.Noun}" || door.Route == $"/track/{{number}}/{w.Noun}")));

    private static JsonNode? Plain(object? example)
    {
        var body = example is null ? null : JsonSerializer.SerializeToNode(example, Json.Plain);
        (body as JsonObject)?.Remove("version");
        return body;
    }
}
