namespace Linli.Kernel.Audit;

/// <summary>Follows the chain link by link and remembers what is wrong with it. After a fault it goes on from what the store says, so that each is named once.</summary>
internal sealed class ChainWalk(AuditKey? key, AuditSeal seal, IReadOnlyDictionary<long, List<Anchor>> anchors, Faults faults)
{
    private readonly AuditBytes _bytes = new();
    private readonly Dictionary<UInt128, long> _macs = [];
    private byte[] _hash = AuditLink.Origin;
    private AuditRow? _before;
    private long _agreed;

    public long Sequence { get; private set; }

    public int AgreedCheckpoints { get; private set; }

    public string Hash => Convert.ToHexStringLower(_hash);

    /// <summary>The last entry that was there.</summary>
    public AuditRow? Before => _before;

    public void Take(AuditLink link, AuditRow? entry)
    {
        if (link.Sequence != Sequence + 1)
        {
            faults.Add(Missing(AuditFault.Gap, Sequence + 1, "链上缺少第 {0} 至第 {1} 条：它们被删除。{2}", Sequence + 1, link.Sequence - 1, AfterWhat()));
        }
        else if (entry is null)
        {
            faults.Add(Missing(AuditFault.Removed, link.Sequence, "这一条（记录 {0}）被删除：链上有它，日志里没有。{1}", link.EntryId, AfterWhat()));
        }
        else
        {
            Check(link, entry);
        }

        (Sequence, _hash, _before) = (link.Sequence, link.Hash, entry ?? _before);
        if (anchors.TryGetValue(Sequence, out var here))
        {
            Compare(here, entry);
        }
    }

    /// <summary>After the links: an entry that none of them names yet. What waits is checked as strictly as what is sealed, or a copy would be sealed and signed.</summary>
    public void TakeWaiting(AuditRow entry)
    {
        if (entry.Malformed is { } column)
        {
            faults.Add(Waiting(AuditFault.Changed, entry, "一条还没有封存的记录被改动：{0} 一栏不是邻里写入的形式。", column));
            return;
        }

        _bytes.Fill(entry.Fields, entry.Mac ?? []);
        if (key is not null && (entry.Mac is null || !key.Wrote(_bytes, entry.Mac)))
        {
            faults.Add(Waiting(AuditFault.Inserted, entry, "一条还没有封存的记录不是邻里写的，或已被改动。"));
        }
        else if (key is not null && !_macs.TryAdd(BitConverter.ToUInt128(entry.Mac), 0))
        {
            faults.Add(Waiting(AuditFault.Copied, entry, "一条还没有封存的记录是另一条的复制品，是直接插入数据库的。"));
        }
    }

    private void Check(AuditLink link, AuditRow entry)
    {
        _bytes.Fill(entry.Fields, entry.Mac ?? []);
        var fits = _bytes.HashAfter(_hash, link.Sequence, entry.Id, entry.Mac).AsSpan().SequenceEqual(link.Hash);
        var isOurs = key is null || link.Sequence <= seal.EntriesFrom ? (bool?)null : entry.Mac is not null && key.Wrote(_bytes, entry.Mac);
        var isLinked = key is null || link.Sequence <= seal.LinksFrom || key.Linked(link.Sequence, link.Hash, link.Mac);
        if (entry.Malformed is { } column)
        {
            faults.Add(About(AuditFault.Changed, link, entry, "内容被改动：{0} 一栏不是邻里写入的形式。", column));
        }
        else if (isOurs == false && (!fits || !isLinked))
        {
            faults.Add(About(AuditFault.Changed, link, entry, "内容与写入时的校验值不符：被改动，或是插入的。"));
        }
        else if (!fits)
        {
            faults.Add(isOurs is null
                ? About(AuditFault.Changed, link, entry, "内容或次序与链不符：被改动、调换，或前面有增删。")
                : About(AuditFault.Moved, link, entry, "次序、记录号或链被改动：这一条是邻里写的，但原来不在这个位置。"));
        }
        else if (!isLinked)
        {
            faults.Add(About(AuditFault.Relinked, link, entry, "从这一条起，链被没有密钥的人重新计算过：这里有记录被增删、调换或改动。"));
        }
        else if (isOurs == false)
        {
            faults.Add(About(AuditFault.Inserted, link, entry, "这一条不是邻里写的：它没有有效的校验值，是直接插入数据库的。"));
        }
        else if (isOurs == true && !_macs.TryAdd(BitConverter.ToUInt128(entry.Mac), link.Sequence))
        {
            faults.Add(About(AuditFault.Copied, link, entry, "这一条是第 {0} 条的复制品，是直接插入数据库的。", _macs[BitConverter.ToUInt128(entry.Mac)]));
        }
    }

