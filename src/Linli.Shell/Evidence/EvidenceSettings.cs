using Linli.Kernel.Evidence;
using Linli.Kernel.Evidence.Scanning;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Evidence;

/// <summary>Says at start what would otherwise fail with the first photo.</summary>
internal sealed class EvidenceSettings : IValidateOptions<EvidenceOptions>
{
    public ValidateOptionsResult Validate(string? name, EvidenceOptions options)
    {
        var wrong = new List<string>();
        if (options.Vault == VaultKind.S3 && WhatIsMissing(options.Bucket) is { } missing)
        {
            wrong.Add($"Configuration value Evidence:Bucket:{missing} is needed for Evidence:Vault=s3.");
        }

        if (options.Bucket.Endpoint is { Length: > 0 } endpoint && !(Uri.TryCreate(endpoint, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            wrong.Add("Configuration value Evidence:Bucket:Endpoint is no address that begins with https:// or http://.");
        }

        if (options.Scanner is { Length: > 0 } scanner && ClamdScanner.Address(scanner) is null)
        {
            wrong.Add("Configuration value Evidence:Scanner is neither tcp://HOST:PORT nor unix:///PATH.");
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    /// <summary>Null when all is there.</summary>
    public static string? WhatIsMissing(EvidenceBucket bucket) =>
        string.IsNullOrEmpty(bucket.Name) ? nameof(bucket.Name) : string.IsNullOrEmpty(bucket.AccessKey) ? nameof(bucket.AccessKey) : string.IsNullOrEmpty(bucket.SecretKey) ? nameof(bucket.SecretKey) : null;
}
