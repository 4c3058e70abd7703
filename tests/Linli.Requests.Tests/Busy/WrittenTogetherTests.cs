using System.Net;
using Linli.Kernel;
using Linli.Requests.Report;
using Linli.Requests.Tests.Loop;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Tests.Busy;

/// <summary>What comes at the same instant is written in one transaction, and nobody notices.</summary>
public sealed class WrittenTogetherTests
{
    [Fact]
    public async Task Whoever_is_refused_does_not_take_those_along_who_were_written_with_them()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.AsAsync(LoopTown.Reporter);
        var (same, before) = (Guid.NewGuid().ToString("N"), await RowsAsync(town));

        // Six of thirty are the same press of a button; two more carry its key with other words.
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => town.SendReportAsync(new
        {
            serviceType = LoopTown.Plain, text = i is 10 or 20 ? "别的事" : i % 5 == 0 ? "小区的门坏了" : $"第 {i} 盏灯不亮",
            place = new { area = LoopTown.Chengnan }, idempotencyKey = i % 5 == 0 ? same : $"{i:D2}{Guid.NewGuid():N}",
        })));

        var taken = answers.Where(a => a.Status == HttpStatusCode.Created).Select(a => a.Json<ReportRequest.Receipt>()).ToList();
        var refused = answers.Where(a => a.Status == HttpStatusCode.Conflict).ToList();
        Assert.Equal(30, taken.Count + refused.Count);
        Assert.All(refused, r => Assert.Equal("key_used", r.ProblemCode));
        var requests = taken.Select(t => t.Id).Distinct().Count();
        Assert.Equal(25, requests);
        var added = (await RowsAsync(town)).Zip(before, (now, then) => now - then).ToList();
        Assert.All(added, count => Assert.Equal(requests, count));
    }

    [Fact]
    public async Task What_was_answered_is_there_for_the_very_next_call()
    {
        await using var town = await LoopTown.FoundAsync();
        await town.AsAsync(LoopTown.Reporter);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(async i =>
        {
            var receipt = await town.ReportAsync(text: $"第 {i} 口井没有盖");
            var request = await town.LoadAsync(receipt.Number);
            Assert.Equal((receipt.Id, $"第 {i} 口井没有盖"), (request.Id, request.Text));
            Assert.NotNull(request.NextDueAt);
        }));
    }

    /// <summary>Of everything that one report writes once.</summary>
    private static Task<List<int>> RowsAsync(LoopTown town) => town.Town.ReadAsync(async db => new List<int>
    {
        await db.Set<ServiceRequest>().CountAsync(), await db.Set<RequestEvent>().CountAsync(),
        await db.Set<AuditEntry>().CountAsync(e => e.Verb == "requests.Report"), await db.Set<OutboxMessage>().CountAsync(m => m.Type == "RequestStepTaken"),
    });
}
