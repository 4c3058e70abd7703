using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.Clocks;
using Linli.Kernel.Evidence;
using Linli.Kernel.Organisations;
using Linli.Requests.Access;
using Linli.Requests.Catalogue;
using Linli.Requests.Dispatch;
using Linli.Requests.Handling;
using Linli.Requests.Life;
using Linli.Requests.Report;
using Linli.Requests.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Demo;

/// <summary>Where the demo plays: takes steps in scopes of their own, as calls would, and knows the county. A step that is refused is a bug and stops the play.</summary>
internal sealed class DemoStage(IServiceScopeFactory scopes, SimulatedClock clock, DemoCast cast, IReadOnlyList<Area> areas, IReadOnlyList<ReasonCode> reasons, IReadOnlyList<byte[]> photos)
{
    private static readonly string[] Surnames = ["王", "李", "张", "郭", "赵", "牛", "冯", "秦", "程", "崔", "靳", "杨", "马", "韩", "宋"];
    private static readonly string[] Titles = ["先生", "女士", "大爷", "大娘", "师傅"];
    private static readonly string[] ContactLines =
        ["已电话联系，问清了具体位置和情况，约定处理后再告知。", "到现场见到了提交人，一起看了情况。", "电话说明了处理安排，群众表示理解。", "已联系，群众希望尽快处理，已排入今日任务。"];
    private static readonly string?[] PraiseLines = ["很快，谢谢！", "处理得好，态度也好。", "问题解决了。", null, null, "比我想的快。", "终于弄好了，谢谢你们。", null];
    private readonly WorkCalendar _calendar = WorkCalendars.Shipped().Get("huguan").Value;
    private readonly Dictionary<string, string> _twins = [];

    public DemoCast Cast => cast;

    public DateOnly Today => DateOnly.FromDateTime(clock.Now.ToOffset(TimeSpan.FromHours(8)).DateTime);

    public DateTimeOffset Later(TimeSpan by) => clock.Now + by;

    public DateTimeOffset Open(TimeSpan work) => _calendar.AddOpen(clock.Now, work);

    public Task<StepTaken> DoAsync<TUseCase>(Func<TUseCase, Task<Outcome<StepTaken>>> step) where TUseCase : notnull => DoAsync<TUseCase, StepTaken>(step);

    public async Task<T> DoAsync<TUseCase, T>(Func<TUseCase, Task<Outcome<T>>> step) where TUseCase : notnull where T : notnull
    {
        await using var scope = scopes.CreateAsyncScope();
        var outcome = await step(scope.ServiceProvider.GetRequiredService<TUseCase>());
        return outcome.Succeeded ? outcome.Value : throw new InvalidOperationException(
            $"{typeof(TUseCase).Name} was refused in the demo at {clock.Now:u}: {outcome.Failure}" + (outcome.Failure is Failure.Invalid i ? string.Join("; ", i.Problems) : ""));
    }

    public Task<RequestState?> StateAsync(string number) => AskAsync(r => r.Where(x => x.Number == number).Select(x => (RequestState?)x.State));

    public Task<Guid?> LeadAsync(string number) => AskAsync(r => r.Where(x => x.Number == number).Select(x => x.LeadOrganisationId));

    public Task<Guid?> HelperAsync(string number) => AskAsync(r => r.Where(x => x.Number == number).SelectMany(x => x.CoHandlers).Select(c => (Guid?)c.OrganisationId));

    public Task<bool> NeedsVerificationAsync(string number) => AskAsync(r => r.Where(x => x.Number == number).Select(x => x.NeedsVerification && x.State == RequestState.Resolved));

    public Task<int> ReopenCountAsync(string number) => AskAsync(r => r.Where(x => x.Number == number).Select(x => x.ReopenCount));

    /// <summary>Number and type of what stands in a state and is about nobody, newest first.</summary>
    public async Task<IReadOnlyList<(string Number, string Type)>> InStateAsync(RequestState state)
    {
        await using var scope = scopes.CreateAsyncScope();
        var found = await scope.ServiceProvider.GetRequiredService<LinliDb>().Set<ServiceRequest>().AsNoTracking().Where(r => r.State == state && r.AboutOrganisationId == null)
            .OrderByDescending(r => r.ReportedAt).ThenBy(r => r.Number).Select(r => new { r.Number, r.ServiceTypeCode }).ToListAsync();
        return [.. found.Select(r => (r.Number, r.ServiceTypeCode))];
    }

