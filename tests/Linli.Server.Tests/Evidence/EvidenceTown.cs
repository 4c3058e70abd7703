using Linli.Kernel;
using Linli.Kernel.Evidence;
using Linli.Requests;
using Linli.Requests.Access;
using Linli.Requests.Report;
using Linli.Server.Tests.Evidence.Outside;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Server.Tests.Evidence;

/// <summary>What tests of evidence do again and again.</summary>
internal static class EvidenceTown
{
    public static Task<Town> FoundAsync(params (string Setting, string Value)[] settings) => Town.FoundAsync(With(settings));

    public static TownOptions With(params (string Setting, string Value)[] settings) => new()
    {
        Adjust = builder =>
        {
            foreach (var (setting, value) in settings)
            {
                builder.Configuration[$"Evidence:{setting}"] = value;
            }
        },
    };

    public static async Task<Town> OnS3Async()
    {
        var s3 = await S3Server.OptionsAsync();
        return await FoundAsync(("Vault", "s3"), ("Bucket:Endpoint", s3.Endpoint!), ("Bucket:Name", s3.Name!), ("Bucket:Prefix", s3.Prefix), ("Bucket:AccessKey", s3.AccessKey!), ("Bucket:SecretKey", s3.SecretKey!));
    }

    public static async Task<Guid> SendAsync(this Visitor visitor, byte[] content, string name = "a.png")
    {
        var answer = await visitor.UploadAsync(content, name);
        return answer.Status == System.Net.HttpStatusCode.Created ? answer.Json().GetProperty("id").GetGuid() : throw new InvalidOperationException(answer.Text);
    }

    /// <summary>A report that uses files; its number.</summary>
    public static async Task<string> ReportAsync(this Visitor visitor, string type, params Guid[] files)
    {
        var filed = await visitor.SendJsonAsync(HttpMethod.Post, "/api/requests", new
        {
            serviceType = type, text = "请来看看", phone = "13800000000", photos = files, answers = new Dictionary<string, string?>(), idempotencyKey = Guid.NewGuid().ToString("N"),
        });
        return filed.Status == System.Net.HttpStatusCode.Created ? filed.Json().GetProperty("number").GetString()! : throw new InvalidOperationException(filed.Text);
    }

    /// <summary>The device is shown the number's page from now on, as after its code was typed in.</summary>
    public static async Task AsReporterAsync(this Town town, Visitor visitor, string number)
    {
        var code = await town.InScopeAsync(async (IServiceProvider scope) =>
        {
            var (db, seal) = (scope.GetRequiredService<LinliDb>(), scope.GetRequiredService<CodeSeal>());
            var request = await db.Set<ServiceRequest>().SingleAsync(r => r.Number == number);
            var known = SecretCode.From(Guid.NewGuid().ToString("N"), request.Id);
            request.SecretHash = seal.Of(request.Id, known);
            await db.CommitAsync(Act.BySystem("test.code", town.Clock.Now));
            return known;
        });
        var opened = await visitor.PostFormAsync("/track", ("number", number), ("code", code));
        Assert.Equal($"/track/{number}", opened.Path);
    }

    public static Task<EvidenceFile> FileAsync(this Town town, Guid id) => town.ReadAsync(db => db.Set<EvidenceFile>().AsNoTracking().SingleAsync(f => f.Id == id));

    /// <summary>Names in the evidence folder, with slashes, without what is being received.</summary>
    public static IReadOnlyList<string> Stored(this Town town) => !Directory.Exists(town.Store.Data.Evidence) ? [] :
        [.. Directory.GetFiles(town.Store.Data.Evidence, "*", SearchOption.AllDirectories).Select(p => Path.GetRelativePath(town.Store.Data.Evidence, p)).Where(p => p != "parts/key").Order(StringComparer.Ordinal)];
}
