namespace Linli.Attacks.Injection;

/// <summary>Deals what is strange in turn, so that each door and each field sees other things, and the same ones in every run.</summary>
internal sealed class Turn
{
    private int _next;

    public static Turn Of(Door door) => new() { _next = door.ToString().Sum(c => c) };

    public IReadOnlyList<string> Some(IReadOnlyList<string> all, int count)
    {
        _next += 1;
        // 7 shares no factor with the lengths of the lists: neighbours differ.
        return [.. Enumerable.Range(0, Math.Min(count, all.Count)).Select(i => all[(_next * 7 + i) % all.Count])];
    }
}
