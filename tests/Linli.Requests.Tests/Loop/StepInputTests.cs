using System.Net;
using System.Text.Json.Nodes;
using Linli.Requests.Steps;

namespace Linli.Requests.Tests.Loop;

/// <summary>What can be wrong with the input of a step, tried on every step there is: a clear refusal, nothing written, and the right input still works after it.</summary>
public sealed class StepInputTests
{
    private static readonly HttpStatusCode[] Clear = [HttpStatusCode.BadRequest, HttpStatusCode.NotFound, HttpStatusCode.Conflict, HttpStatusCode.UnprocessableEntity];

    [Fact]
    public void Every_use_case_has_its_way_here() => Assert.Equal(StepRegistry.All.Select(e => e.Noun).Order(), Way.All.Select(w => w.Noun).Order());

    [Fact]
    public async Task Wrong_input_is_refused_clearly_and_changes_nothing()
    {
        await using var town = await LoopTown.FoundAsync();
        foreach (var way in Way.All)
        {
            var number = await way.ReadyAsync(town);
            var right = await way.BodyAsync(town, number);
            await town.AsAsync(way.Who);
            var before = await town.WrittenAsync();
            foreach (var (what, body) in Spoilt(right, way.Noun))
            {
                var answer = await town.TakeAsync(way.Who, number, way.Noun, body);
                Assert.True(Clear.Contains(answer.Status) && answer.ProblemCode is not null, $"{way.Noun}, {what}: {(int)answer.Status} {answer.Text}");
                Assert.True(answer.Bytes.Length < 2_000, $"{way.Noun}, {what}: the refusal has {answer.Bytes.Length} bytes.");
                Assert.True(before == await town.WrittenAsync(), $"{way.Noun}, {what}: something was written.");
            }

            var unknown = await town.TakeAsync(way.Who, "260302-999999", way.Noun, right);
            Assert.Equal((HttpStatusCode.NotFound, "not_found"), (unknown.Status, unknown.ProblemCode));
            var absurd = await town.TakeAsync(way.Who, "\u0001'; DROP TABLE requests_service_request;--", way.Noun, right);
            Assert.Contains(absurd.Status, (HttpStatusCode[])[HttpStatusCode.NotFound, HttpStatusCode.BadRequest]);

            await town.DoAsync(way.Who, number, way.Noun, right);
        }
    }

    [Fact]
    public async Task Characters_that_nobody_can_see_are_taken_out_and_rare_ones_are_kept()
    {
        const string rare = "𠮷😀👨\u200d👩\u200d👧 ė́ 龘\u200d";
        await using var town = await LoopTown.FoundAsync();
        foreach (var way in Way.All.Where(w => w.HasWords))
        {
            var number = await way.ReadyAsync(town);

            await way.GoAsync(town, number, $"\u0000\u0007{rare}\r\nund\u0085weiter");

            var written = (await town.ViewAsync("shenji", number)).History[^1];
            Assert.True(new[] { written.Text, written.InternalText }.Contains($"{rare}\nund\nweiter"), $"{way.Noun}: {written.Text} {written.InternalText}");
        }
    }

    private static IEnumerable<(string What, JsonNode? Body)> Spoilt(JsonObject right, string noun)
    {
        if (noun != "notes")
        {
            // A note takes what it finds; every other step looks at what its caller saw.
            yield return ("a version from the future", With(right, "version", 999));
            yield return ("a negative version", With(right, "version", -1));
        }

        yield return ("a version that is no number", With(right, "version", "abc"));
        yield return ("an enormous version", With(right, "version", 1e300));
        yield return ("a list in place of the input", new JsonArray());
        foreach (var (name, value) in right)
        {
            yield return ($"{name} as a list of objects", With(right, name, new JsonArray(new JsonObject())));
            switch (value)
            {
                case JsonArray { Count: > 0 } list when list[0] is JsonValue first && first.TryGetValue<int>(out _):
                    yield return ($"{name} negative", With(right, name, new JsonArray(-5)));
                    yield return ($"{name} over a hundred", With(right, name, new JsonArray(101)));
                    yield return ($"{name} enormous", With(right, name, new JsonArray(2_147_483_647)));
                    break;
                case JsonArray { Count: > 0 }:
                    yield return ($"{name} with an unknown code", With(right, name, new JsonArray("no-such-code")));
                    yield return ($"{name} with a code that no database can hold", With(right, name, new JsonArray("\u0000")));
                    yield return ($"{name} enormous", With(right, name, new JsonArray(new string('x', 100_000))));
                    break;
                case JsonArray:
                    yield return ($"{name} with an unknown file", With(right, name, new JsonArray(Guid.NewGuid().ToString())));
                    yield return ($"{name} with what is no id", With(right, name, new JsonArray("../../etc/passwd")));
                    break;
                case JsonValue text when text.TryGetValue<string>(out var said):
                    yield return ($"{name} enormous", With(right, name, new string('龙', 100_000)));
                    yield return ($"{name} as a number", With(right, name, 12.5));
                    if (!said.Any(c => c > 0x2E80))
                    {
                        yield return ($"{name} unknown", With(right, name, "no-such-code"));
                        yield return ($"{name} with a character that no database can hold", With(right, name, "\u0000"));
                        yield return ($"{name} as SQL", With(right, name, "' OR 1=1; DROP TABLE requests_event;--"));
                    }

                    break;
                case JsonValue number when number.TryGetValue<int>(out _):
                    foreach (var wrong in new double[] { -1, 0, 1.5, 1_000, 2_147_483_647, 1e12, 1e300 })
                    {
                        yield return ($"{name} {wrong}", With(right, name, wrong));
                    }

                    break;
                case JsonValue flag when flag.TryGetValue<bool>(out _):
                    yield return ($"{name} as a word", With(right, name, "yes"));
                    yield return ($"{name} as a number", With(right, name, 2));
                    break;
                default:
                    break;
            }
        }
    }

    private static JsonObject With(JsonObject right, string name, JsonNode? value)
    {
        var spoilt = right.DeepClone().AsObject();
        spoilt[name] = value;
        return spoilt;
    }
}
