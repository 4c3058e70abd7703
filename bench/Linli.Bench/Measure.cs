using System.Diagnostics;

namespace Linli.Bench;

/// <summary>What every bench does alike.</summary>
internal static class Measure
{
    /// <summary>The best of several rounds: what the code costs, not what else the machine was doing.</summary>
    public static (double Rate, double Bytes) PerSecond(int calls, Func<int, long> call)
    {
        var (best, bytes, sink) = (0.0, 0.0, 0L);
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            for (var n = 0; n < calls; n++)
            {
                sink ^= call(n);
            }

            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            bytes = Math.Floor((double)(GC.GetAllocatedBytesForCurrentThread() - before) / calls);
            best = Math.Max(best, calls / seconds);
        }

        GC.KeepAlive(sink);
        return (best, bytes);
    }

    public static bool Target(string text, bool met)
    {
        Console.WriteLine($"  {(met ? "met   " : "MISSED")}  {text}");
        return met;
    }
}
