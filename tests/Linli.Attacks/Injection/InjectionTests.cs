using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Linli.Attacks.Injection;

/// <summary>
/// Every parameter, place, header, field and value of every way into the running product gets what makes others stumble: SQL, operators of full-text
/// search, paths, lines, templates, commands, lengths, numbers, shapes. The answer is a refusal or an ordinary one, nobody is woken for it, and
/// nothing happens to what was not meant.
/// </summary>
public sealed class InjectionTests(Besieged besieged) : IClassFixture<Besieged>
{
    [Fact]
    public async Task No_address_makes_it_stumble()
    {
        var barrage = besieged.Barrage();
        await barrage.AtAsync(door => door.IsSafe, async door =>
        {
            var visitor = await besieged.Crowd.ForAsync(door);
            var turn = Turn.Of(door);
            var own = Parameters.OwnOf(door).ToList();
            var all = Parameters.Of(door);
            foreach (var name in own)
            {
                foreach (var value in turn.Some(Strange.All, 3))
                {
                    await barrage.SendAsync(visitor, door, door.Method, $"{door.PathWith(besieged.Stage.Real)}?{name}={Short(value)}");
                }
            }

            // What pages read by themselves, in company: each sees something else each time.
            await barrage.SendAsync(visitor, door, door.Method, $"{door.PathWith(besieged.Stage.Real)}?{string.Join('&', all.Select(name => $"{name}={Short(turn.Some(Strange.All, 1)[0])}"))}&{all[0]}=2&{all[0]}[]=3");
            foreach (var value in door.Places.Count > 0 ? turn.Some(Strange.All, 4) : [])
            {
                await barrage.SendAsync(visitor, door, door.Method, door.PathWith(_ => value.Length is 0 or > 300 || value.Contains('\0') ? "*" : value));
            }
        });

        barrage.IsClean(500);
        await besieged.NothingElseHappenedAsync();
    }

    [Fact]
    public async Task No_body_makes_it_stumble()
    {
        var barrage = besieged.Barrage();
        await barrage.AtAsync(door => door is { IsSafe: false, IsForPrograms: true }, async door =>
        {
            var turn = Turn.Of(door);
            var scene = await besieged.Stage.SetAsync(door);
            foreach (var body in turn.Some(Strange.Bodies, 2))
            {
                scene = await SendAsync(barrage, door, scene, _ => body);
            }

            foreach (var leaf in Bodies.Leaves(scene.Body).ToList())
            {
                foreach (var raw in turn.Some(Strange.Words, 2).Concat(turn.Some(Strange.Values, 1)).Select(text => JsonSerializer.Serialize(text)).Concat(turn.Some(Strange.Json, 1)))
                {
                    scene = await SendAsync(barrage, door, scene, body => body!.With(leaf, raw));
                }
            }
        });

        barrage.IsClean(500);
        await besieged.NothingElseHappenedAsync();
    }

    [Fact]
    public async Task No_header_makes_it_stumble()
    {
        string[] names = ["X-Linli-Code", "X-Linli-Proof", "Accept", "Accept-Language", "User-Agent", "Range", "If-None-Match", "If-Modified-Since", "Cookie", "Upload-Length", "Upload-Offset", "Upload-Metadata", "Tus-Resumable", "X-Forwarded-For", "X-Request-Id", "traceparent", "HX-Request", "X-HTTP-Method-Override", "Idempotency-Key"];
        string[] cookies = ["auth", "device", "half", "lang", "mine", "passkey", "receipt", "sent", "size"];
        var barrage = besieged.Barrage();
        await barrage.AtAsync(_ => true, async door =>
        {
            var turn = Turn.Of(door);
            using var visitor = await besieged.Town.HttpAsync();
            var headers = names.Select(name => (name, name == "Cookie" ? string.Join("; ", cookies.Select(cookie => $"linli.{cookie}={Header(turn)}")) : Header(turn))).ToArray();
            await barrage.SendAsync(visitor, door, door.Method, door.PathWith(besieged.Stage.Real), null, headers);
        });

        barrage.IsClean(300);
        await besieged.NothingElseHappenedAsync();
    }

    /// <summary>Sends it, and sets the scene anew when it went through.</summary>
    private async Task<Scene> SendAsync(Barrage barrage, Door door, Scene scene, Func<JsonNode?, string> body)
    {
        var answer = await barrage.SendAsync(scene.Visitor, door, door.Method, scene.Path, new StringContent(body(scene.Body), Encoding.UTF8, "application/json"), scene.Headers);
        return (int)answer.Status is >= 200 and < 400 && (scene.IsUsedUp || Crowd.IsOfOneself(door)) || (int)answer.Status == 401 ? await besieged.Stage.SetAsync(door) : scene;
    }

    private static string Short(string text) => Uri.EscapeDataString(text.Length <= 300 ? text : text[..300]);

    private static string Header(Turn turn) => string.Concat(turn.Some(Strange.Words, 1)[0].Where(c => c is >= ' ' and < '\u007f' and not (';' or ','))) is { Length: > 0 } text ? text : "'\"";
}
