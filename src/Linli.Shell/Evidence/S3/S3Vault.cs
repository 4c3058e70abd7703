using System.Net;
using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Linli.Kernel.Evidence;
using Linli.Kernel.Evidence.Storage;

namespace Linli.Shell.Evidence.S3;

/// <summary>Bytes as objects of one bucket, in whatever speaks S3. Nothing is held in memory: files go up from the disk, and come down in stretches.</summary>
public sealed class S3Vault : IEvidenceVault, IDisposable
{
    private readonly AmazonS3Client _client;
    private readonly string _bucket, _prefix;

    public S3Vault(EvidenceBucket options)
    {
        (_bucket, _prefix) = (options.Name!, options.Prefix);
        var config = new AmazonS3Config
        {
            AuthenticationRegion = options.Region,
            ForcePathStyle = options.PathStyle,
            // Amazon's newer checksums are unknown to most others who speak S3; the signature covers the content's hash anyway.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            Timeout = TimeSpan.FromSeconds(60),
            MaxErrorRetry = 3,
        };
        if (string.IsNullOrEmpty(options.Endpoint))
        {
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(options.Region);
        }
        else
        {
            config.ServiceURL = options.Endpoint;
        }

        _client = new AmazonS3Client(new BasicAWSCredentials(options.AccessKey, options.SecretKey), config);
    }

    public async Task PutAsync(string name, string path, CancellationToken cancellation) => await _client.PutObjectAsync(
        new PutObjectRequest { BucketName = _bucket, Key = KeyOf(name), FilePath = path, UseChunkEncoding = false, ContentType = "application/octet-stream" }, cancellation);

    public async Task<Stream?> OpenAsync(string name, CancellationToken cancellation) => await LengthAsync(name, cancellation) is { } length
        ? new S3Stream((from, token) => ReadFromAsync(name, from, token), length)
        : null;

    public async Task<bool> MoveAsync(string from, string to, CancellationToken cancellation)
    {
        try
        {
            await _client.CopyObjectAsync(new CopyObjectRequest { SourceBucket = _bucket, SourceKey = KeyOf(from), DestinationBucket = _bucket, DestinationKey = KeyOf(to) }, cancellation);
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }

        await DeleteAsync(from, cancellation);
        return true;
    }

    public async Task DeleteAsync(string name, CancellationToken cancellation) => await _client.DeleteObjectAsync(_bucket, KeyOf(name), cancellation);

    public async IAsyncEnumerable<KeptBytes> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var pages = _client.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = _bucket, Prefix = _prefix.Length > 0 ? _prefix : null });
        await foreach (var found in pages.S3Objects.WithCancellation(cancellation))
        {
            yield return new KeptBytes(found.Key[_prefix.Length..], found.Size ?? 0, new DateTimeOffset((found.LastModified ?? DateTime.UnixEpoch).ToUniversalTime()));
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<long?> LengthAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return (await _client.GetObjectMetadataAsync(_bucket, KeyOf(name), cancellation)).ContentLength;
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task<GetObjectResponse> ReadFromAsync(string name, long from, CancellationToken cancellation) => await _client.GetObjectAsync(
        new GetObjectRequest { BucketName = _bucket, Key = KeyOf(name), ByteRange = from > 0 ? new ByteRange($"bytes={from}-") : null }, cancellation);

    private string KeyOf(string name) => _prefix + name;
}
