using Linli.Testing;
using System.Text.RegularExpressions;

namespace Linli.Attacks.Injection;

/// <summary>Every field of every form, alone and in company; see <see cref="InjectionTests"/>.</summary>
public sealed partial class FormInjectionTests(Besieged besieged) : IClassFixture<Besieged>
{
    [Fact]
    public async Task No_form_makes_it_stumble()
    {
        var known = KnownFields();
        var barrage = besieged.Barrage();
        await barrage.AtAsync(door => door.Method == HttpMethod.Post && !door.IsForPrograms, async door =>
        {
            var turn = Turn.Of(door);
            var scene = await besieged.Stage.SetAsync(door);
            var right = Bodies.Fields(scene.Body).ToList();
            for (var i = 0; i < right.Count; i++)
            {
                var strange = turn.Some(Strange.Words, 1)[0];
                scene = await SendAsync(barrage, door, scene, right.Select((field, j) => i == j ? KeyValuePair.Create(field.Key, strange) : field));
            }

            // What a handler reads without saying so: all names that any form has, each with something else.
            for (var round = 0; round < 2; round++)
            {
                scene = await SendAsync(barrage, door, scene, known.Select(name => KeyValuePair.Create(name, turn.Some(Strange.All, 1)[0])));
            }
        });

        barrage.IsClean(200);
        await besieged.NothingElseHappenedAsync();
    }

    private async Task<Scene> SendAsync(Barrage barrage, Door door, Scene scene, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        var answer = await barrage.SendAsync(scene.Visitor, door, door.Method, scene.Path, content);
        return (int)answer.Status == 302 && (scene.IsUsedUp || Crowd.IsOfOneself(door)) ? await besieged.Stage.SetAsync(door) : scene;
    }

    /// <summary>Every name that the sources read from a form, or give a field of one.</summary>
    private static List<string> KnownFields()
    {
        var names = Repository.Files("src", "*.cs", "*.razor").Select(file => File.ReadAllText(Repository.At(file)))
            .SelectMany(source => Read().Matches(source).Concat(Bound().Matches(source)).Concat(Shown().Matches(source))).Select(m => m.Groups[1].Value)
            .Concat(["photos.id", "confirm", "answers.fault"]).Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(names.Count > 100, $"Only {names.Count} names were found.");
        return names;
    }

    [GeneratedRegex("[fF]orm\\[\"([\\w.]+)\"\\]")]
    private static partial Regex Read();

    [GeneratedRegex("FromForm\\] ?\\S+ (\\w+)")]
    private static partial Regex Bound();

    [GeneratedRegex("(?:[nN]ame|Field)=\"([a-z][\\w.]*)\"")]
    private static partial Regex Shown();
}
