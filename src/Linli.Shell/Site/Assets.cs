using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.FileProviders;

namespace Linli.Shell.Site;

/// <summary>
/// Addresses of the bundled front end, with the hash of the content so that browsers may keep a file for ever.
/// Reads <c>wwwroot/dist/manifest.json</c>, written by web/build.mjs; without it (tests that need no script) plain addresses are given.
/// </summary>
public sealed class Assets(IWebHostEnvironment host)
{
    private readonly Lock _gate = new();
    private FrozenDictionary<string, string>? _hashes;
    private DateTimeOffset _readAs;

    /// <summary>/dist/linli.css?v=1a2b3c4d for "linli.css".</summary>
    public string this[string file] => Hashes.TryGetValue(file, out var hash) ? $"/dist/{file}?v={hash}" : $"/dist/{file}";

    private FrozenDictionary<string, string> Hashes
    {
        get
        {
            var manifest = host.WebRootFileProvider.GetFileInfo("dist/manifest.json");
            lock (_gate)
            {
                if (_hashes is null || manifest.LastModified != _readAs)
                {
                    (_hashes, _readAs) = (Read(manifest), manifest.LastModified);
                }

                return _hashes;
            }
        }
    }

    private static FrozenDictionary<string, string> Read(IFileInfo manifest)
    {
        if (!manifest.Exists)
        {
            return FrozenDictionary<string, string>.Empty;
        }

        using var stream = manifest.CreateReadStream();
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!.ToFrozenDictionary();
    }
}