    private void Compare(List<Anchor> here, AuditRow? entry)
    {
        foreach (var anchor in here)
        {
            if (anchor.Hash == Hash)
            {
                AgreedCheckpoints += anchor.IsCheckpoint ? 1 : 0;
            }
            else
            {
                faults.Add(new AuditFinding(
                    anchor.IsCheckpoint ? AuditFault.Mismatch : AuditFault.Head, _agreed + 1 == Sequence ? Sequence : null, entry?.Id, entry?.At, entry?.Fields.Verb,
                    "日志与{0}（第 {1} 条，{2:yyyy-MM-dd HH:mm:ss zzz}）不符：第 {3} 至第 {1} 条之间有改动。", anchor.Name, Sequence, anchor.At, _agreed + 1));
            }
        }

        if (here.TrueForAll(a => a.Hash == Hash))
        {
            _agreed = Sequence;
        }
    }

    /// <summary>What was said to exist and lies beyond the end.</summary>
    public void Finish()
    {
        var beyond = anchors.Where(a => a.Key > Sequence).SelectMany(a => a.Value.Select(anchor => (Sequence: a.Key, Anchor: anchor))).ToList();
        if (beyond.Count > 0)
        {
            var (sequence, anchor) = beyond.MaxBy(b => b.Sequence);
            faults.Add(Missing(
                AuditFault.Cut, Sequence + 1, "日志的末尾被截去：{0}（{1:yyyy-MM-dd HH:mm:ss zzz}）说它到第 {2} 条，现在只到第 {3} 条。{4}",
                anchor.Name, anchor.At, sequence, Sequence, AfterWhat()));
        }
    }

    private static AuditFinding About(AuditFault fault, AuditLink link, AuditRow entry, string message, params object[] values) =>
        new(fault, link.Sequence, entry.Id, entry.At, entry.Fields.Verb, message, values);

    private static AuditFinding Waiting(AuditFault fault, AuditRow entry, string message, params object[] values) =>
        new(fault, null, entry.Id, entry.At, entry.Fields.Verb, message, values);

    private static AuditFinding Missing(AuditFault fault, long sequence, string message, params object[] values) => new(fault, sequence, null, null, null, message, values);

    /// <summary>Nobody can say what stood in an entry that is gone; what stood before it can be said.</summary>
    private Saying AfterWhat() => _before is { At: { } at } row
        ? new Saying("它前面一条是第 {0} 条（记录 {1}，{2:yyyy-MM-dd HH:mm:ss zzz}，{3}）。", Sequence, row.Id, at, row.Fields.Verb)
        : new Saying("它前面没有别的记录。");
}

/// <summary>A hash that the chain must have at some number, and who says so.</summary>
internal sealed record Anchor(string Hash, DateTimeOffset At, Word Name, bool IsCheckpoint);

/// <summary>Collects faults; a chain that was recomputed has a million of them, and the first says enough.</summary>
internal sealed class Faults
{
    private const int MostKept = 50;
    private readonly List<AuditFinding> _kept = [];

    public long Count { get; private set; }

    /// <summary>The first bad entry first; what is about no entry stands after those that are.</summary>
    public IReadOnlyList<AuditFinding> Kept => [.. _kept.OrderBy(f => f.Sequence ?? long.MaxValue)];

    public void Add(AuditFinding fault)
    {
        Count++;
        if (_kept.Count < MostKept || (fault.Sequence is { } number && number < _kept.Min(f => f.Sequence)))
        {
            _kept.Add(fault);
        }
    }
}
