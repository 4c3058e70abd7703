using System.Collections.Concurrent;
using System.Threading.Channels;
using Linli.Kernel.People;

namespace Linli.Shell.Live;

/// <summary>The open pages of this process, and how news reaches them.</summary>
public sealed class LiveHub
{
    private readonly ConcurrentDictionary<Listener, byte> _listeners = new();
    private readonly Lock _joining = new();

    /// <summary>How long a line may be silent before it beats, and the reader's posts are read again.</summary>
    internal TimeSpan Beat { get; set; } = TimeSpan.FromSeconds(20);

    internal bool HasListeners => !_listeners.IsEmpty;

    internal event Action? Joined;

    /// <summary>Opens a line, unless the account has <paramref name="most"/> here already: counted and opened in one, however many ask at the same moment.</summary>
    internal Listener? Join(Actor actor, Guid session, int most)
    {
        var listener = new Listener(this, actor, session);
        lock (_joining)
        {
            if (_listeners.Keys.Count(l => l.Actor.Id == actor.Id) >= most)
            {
                return null;
            }

            _listeners[listener] = 0;
        }

        Joined?.Invoke();
        return listener;
    }

    /// <summary>Ends the live connections of one sign-in.</summary>
    public void EndSession(Guid session)
    {
        foreach (var listener in _listeners.Keys.Where(l => l.Session == session))
        {
            listener.Dispose();
        }
    }

    internal void EndAll()
    {
        foreach (var listener in _listeners.Keys)
        {
            listener.Dispose();
        }
    }

    internal IReadOnlyList<Guid> Accounts => [.. _listeners.Keys.Select(l => l.Actor.Id).Distinct()];

    /// <summary>Posts have changed: whoever listens is from now on told what their posts of this moment allow.</summary>
    /// <param name="load">The actor of an account; null when it may listen no longer.</param>
    internal async Task RenewAsync(Func<Guid, Task<Actor?>> load)
    {
        foreach (var same in _listeners.Keys.GroupBy(l => l.Actor.Id))
        {
            var actor = await load(same.Key);
            foreach (var listener in same)
            {
                if (actor is null)
                {
                    listener.Dispose();
                }
                else
                {
                    listener.Actor = actor;
                }
            }
        }
    }

    internal void Tell(LiveNews news, LiveAudience audience)
    {
        foreach (var listener in _listeners.Keys.Where(l => audience.Contains(l.Actor)))
        {
            listener.Tell(news);
        }
    }

    /// <summary>One open page. A page that does not read loses the oldest news, never the newest; it reloads what it shows anyway.</summary>
    internal sealed class Listener(LiveHub hub, Actor actor, Guid session) : IDisposable
    {
        private const int MaxWaiting = 64;

        private readonly Channel<LiveNews> _news = Channel.CreateBounded<LiveNews>(
            new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

        /// <summary>Replaced when posts change.</summary>
        public Actor Actor { get; set; } = actor;

        public Guid Session => session;

        public ChannelReader<LiveNews> News => _news.Reader;

        public void Tell(LiveNews news) => _news.Writer.TryWrite(news);

        public void Dispose()
        {
            hub._listeners.TryRemove(this, out _);
            _news.Writer.TryComplete();
        }
    }
}
