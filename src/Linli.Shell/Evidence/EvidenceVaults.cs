using Linli.Kernel.Evidence;
using Linli.Kernel.Evidence.Storage;
using Linli.Shell.Evidence.S3;

namespace Linli.Shell.Evidence;

/// <summary>The vault in use, and the other ones that are configured, for moving between them.</summary>
public sealed class EvidenceVaults(EvidenceOptions options) : IDisposable
{
    private readonly Lazy<S3Vault> _s3 = new(() => new S3Vault(options.Bucket));

    public IEvidenceVault InUse => Of(options.Vault);

    /// <exception cref="InvalidOperationException">S3 is not configured.</exception>
    public IEvidenceVault Of(VaultKind kind) => kind == VaultKind.Folder ? new FolderVault(options.Folder) : _s3.Value;

    public bool IsConfigured(VaultKind kind) => kind == VaultKind.Folder || EvidenceSettings.WhatIsMissing(options.Bucket) is null;

    public void Dispose()
    {
        if (_s3.IsValueCreated)
        {
            _s3.Value.Dispose();
        }
    }
}
