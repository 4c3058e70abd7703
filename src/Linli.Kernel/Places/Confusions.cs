using System.Collections.Frozen;

namespace Linli.Kernel.Places;

/// <summary>Which characters are taken for one another: those that sound alike, and those that look alike (<c>data/words</c>).</summary>
internal sealed class Confusions
{
    private static readonly Lazy<Confusions> Loaded = new(() => new Confusions(ShippedData.Folder("words")));

    private readonly FrozenDictionary<char, char> _sounds;
    private readonly FrozenSet<(char, char)> _alike;

    private Confusions(string folder)
    {
        // Any one character stands for the sound of all that share it.
        _sounds = File.ReadLines(Path.Combine(folder, "sounds.txt")).Select(line => line.Split(' ')).Where(l => l.Length == 2)
            .GroupBy(l => Fold(l[0]), l => l[1]).SelectMany(g => string.Concat(g).Select(c => (c, First: g.First()[0]))).ToFrozenDictionary(p => p.c, p => p.First);
        _alike = File.ReadLines(Path.Combine(folder, "lookalikes.txt")).SelectMany(g => g.SelectMany(a => g.Where(b => b != a).Select(b => (a, b)))).ToFrozenSet();
    }

    public static Confusions Shipped => Loaded.Value;

    /// <summary>Equal for texts that sound alike, and as long as the text.</summary>
    public string SoundOf(string text) => string.Create(text.Length, (text, _sounds), static (key, from) =>
    {
        for (var i = 0; i < key.Length; i++)
        {
            key[i] = from._sounds.TryGetValue(from.text[i], out var sound) ? sound : from.text[i];
        }
    });

    public bool LookAlike(char one, char other) => _alike.Contains((one, other));

    /// <summary>What many speakers do not tell apart.</summary>
    private static string Fold(string reading)
    {
        var start = reading[..Math.Min(2, reading.Length)] is "zh" or "ch" or "sh" ? reading[0] + reading[2..] : reading;
        return start.EndsWith("ng", StringComparison.Ordinal) && !start.EndsWith("ong", StringComparison.Ordinal) ? start[..^1] : start;
    }
}
