using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Linli.Requests.Tests.Loop;
using Linli.Shell.Sms;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Attacks.Injection;

/// <summary>People who may go through a door at all: staff by their posts, residents with an account, everybody else with a browser.</summary>
internal sealed class Crowd(LoopTown loop, Crowd.Telephone gateway) : IDisposable
{
    private static readonly string[] OfOneself = ["session", "sign-", "/me", "/my", "resident", "setup"];

    /// <summary>Who has to wait after wrong guesses, or is signed out everywhere, is missed by nobody else.</summary>
    internal static readonly string[] Spare = ["longquan", "shipo", "longquanban", "daxiagu", "huanwei", "zhifa", "gongre", "ranqi", "gongdian", "laodong", "minzheng", "nongji", "shichang", "shehui", "tongji"];

    private readonly ConcurrentDictionary<string, Task<Visitor>> _people = new();
    private int _residents;

    public static async Task<(LoopTown Loop, Crowd Crowd)> FoundAsync()
    {
        var gateway = new Telephone();
        var loop = await LoopTown.FoundAsync(options: new TownOptions
        {
            Settings = services =>
            {
                services.Configure<SmsOptions>(o => (o.Url, o.Secret) = ("https://sms.example", "0123456789abcdef"));
                services.AddSingleton<ISmsSender>(gateway);
            },
        });
        return (loop, new Crowd(loop, gateway));
    }

    /// <summary>Going through it may end the session of whoever does.</summary>
    public static bool IsOfOneself(Door door) => !door.IsSafe && OfOneself.Any(part => door.Route.Contains(part, StringComparison.Ordinal));

    public Task<Visitor> ForAsync(Door door) => IsOfOneself(door) ? NewAsync(LoginFor(door)) : _people.GetOrAdd(LoginFor(door) ?? "", _ => NewAsync(LoginFor(door)));

    public Task<Visitor> AsAsync(string login) => _people.GetOrAdd(login, _ => NewAsync(login));

    /// <summary>Signed in on a device of their own; null for nobody, "resident" for somebody with a telephone.</summary>
    public async Task<Visitor> NewAsync(string? login)
    {
        if (login is null or "" or LoopTown.Reporter)
        {
            return await loop.Town.HttpAsync();
        }

        var visitor = await loop.Town.HttpAsync();
        if (login != "resident")
        {
            // After wrong guesses somebody has to wait; one of the others does not.
            foreach (var one in Spare.Contains(login) ? Spare.SkipWhile(s => s != login).Concat(Spare) : [login])
            {
                if ((await visitor.SendJsonAsync(HttpMethod.Post, "/api/session", new { login = one, password = Town.Password })).Status == HttpStatusCode.OK)
                {
                    return visitor;
                }
            }

            throw new InvalidOperationException($"{login} cannot sign in.");
        }

        var to = $"1380013{Interlocked.Increment(ref _residents):0000}";
        if ((await visitor.PostFormAsync("/sign-in/resident", ("to", to))).Status != HttpStatusCode.OK)
        {
            return visitor;   // one place gets so many codes and no more; what follows is tried by nobody in particular
        }

        var signedIn = await visitor.PostFormAsync("/sign-in/resident/code", ("code", await gateway.CodeAsync(loop.Town, to)));
        Assert.True(signedIn.Status == HttpStatusCode.OK, signedIn.Text);
        return visitor;
    }

    /// <summary>The first of the demo county who may; null where no account is needed.</summary>
    public string? LoginFor(Door door)
    {
        var needed = loop.Town.Permissions().Where(p => door.Policies.Contains(p.Key)).ToList();
        return needed.Count == 0 ? null
            : needed.Exists(p => p.IsForResidents && p.Roles.Length == 0) ? "resident"
            : IsOfOneself(door) && needed.TrueForAll(p => p.Roles.Length > 5) ? Spare[door.Route.Sum(c => c) % Spare.Length]
            : Town.Accounts.First(a => needed.TrueForAll(permission => a.Posts.Any(post => permission.Roles.Contains(post.Role)))).Login;
    }

    public void Dispose()
    {
        foreach (var person in _people.Values.Where(p => p.IsCompletedSuccessfully))
        {
            person.Result.Dispose();
        }

        gateway.Dispose();
    }

    /// <summary>The port for text messages, in the test's hands.</summary>
    internal sealed class Telephone : ISmsSender, IDisposable
    {
        private readonly ConcurrentDictionary<string, string> _last = new();
        private readonly SemaphoreSlim _turn = new(1);

        public Task SendAsync(OutgoingSms sms, CancellationToken cancellation)
        {
            _last[sms.To[^11..]] = sms.Text;
            return Task.CompletedTask;
        }

        public void Dispose() => _turn.Dispose();

        public async Task<string> CodeAsync(Town town, string to)
        {
            await _turn.WaitAsync();
            try
            {
                await town.DeliverAsync();
                return Regex.Match(_last[to], @"\d{6}").Value;
            }
            finally
            {
                _turn.Release();
            }
        }
    }
}
