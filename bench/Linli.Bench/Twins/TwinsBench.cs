using System.Diagnostics;
using System.Globalization;
using Linli.Routing.Twins;

namespace Linli.Bench.Twins;

/// <summary>
/// Among a million open requests the five likest to a text, within 500 m and 90 days and anywhere, against PostgreSQL with pg_trgm and a
/// spatial index in the same run; whether both say the same; what it costs to add one, to hold them, and to read them again at a start.
/// </summary>
internal static class TwinsBench
{
    private const int NearQuestions = 2_000, NearAsked = 300, AnywhereQuestions = 400, AnywhereAsked = 25, Added = 20_000, Rounds = 3;
    private const double Metres = 500;

    public static async Task<bool> RunAsync(int size)
    {
        if (Environment.GetEnvironmentVariable("LINLI_BENCH_PG") is not { Length: > 0 } connection)
        {
            Console.Error.WriteLine("twins is measured against PostgreSQL. `dotnet dev.cs -- bench twins` starts it; or set LINLI_BENCH_PG to a connection string.");
            return false;
        }

        await using var reference = await Reference.OpenAsync(connection);
        await reference.FillAsync(new MadeRequests(1).Take(size));
        using var built = await BuiltAsync(reference);
        var questions = Questions(size);
        var near = Timed(questions.Take(NearQuestions), q => built.Index.Near(new(q.Text), PlaceOf(q)));
        var anywhere = Timed(questions.Take(AnywhereQuestions), q => built.Index.Anywhere(new(q.Text)));
        var around = questions.Take(NearQuestions).Select(q => built.Index.Near(new(q.Text, 100_000), PlaceOf(q)).Count).Order().ToArray();

        var indexing = await reference.IndexAsync();
        var (nearThere, sameNear) = await AskedAsync(questions.Take(NearAsked), q => reference.NearAsync(q.Text, PlaceOf(q)), near.Answers);
        var (anywhereThere, sameAnywhere) = await AskedAsync(questions.Take(AnywhereAsked).ToArray(),
            (q, i) => reference.AnywhereAsync(q.Text, anywhere.Answers[i].Count == 5 ? anywhere.Answers[i][^1].Likeness : 0), anywhere.Answers);
        var adding = Timed(new MadeRequests(3).Take(Added).Select((t, i) => t with { Key = MadeRequests.KeyOf(size + i) }), t =>
        {
            built.Index.Add(t);
            return [];
        }, rounds: 1);
        var (table, indexes) = await reference.SizeAsync();

        Show($"twins, {size:N0} open requests, PostgreSQL with pg_trgm on the same machine, one connection, everything in memory");
        Show($"  within {Metres:N0} m and 90 days of a question lie {around[around.Length / 2]:N0} requests (median), {around[around.Length * 95 / 100]:N0} (95th percentile)");
        Row("best five near", nearThere, near.Took);
        Row("best five anywhere", anywhereThere, anywhere.Took);
        Show($"  adding one                    {P(adding.Took, 50) * 1e6,9:N1} µs median, {P(adding.Took, 95) * 1e6:N1} µs at the 95th percentile, {adding.Took.Average() * 1e6:N1} µs on average");
        Show($"  reading and indexing them all {built.Took.TotalSeconds,9:N1} s, {Environment.ProcessorCount} cores (PostgreSQL's two indexes: {indexing.TotalSeconds:N0} s)");
        Show($"  memory                        {built.Memory / 1e6,9:N0} MB, {(double)built.Memory / size:N0} bytes a request (PostgreSQL: {table / 1e6:N0} MB and {indexes / 1e6:N0} MB of indexes)");
        return Measure.Target($"the same answers: {sameNear} of {NearAsked} near, {sameAnywhere} of {AnywhereAsked} anywhere", sameNear == NearAsked && sameAnywhere == AnywhereAsked)
            & Measure.Target("near in less than 0.2 ms at the 95th percentile", P(near.Took, 95) < 0.000_2)
            & Measure.Target("anywhere in less than 20 ms at the 95th percentile", P(anywhere.Took, 95) < 0.020)
            & Measure.Target("adding in less than 0.1 ms at the 95th percentile and on average", P(adding.Took, 95) < 0.000_1 && adding.Took.Average() < 0.000_1)
            & Measure.Target("ready in less than 10 s after a start", built.Took.TotalSeconds < 10);
    }

