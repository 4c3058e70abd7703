namespace Linli.Dev;

/// <summary>What follows the verb: `--name value`, `--flag` and plain words.</summary>
internal sealed class Options(IEnumerable<string> words)
{
    private readonly List<string> _left = [.. words];

    public bool Flag(string name) => _left.Remove(name);

    public string? Value(string name)
    {
        var at = _left.IndexOf(name);
        if (at < 0)
        {
            return null;
        }

        if (at + 1 >= _left.Count)
        {
            throw new Stop($"{name} needs a value.");
        }

        var value = _left[at + 1];
        _left.RemoveRange(at, 2);
        return value;
    }

    public string? Word()
    {
        if (_left.FirstOrDefault(w => !w.StartsWith('-')) is not { } word)
        {
            return null;
        }

        _left.Remove(word);
        return word;
    }

    /// <summary>Everything not asked for, to be handed on.</summary>
    public IReadOnlyList<string> Rest => _left;

    /// <exception cref="Stop">Something is left that nobody asked for.</exception>
    public void NothingElse()
    {
        if (_left.Count > 0)
        {
            throw new Stop($"Not understood: {string.Join(' ', _left)}. `dotnet dev.cs` lists what can be said.");
        }
    }
}
