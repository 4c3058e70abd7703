namespace Linli.Routing.Twins;

/// <summary>
/// Finds texts that tell the same matter, also when one of them was cut, shortened or lightly reworded: MinHash over pairs of
/// neighbouring characters, in bands (Broder 1997). Two texts that share six tenths of their pairs meet with a probability of 98 %.
/// </summary>
internal static class Sketch
{
    private const int Bands = 16, Rows = 3;

    /// <summary>For each text the number of its group; texts of one group are alike, directly or through others.</summary>
    public static int[] Groups(IReadOnlyList<string> texts)
    {
        var bands = new ulong[texts.Count][];
        Parallel.For(0, texts.Count, i => bands[i] = BandsOf(texts[i]));
        var groups = Enumerable.Range(0, texts.Count).ToArray();
        for (var band = 0; band < Bands; band++)
        {
            var first = new Dictionary<ulong, int>();
            for (var i = 0; i < texts.Count; i++)
            {
                if (bands[i].Length > 0 && !first.TryAdd(bands[i][band], i))
                {
                    Join(groups, first[bands[i][band]], i);
                }
            }
        }

        for (var i = 0; i < groups.Length; i++)
        {
            groups[i] = Root(groups, i);
        }

        return groups;
    }

    private static ulong[] BandsOf(string text)
    {
        Span<ulong> least = stackalloc ulong[Bands * Rows];
        least.Fill(ulong.MaxValue);
        var before = '\0';
        var any = false;
        foreach (var raw in text)
        {
            var c = Classifying.GramScan.Fold(raw);
            if (!char.IsLetter(c) && !char.IsSurrogate(c))
            {
                continue;   // marks, blanks and numbers differ between tellings
            }

            if (before != '\0')
            {
                any = true;
                var pair = ((ulong)before << 16) | c;
                for (var i = 0; i < least.Length; i++)
                {
                    least[i] = Math.Min(least[i], SplitMix.Spread(pair ^ ((ulong)(i + 1) << 40)));
                }
            }

            before = c;
        }

        if (!any)
        {
            return [];
        }

        var bands = new ulong[Bands];
        for (var band = 0; band < Bands; band++)
        {
            for (var row = 0; row < Rows; row++)
            {
                bands[band] = SplitMix.Spread(unchecked(bands[band] + least[(band * Rows) + row]));
            }
        }

        return bands;
    }

    private static int Root(int[] groups, int i)
    {
        while (groups[i] != i)
        {
            i = groups[i] = groups[groups[i]];
        }

        return i;
    }

    private static void Join(int[] groups, int a, int b)
    {
        var (x, y) = (Root(groups, a), Root(groups, b));
        groups[Math.Max(x, y)] = Math.Min(x, y);
    }
}