    public async Task<IReadOnlyList<Guid>> TasksAsync(string number)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<LinliDb>().Set<ServiceRequest>().Where(r => r.Number == number)
            .SelectMany(r => r.Tasks).Where(t => t.DoneAt == null).Select(t => t.Id).ToListAsync();
    }

    /// <summary>The first request of the same matter; this one, where it is the first.</summary>
    public string? LeadOfTwin(DemoStory story, string number)
    {
        if (story.Twin is null)
        {
            return null;
        }

        return _twins.TryAdd(story.Twin, number) || _twins[story.Twin] == number ? null : _twins[story.Twin];
    }

    /// <summary>Somewhere in the story's area, near its point.</summary>
    public PlaceInput PlaceOf(DemoStory story, Random chance)
    {
        var area = areas.FirstOrDefault(a => a.Code == story.Area);
        var point = area is { Longitude: { } lon, Latitude: { } lat } && chance.NextDouble() < 0.8
            ? (Lon: lon + ((chance.NextDouble() - 0.5) * 0.004), Lat: lat + ((chance.NextDouble() - 0.5) * 0.004))
            : ((double Lon, double Lat)?)null;
        return new PlaceInput(area?.Code, story.Place, point?.Lon, point?.Lat, null);
    }

    public static string NameOf(Random chance) => Surnames[chance.Next(Surnames.Length)] + Titles[chance.Next(Titles.Length)];

    public static string ContactLine(Random chance) => ContactLines[chance.Next(ContactLines.Length)];

    public static string? Praise(Random chance) => PraiseLines[chance.Next(PraiseLines.Length)];

    /// <summary>For a reason from the list; where it needs approval, the supervisor grants it.</summary>
    public async Task PauseAsync(string number, int mostDays, Random chance, CancellationToken cancellation)
    {
        var reason = Reason("pause", chance);
        var lead = Cast.HandlerOf((await LeadAsync(number))!.Value);
        await DoAsync<PauseRequest>(u => u.RunAsync(number, new(reason.Code, Math.Min(reason.MostDays, mostDays), $"因“{reason.NameZh}”暂时挂起，条件具备后马上恢复办理。", null), lead, cancellation));
        if (reason.NeedsApproval)
        {
            await DoAsync<DecidePause>(u => u.RunAsync(number, new(true, "情况属实。", null), Cast.Supervisor, cancellation));
        }
    }

    public ReasonCode Reason(string kind, Random chance)
    {
        var all = reasons.Where(r => r.Kind == kind).ToList();
        return all[chance.Next(all.Count)];
    }

    /// <summary>Alliance members that offer to help with this group; some of all where nobody says so.</summary>
    public List<Organisation> InvitedFor(ServiceType type, Random chance)
    {
        var members = cast.Organisations.Where(o => o.IsAllianceMember).ToList();
        var willing = members.Where(o => o.Offers.Split(' ').Contains(type.GroupCode)).ToList();
        return [.. (willing.Count >= 3 ? willing : members).OrderBy(_ => chance.Next()).Take(8)];
    }

    public Organisation SomebodyElse(Organisation than, Random chance)
    {
        var others = cast.Organisations.Where(o => o.Kind == OrganisationKind.Department && o.Id != than.Id).ToList();
        return others[chance.Next(others.Count)];
    }

    public async Task<Organisation> OwnerOfAsync(string number, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var proposal = await scope.ServiceProvider.GetRequiredService<ProposeOrganisation>().RunAsync(number, cancellation);
        return cast.Of((proposal.Organisation ?? throw new InvalidOperationException($"Nobody is responsible for the demo request {number}.")).Id);
    }

    /// <summary>One or two pictures, uploaded as the actor would.</summary>
    public async Task<IReadOnlyList<Guid>> PhotosAsync(Caller by, Random chance, CancellationToken cancellation)
    {
        var kept = new List<Guid>();
        for (var i = 0; i < 1 + chance.Next(2) && photos.Count > 0; i++)
        {
            var file = await DoAsync<EvidenceIntake, EvidenceFile>(async u =>
            {
                await using var content = new MemoryStream(photos[chance.Next(photos.Count)]);
                return await u.KeepAsync(new Upload(content, "demo.png"), by.Actor, cancellation);
            });
            kept.Add(file.Id);
        }

        return kept;
    }

    private async Task<T> AskAsync<T>(Func<IQueryable<ServiceRequest>, IQueryable<T>> question)
    {
        await using var scope = scopes.CreateAsyncScope();
        return (await question(scope.ServiceProvider.GetRequiredService<LinliDb>().Set<ServiceRequest>().AsNoTracking()).FirstOrDefaultAsync())!;
    }
}
