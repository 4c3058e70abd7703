using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Linli.Shell.Http;

/// <summary>
/// Serves wwwroot. The build leaves a .br and a .gz beside every bundled file, made once with the best compression,
/// because many readers sit on a slow mobile network; addresses that carry a hash are kept by the browser for ever.
/// </summary>
internal static class BundledFiles
{
    private static readonly (string Encoding, string Suffix)[] Packed = [("br", ".br"), ("gzip", ".gz")];

    public static void UseBundledFiles(this IApplicationBuilder app, IWebHostEnvironment host)
    {
        app.Use((context, next) =>
        {
            var path = context.Request.Path;
            if (path.StartsWithSegments("/dist") && HttpMethods.IsGet(context.Request.Method))
            {
                context.Response.Headers.Vary = HeaderNames.AcceptEncoding;
                var accepted = context.Request.Headers.AcceptEncoding.ToString();
                foreach (var (encoding, suffix) in Packed)
                {
                    if (accepted.Contains(encoding, StringComparison.OrdinalIgnoreCase) && host.WebRootFileProvider.GetFileInfo(path + suffix).Exists)
                    {
                        context.Items[typeof(BundledFiles)] = encoding;
                        context.Request.Path = path + suffix;
                        break;
                    }
                }
            }

            return next(context);
        });
        app.UseStaticFiles(new StaticFileOptions { ContentTypeProvider = new Types(), OnPrepareResponse = Prepare });
    }

    private static void Prepare(StaticFileResponseContext file)
    {
        if (file.Context.Items[typeof(BundledFiles)] is string encoding)
        {
            file.Context.Response.Headers.ContentEncoding = encoding;
        }

        var hashed = file.Context.Request.Query.ContainsKey("v") || file.Context.Request.Path.StartsWithSegments("/dist/chunks");
        file.Context.Response.Headers.CacheControl = hashed ? "public, max-age=31536000, immutable" : "no-cache";
    }

    /// <summary>The type of linli.js.br is the type of linli.js.</summary>
    private sealed class Types : IContentTypeProvider
    {
        private readonly FileExtensionContentTypeProvider _plain = new();

        public bool TryGetContentType(string subpath, out string contentType)
        {
            var name = Packed.Aggregate(subpath, (path, p) => path.EndsWith(p.Suffix, StringComparison.Ordinal) ? path[..^p.Suffix.Length] : path);
            if (!_plain.TryGetContentType(name, out contentType!))
            {
                return false;
            }

            if (contentType.StartsWith("text/", StringComparison.Ordinal) || contentType.EndsWith("+xml", StringComparison.Ordinal))
            {
                contentType += "; charset=utf-8"; // everything that we write is
            }

            return true;
        }
    }
}
