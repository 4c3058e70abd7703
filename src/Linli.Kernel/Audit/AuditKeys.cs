using System.Security.Cryptography;

namespace Linli.Kernel.Audit;

/// <summary>Where the key of the audit log lies: a file outside the database that its owner alone may read, made when it is first needed.</summary>
public sealed class AuditKeys(DataFolder data)
{
    private readonly Lock _making = new();
    private volatile AuditKey? _key;

    public string File { get; } = Path.Combine(data.Keys, "audit", "key.pem");

    /// <summary>Without making one.</summary>
    public AuditKey? IfThere => _key ?? (System.IO.File.Exists(File) ? Current : null);

    public AuditKey Current
    {
        get
        {
            if (_key is { } known)
            {
                return known;
            }

            lock (_making)
            {
                return _key ??= Read();
            }
        }
    }

    private AuditKey Read()
    {
        if (!System.IO.File.Exists(File))
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            SafeFile.WriteNew(File, key.ExportPkcs8PrivateKeyPem());
        }

        try
        {
            return new AuditKey(System.IO.File.ReadAllText(File));
        }
        catch (Exception broken) when (broken is ArgumentException or CryptographicException)
        {
            throw new AuditBrokenException("审计日志的密钥文件 {0} 不完整或已损坏。请从备份恢复它（docs/operate/audit.md）。", File);
        }
    }
}

/// <summary>Sealing cannot go on, or the log was tampered with. A text key and its values, as in a Failure.</summary>
public sealed class AuditBrokenException(string message, params object[] values) : Exception(string.Format(null, message, values))
{
    public string Key { get; } = message;
    public object[] Values { get; } = values;
}
