namespace Linli.Kernel.Audit;

/// <summary>What the chain is held against: heads and checkpoints, as far as they can be believed.</summary>
internal sealed class Anchors(AuditQuestion question, AuditKey? own, Faults faults, List<AuditFinding> remarks)
{
    private readonly Dictionary<long, List<Anchor>> _all = [];
    private readonly PublicAuditKey? _public = question.PublicKey ?? own?.Public;

    public IReadOnlyDictionary<long, List<Anchor>> All => _all;

    /// <returns>The key that vouches for entries and links; null where there is none here.</returns>
    public AuditKey? CheckHead(AuditHead? head, SealedHead? outside, string path)
    {
        // The store's word for which key it is counts for nothing: whoever writes there could name one that is not here.
        var key = question.PublicKey is null || question.PublicKey.Id == own?.Id ? own : null;
        var keyId = head is { IsNew: false } ? head.KeyId : null;
        if (key is null && keyId is not null)
        {
            Remark("本机没有这个日志的密钥 {0}：只能检查链和检查点，看不出链是不是整条重新算过。", keyId);
        }

        if (keyId is not null && (key?.Id ?? question.PublicKey?.Id ?? keyId) is var expected && expected != keyId)
        {
            Fault(AuditFault.Head, "数据库里的链头说日志由密钥 {0} 封存，这里的密钥是 {1}：链头被改动，或这不是它的密钥。", keyId, expected);
        }
        else if (head is null || (head.IsNew && outside is not null) || (keyId is not null && key?.Vouches(head.Seal, head.Mac) == false))
        {
            Fault(AuditFault.Head, "数据库里的链头被删除或改动。");
        }

        if (outside is null && head is { IsNew: false })
        {
            Remark("数据目录里没有链头文件 {0}：看不出最后一个检查点之后的末尾是否被截去。", path);
        }
        else if (outside is not null && key?.Vouches(outside.Seal, outside.Mac) == false)
        {
            Fault(AuditFault.Head, "数据目录里的审计链头文件 {0} 不完整或被改动。", path);
        }
        else if (outside is { Seal.Sequence: > 0 })
        {
            Add(outside.Seal.Sequence, new Anchor(outside.Seal.Hash, outside.Seal.At, new Word("数据目录里的链头"), IsCheckpoint: false));
        }

        return key;
    }

    public void Add(List<AuditCheckpoint> rows, CheckpointFiles files)
    {
        foreach (var row in rows)
        {
            Add(row, new Word("数据库里的检查点"));
        }

        foreach (var (path, checkpoint) in files.Read())
        {
            if (checkpoint is null)
            {
                Fault(AuditFault.Checkpoint, "文件 {0} 不是完整的检查点。", path);
            }
            else if (rows.Find(r => r.Sequence == checkpoint.Sequence) is not { } row || row != checkpoint)
            {
                Fault(AuditFault.Checkpoint, "数据库里的检查点与文件 {0} 不一致，或被删除。", path);
                Add(checkpoint, new Word("数据目录里的检查点"));
            }
        }

        if (question.Given is { } given)
        {
            Add(given, new Word("给出的检查点"));
        }
    }

    /// <summary>The head of the database has to be where the chain ends: both were read at one moment.</summary>
    public void CheckEnd(AuditHead? head, ChainWalk walk)
    {
        if (head is null || (head.Sequence == walk.Sequence && Convert.ToHexStringLower(head.Hash) == walk.Hash))
        {
            return;
        }

        faults.Add(head.Sequence > walk.Sequence
            ? new AuditFinding(AuditFault.Cut, walk.Sequence + 1, null, null, null, "日志的末尾被截去：链头说它到第 {0} 条，现在只到第 {1} 条。", head.Sequence, walk.Sequence)
            : new AuditFinding(
                AuditFault.Head, null, walk.Before?.Id, walk.Before?.At, walk.Before?.Fields.Verb, "链的末尾（第 {0} 条）与链头（第 {1} 条）不符：末尾被改动、加长或重新计算过。", walk.Sequence, head.Sequence));
    }

    private void Add(AuditCheckpoint checkpoint, Word name)
    {
        if (_public is null || (_public.Id != checkpoint.KeyId && question.PublicKey is null))
        {
            Remark("检查点（第 {0} 条）由密钥 {1} 签发，这里没有它的公钥；请用 --public-key 给出。", checkpoint.Sequence, checkpoint.KeyId);
        }
        else if (!checkpoint.IsSignedBy(_public))
        {
            Fault(AuditFault.Checkpoint, "{0}（第 {1} 条，{2:yyyy-MM-dd HH:mm:ss zzz}）的签名不对：它被改动，或不是用这个密钥签发的。", name, checkpoint.Sequence, checkpoint.At);
        }
        else if (checkpoint.Count != checkpoint.Sequence)
        {
            Fault(AuditFault.Checkpoint, "{0}（第 {1} 条，{2:yyyy-MM-dd HH:mm:ss zzz}）的条数不对。", name, checkpoint.Sequence, checkpoint.At);
        }
        else
        {
            Add(checkpoint.Sequence, new Anchor(checkpoint.Hash, checkpoint.At, name, IsCheckpoint: true));
        }
    }

    private void Add(long sequence, Anchor anchor)
    {
        if (!_all.TryGetValue(sequence, out var here))
        {
            _all[sequence] = here = [];
        }

        here.Add(anchor);
    }

    private void Fault(AuditFault fault, string message, params object[] values) => faults.Add(new AuditFinding(fault, null, null, null, null, message, values));

    private void Remark(string message, params object[] values) => remarks.Add(new AuditFinding(AuditFault.Head, null, null, null, null, message, values));
}