    private static async Task<Built> BuiltAsync(Reference reference)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var start = Stopwatch.GetTimestamp();
        var index = new TwinIndex();
        await index.AddAllAsync(reference.ReadAsync());
        var took = Stopwatch.GetElapsedTime(start);
        return new Built(index, took, GC.GetTotalMemory(forceFullCollection: true) - before);
    }

    /// <summary>Half of them tell something that is there already, half something new.</summary>
    private static TwinText[] Questions(int size)
    {
        var others = new MadeRequests(2);
        var there = new MadeRequests(1).Take(size).Where((_, i) => i % Math.Max(1, size / (NearQuestions / 2)) == 0).Take(NearQuestions / 2).ToArray();
        return [.. Enumerable.Range(0, NearQuestions).Select(i => i % 2 == 0 ? others.Again(there[i / 2 % there.Length], 0) : others.Anew(0))];
    }

    private static TwinPlace PlaceOf(TwinText question) => new(question.Longitude!.Value, question.Latitude!.Value, Metres, MadeRequests.Now.AddDays(-90));

    /// <summary>All questions one after the other, three times over; of each the best time counts: what it costs, not what else the machine was doing.</summary>
    private static (double[] Took, IReadOnlyList<Twin>[] Answers) Timed(IEnumerable<TwinText> questions, Func<TwinText, IReadOnlyList<Twin>> ask, int rounds = Rounds)
    {
        var all = questions.ToArray();
        var (took, answers) = (Unmeasured(all.Length), new IReadOnlyList<Twin>[all.Length]);
        for (var n = 0; n < rounds * all.Length; n++)
        {
            var i = n % all.Length;
            var start = Stopwatch.GetTimestamp();
            answers[i] = ask(all[i]);
            took[i] = Math.Min(took[i], Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return ([.. took.Order()], answers);
    }

    private static Task<(double[] Took, int Same)> AskedAsync(IEnumerable<TwinText> questions, Func<TwinText, Task<List<(int Id, float Likeness)>>> ask, IReadOnlyList<Twin>[] expected) =>
        AskedAsync([.. questions], (q, _) => ask(q), expected);

    private static async Task<(double[] Took, int Same)> AskedAsync(TwinText[] questions, Func<TwinText, int, Task<List<(int Id, float Likeness)>>> ask, IReadOnlyList<Twin>[] expected)
    {
        var (took, same) = (Unmeasured(questions.Length), 0);
        for (var n = 0; n < Rounds * questions.Length; n++)
        {
            var i = n % questions.Length;
            var start = Stopwatch.GetTimestamp();
            var answer = await ask(questions[i], i);
            took[i] = Math.Min(took[i], Stopwatch.GetElapsedTime(start).TotalSeconds);
            same += answer.Select(a => (MadeRequests.KeyOf(a.Id), a.Likeness)).SequenceEqual(expected[i].Select(t => (t.Key, t.Likeness))) ? 1 : 0;
        }

        return ([.. took.Order()], same / Rounds);
    }

    private static double[] Unmeasured(int count) => [.. Enumerable.Repeat(double.MaxValue, count)];

    private static void Row(string what, double[] there, double[] here) =>
        Show($"  {what,-29} {P(here, 50) * 1e3,9:N3} ms median, {P(here, 95) * 1e3:N3} ms at the 95th percentile; PostgreSQL {P(there, 50) * 1e3:N1} and {P(there, 95) * 1e3:N1} ms (reference): {P(there, 95) / P(here, 95):N0} x");

    private static double P(double[] sorted, int percent) => sorted[Math.Min(sorted.Length - 1, sorted.Length * percent / 100)];

    private static void Show(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed record Built(TwinIndex Index, TimeSpan Took, long Memory) : IDisposable
    {
        public void Dispose() => Index.Dispose();
    }
}
