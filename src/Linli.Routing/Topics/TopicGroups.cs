namespace Linli.Routing.Topics;

/// <summary>Texts in groups that grow together.</summary>
internal sealed class TopicGroups(TopicVectors vectors)
{
    private readonly int[] _group = [.. Enumerable.Range(0, vectors.Count)];
    private readonly List<int>[] _members = [.. Enumerable.Range(0, vectors.Count).Select(i => new List<int> { i })];
    private readonly Dictionary<int, float>?[] _sums = new Dictionary<int, float>?[vectors.Count];

    public int Of(int text) => _group[text];

    public int SizeOf(int group) => _members[group].Count;

    public List<List<int>> All() => [.. _members.Where(m => m.Count > 0)];

    /// <summary>Makes one of two, if they are alike enough as a whole; it goes by the smaller number.</summary>
    public void Join(int one, int other, float least)
    {
        var (a, b) = (Math.Min(one, other), Math.Max(one, other));
        if (a == b || _members[b].Count == 0)
        {
            return;
        }

        var (left, right) = (_sums[a] ??= vectors.Copy(a), _sums[b] ??= vectors.Copy(b));
        if (TopicVectors.Cosine(left, right) < least)
        {
            return;
        }

        foreach (var (gram, weight) in right)
        {
            left[gram] = left.GetValueOrDefault(gram) + weight;
        }

        foreach (var moved in _members[b])
        {
            _group[moved] = a;
        }

        _members[a].AddRange(_members[b]);
        (_members[b], _sums[b]) = ([], null);
    }
}
