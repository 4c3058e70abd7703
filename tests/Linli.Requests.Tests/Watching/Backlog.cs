using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Kernel.People;
using Linli.Requests.Catalogue;
using Linli.Requests.Clocks;
using Linli.Requests.Life;
using Linli.Requests.Report;
using Linli.Shell.Accounts;
using Linli.Shell.Inbox;
using Linli.Shell.People;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;

namespace Linli.Requests.Tests.Watching;

/// <summary>Many requests at once, as the use cases would leave them, without the time that the use cases take.</summary>
internal static class Backlog
{
    /// <summary>The watch, its handler and the event between them.</summary>
    private const string Handler = "TellOfClocks";

    /// <summary>Somebody who handles for each of so many organisations, besides those whom the demo has.</summary>
    /// <returns>The organisations' codes.</returns>
    public static async Task<List<string>> StaffAsync(Town town, int organisations)
    {
        var codes = await town.ReadAsync(db => db.Set<Organisation>().Where(o => o.IsActive).OrderBy(o => o.Code).Select(o => o.Code).Take(organisations).ToListAsync());
        await town.InScopeAsync(async (FoundAccounts found) => Assert.True((await found.HandleAsync(
            [.. codes.Select((code, n) => new FoundedAccount($"banli{n}", $"banli{n}", null, Town.Password, null, [new FoundedPost(Role.Handler, code, "140427")]))], default)).Succeeded));
        return codes;
    }

    /// <param name="town">Where they are reported.</param>
    /// <param name="count">How many.</param>
    /// <param name="start">When the first was reported, and dispatched if it was.</param>
    /// <param name="leads">Codes of the organisations to which they are dispatched in turn; none leaves them undispatched.</param>
    /// <param name="apart">How much later each is than the one before.</param>
    /// <returns>Their numbers.</returns>
    public static Task<List<string>> AddAsync(Town town, int count, DateTimeOffset start, IReadOnlyList<string> leads, TimeSpan apart = default) => town.InScopeAsync(async (LinliDb db) =>
    {
        var type = await db.Set<ServiceType>().AsNoTracking().SingleAsync(t => t.Code == Loop.LoopTown.Plain);
        var organisations = await db.Set<Organisation>().Where(o => leads.Contains(o.Code)).ToDictionaryAsync(o => o.Code, o => o.Id);
        var numbers = new HashSet<string>();
        string Unused(DateTimeOffset at)
        {
            string number;
            do
            {
                number = RequestNumber.Draw(at);
            }
            while (!numbers.Add(number));

            return number;
        }

        var clocks = await town.InScopeAsync((Timekeeping timekeeping) => timekeeping.GetAsync(default).AsTask());
        var requests = Enumerable.Range(0, count).Select(n =>
        {
            var at = start + (n * apart);
            var request = new ServiceRequest
            {
                Number = Unused(at), Title = $"楼道灯坏了 {n}", Text = "晚上看不见", ServiceTypeCode = type.Code, AreaCode = Loop.LoopTown.Chengnan,
                Channel = Channel.Import, ReportedAt = at, SecretHash = SecretCode.Hash($"{n}"), IdempotencyHash = $"{n:D8} {at:O}", SearchText = "",
            };
            clocks.Apply(request, type, request.Take(Step.Report, Actor.Anonymous, at));
            if (leads.Count > 0)
            {
                (request.LeadOrganisationId, request.DispatchedAt) = (organisations[leads[n % leads.Count]], at);
                clocks.Apply(request, type, request.Take(Step.Dispatch, Actor.System, at));
            }

            return request;
        }).ToList();
        db.AddRange(requests);
        await db.CommitAsync(Act.BySystem("test.backlog", start));
        return requests.ConvertAll(r => r.Number);
    });

    /// <summary>The requests of which people with such logins were told one by one, once for each notice, in order.</summary>
    public static async Task<List<string>> OfOneAsync(Town town, string logins, List<(Guid Account, string? Number, string Text, string Values)> told)
    {
        var people = await town.ReadAsync(db => db.Set<Account>().Where(a => a.UserName!.StartsWith(logins)).Select(a => a.Id).ToListAsync());
        return [.. told.Where(t => people.Contains(t.Account)).Select(t => t.Number ?? "").Order()];
    }

    /// <summary>What was told of clocks: whom, of which request (none in a summary), in which words, how often.</summary>
    public static Task<List<(Guid Account, string? Number, string Text, string Values)>> ToldAsync(Town town) => town.ReadAsync(async db =>
        (await db.Set<Notice>().AsNoTracking().Where(n => n.Handler!.StartsWith(Handler)).OrderBy(n => n.Id).ToListAsync())
            .ConvertAll(n => (n.AccountId, n.Subject, n.Text, n.Values)));
}
