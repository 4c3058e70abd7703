using System.Net;
using Linli.Kernel.Privacy;
using Linli.Requests.Catalogue;
using Linli.Requests.Privacy;
using Linli.Requests.Tests.Loop;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Tests.Privacy;

/// <summary>What could tell who somebody is stands sealed in the store, and masked everywhere else.</summary>
public sealed class SealedDataTests
{
    private const string IdCard = "140427199001010010";
    private static readonly string[] Secrets = ["郝晓燕", "13912345678", "hao.xiaoyan@example.org", "紫团路七号院", "微信haoxy", "13887654321", "19900101001", "0355-8123456"];

    [Fact]
    public async Task Nobody_who_has_the_database_alone_reads_a_name_or_a_number()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.ChangeTypeAsync(LoopTown.Plain, t => t.Fields = [new FormField("card", "身份证号码", "Identity number", FieldType.IdNumber)]);
        var number = await ReportAsync(town);
        await town.DoAsync("paidan", number, "question", new { question = "请问 13887654321 是您的电话吗？" });
        await town.DoAsync(LoopTown.Reporter, number, "answer", new { answer = "是的，座机 0355-8123456 也行" });

        var contents = await StoreContents.ReadAsync(town.Town);

        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, contents, StringComparison.Ordinal));
        Assert.Contains("138********", contents, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_has_the_database_alone_cannot_try_out_secret_codes_and_older_codes_still_open()
    {
        await using var town = await LoopTown.FoundAsync();
        var receipt = await town.ReportAsync("vaccination");
        var plain = Report.SecretCode.Hash(receipt.SecretCode);
        var kept = (await town.LoadAsync(receipt.Number)).SecretHash;
        Assert.True(Requests.Access.CodeSeal.IsSealed(kept));
        Assert.DoesNotContain(plain, kept, StringComparison.Ordinal);

        await town.Town.ReadAsync(db => db.Set<ServiceRequest>().Where(r => r.Number == receipt.Number).ExecuteUpdateAsync(set => set.SetProperty(r => r.SecretHash, plain)));
        Assert.Equal(HttpStatusCode.OK, (await town.ReadAsync(LoopTown.Reporter, receipt.Number)).Status);
        await town.Town.InScopeAsync((SealOldRows seal) => seal.RunAsync(default));

        Assert.Equal(kept, (await town.LoadAsync(receipt.Number)).SecretHash);
        Assert.Equal(HttpStatusCode.OK, (await town.ReadAsync(LoopTown.Reporter, receipt.Number)).Status);
    }

    [Fact]
    public async Task A_number_cut_in_two_by_the_title_is_masked_all_the_same()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync(text: "小区东门口的路灯已经坏了三天晚上看不见，电话13887654321，请快来修")).Number;

        Assert.DoesNotContain("1388", (await town.LoadAsync(number)).Title, StringComparison.Ordinal);
        Assert.DoesNotContain("88765", (await town.LoadAsync(number)).SearchText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_identity_number_is_checked_and_kept_sealed()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.ChangeTypeAsync(LoopTown.Plain, t => t.Fields = [new FormField("card", "身份证号码", "Identity number", FieldType.IdNumber)]);

        var wrong = await town.SendReportAsync(new { serviceType = LoopTown.Plain, text = "低保证明", answers = new { card = "140427199001010011" }, idempotencyKey = Guid.NewGuid().ToString("N") });
        var number = await ReportAsync(town);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.DoesNotContain("140427199001010011", wrong.Text, StringComparison.Ordinal);
        Assert.Equal("140***************", (await town.ViewAsync("paidan", number)).Answers.Single().Value);
    }

    [Fact]
    public async Task A_phone_number_is_found_exactly_however_it_is_written()
    {
        await using var town = await LoopTown.FoundAsync();
        var id = (await town.LoadAsync(await ReportAsync(town))).Id;

        var found = await town.Town.InScopeAsync(async (BlindIndex index) => index.OfPhone("+86 139 1234 5678"));

        Assert.Equal(id, await town.Town.ReadAsync(db => db.Set<ReporterContact>().Where(c => c.PhoneIndex == found).Select(c => c.RequestId).SingleAsync()));
    }

    [Fact]
    public async Task A_contact_moved_to_another_request_does_not_open()
    {
        await using var town = await LoopTown.FoundAsync();
        var (one, other) = ((await town.LoadAsync(await ReportAsync(town))).Id, (await town.LoadAsync((await town.ReportAsync(email: "li@example.org")).Number)).Id);
        await town.Town.InScopeAsync(async (Kernel.LinliDb db) =>
        {
            var taken = await db.Set<ReporterContact>().Where(c => c.RequestId == one).Select(c => c.Email).SingleAsync();
            await db.Set<ReporterContact>().Where(c => c.RequestId == other).ExecuteUpdateAsync(s => s.SetProperty(c => c.Email, taken));
        });

        await Assert.ThrowsAsync<SealBrokenException>(() => town.Town.InScopeAsync((OpenParts open) => open.ContactAsync(other, default)));
    }

    [Fact]
    public async Task What_older_versions_wrote_in_the_open_is_sealed_and_leaves_no_trace_in_the_files()
    {
        await using var town = await LoopTown.FoundAsync();
        var number = (await town.ReportAsync(email: "li@example.org")).Number;
        var id = (await town.LoadAsync(number)).Id;
        await town.Town.InScopeAsync(async (Kernel.LinliDb db) =>
        {
            await db.Set<ReporterContact>().Where(c => c.RequestId == id).ExecuteUpdateAsync(s => s
                .SetProperty(c => c.OldName, "郝晓燕").SetProperty(c => c.OldPhone, "13912345678").SetProperty(c => c.OldEmail, "hao.xiaoyan@example.org")
                .SetProperty(c => c.Name, (SealedText?)null).SetProperty(c => c.Phone, (SealedText?)null).SetProperty(c => c.Email, (SealedText?)null));
            await db.Set<ServiceRequest>().Where(r => r.Id == id).ExecuteUpdateAsync(s => s
                .SetProperty(r => r.AreTextsMasked, false).SetProperty(r => r.Text, "请打 13887654321").SetProperty(r => r.SearchText, "请打 13887654321"));
            await db.Set<RequestEvent>().Where(e => e.RequestId == id).ExecuteUpdateAsync(s => s.SetProperty(e => e.InternalText, "座机 0355-8123456"));
        });

        Assert.Equal(2, await town.Town.InScopeAsync((SealOldRows seal) => seal.RunAsync(default)));
        Assert.Equal(0, await town.Town.InScopeAsync((SealOldRows seal) => seal.RunAsync(default)));

        var contents = await StoreContents.ReadAsync(town.Town);
        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, contents, StringComparison.Ordinal));
        Assert.Equal(new OpenContact("郝晓燕", "13912345678", "hao.xiaoyan@example.org", null, null), await town.Town.InScopeAsync((OpenParts open) => open.ContactAsync(id, default)));
        Assert.Equal("请打 13887654321", (await town.Town.InScopeAsync((OpenParts open) => open.WordsAsync(id, default)))["text"]);
    }

    [Theory]
    [InlineData("keep", "138********")]
    [InlineData("remove", "（联系方式已删除）")]
    public async Task A_resident_is_asked_about_numbers_in_their_words_before_anything_is_kept(string choice, string kept)
    {
        await using var town = await LoopTown.FoundAsync();
        using var resident = await town.Town.HttpAsync();
        (string, string)[] form = [("serviceType", LoopTown.Plain), ("text", "灯坏了，请打 13887654321"), ("phone", "13912345678"), ("idempotencyKey", Guid.NewGuid().ToString("N"))];

        var asked = await resident.PostFormAsync("/report", form);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.Status);
        Assert.Contains("138********", asked.Words, StringComparison.Ordinal);
        Assert.Equal(0, await town.Town.ReadAsync(db => db.Set<ServiceRequest>().CountAsync()));

        await resident.PostFormAsync("/report", [.. form, ("numbers", choice)]);
        var written = await town.Town.ReadAsync(db => db.Set<ServiceRequest>().AsNoTracking().Include(r => r.Originals).SingleAsync());
        Assert.Equal($"灯坏了，请打 {kept}", written.Text);
        Assert.Equal(choice == "keep", written.Originals.Any(o => o.Field == "text"));
    }

    /// <summary>With everything that can be given.</summary>
    internal static async Task<string> ReportAsync(LoopTown town)
    {
        var answer = await town.SendReportAsync(new
        {
            serviceType = LoopTown.Plain, text = "楼道灯坏了，请打 13887654321", place = new { area = LoopTown.Chengnan }, answers = new { card = IdCard },
            name = "郝晓燕", phone = "13912345678", email = "hao.xiaoyan@example.org", home = "紫团路七号院", otherContact = "微信haoxy", idempotencyKey = Guid.NewGuid().ToString("N"),
        });
        Assert.True(answer.Status == HttpStatusCode.Created, answer.Text);
        var receipt = answer.Json<Report.ReportRequest.Receipt>();
        town.Remember(receipt);
        return receipt.Number;
    }
}
