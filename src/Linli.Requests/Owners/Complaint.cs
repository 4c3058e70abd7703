using System.Globalization;
using System.Text.RegularExpressions;
using Linli.Kernel;
using Linli.Kernel.Organisations;

namespace Linli.Requests.Owners;

/// <summary>
/// The organisation that a text complains about, and the words that say so. A name alone says nothing: 卫生院门口的路灯 is about a lamp, and
/// 已向住建局反映 about something else. It needs a word of complaint in front of the name, or behind it in the same sentence, and it must not be a place.
/// </summary>
internal sealed partial record Complaint(Organisation Organisation, string Words)
{
    private const int LeastName = 3;
    private const int LeastPersonName = 2;
    private const int MostText = 4_000;

    public static Complaint? In(string text, IEnumerable<Organisation> organisations)
    {
        text = text.Length <= MostText ? text : text[..MostText];
        return organisations.SelectMany(o => NamesOf(o).Select(name => (Organisation: o, Name: name)))
            .Where(n => text.Contains(n.Name, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(n => n.Name.Length).ThenBy(n => n.Organisation.Code, StringComparer.Ordinal)
            .Select(n => WordsAbout(text, n.Name) is { } words ? new Complaint(n.Organisation, words) : null)
            .FirstOrDefault(c => c is not null);
    }

    /// <summary>Those of these people who are complained about by name: 投诉王志远, 王志远态度恶劣.</summary>
    public static IEnumerable<string> PeopleIn(string text, IEnumerable<string> names) =>
        names.Where(n => n.Length >= LeastPersonName && WordsAbout(text, n) is not null).OrderByDescending(n => n.Length).ThenBy(n => n, StringComparer.Ordinal);

    /// <summary>As it is read: without characters that nobody sees, letters of one width, and what is spaced out (李 雅琴) closed up.</summary>
    public static string Fold(string text)
    {
        var seen = string.Concat(text.Compatible().Where(c => char.GetUnicodeCategory(c) != UnicodeCategory.Format));
        return Spaces().Replace(Spread().Replace(seen, ""), " ");
    }

    /// <summary>Has a word of complaint at all; without one neither <see cref="In"/> nor <see cref="PeopleIn"/> finds anything.</summary>
    public static bool IsLikely(string text) => Likely().IsMatch(text);

    /// <summary>壶关县民政局, 县民政局 and 民政局; 龙泉镇人民政府 and 龙泉镇政府; the English name.</summary>
    private static IEnumerable<string> NamesOf(Organisation organisation)
    {
        string?[] names = [organisation.Name, organisation.ShortName, AfterCounty(organisation.Name), AfterCounty(organisation.ShortName), organisation.NameEn];
        return names.OfType<string>().Where(n => n.Length >= LeastName).Distinct();
    }

    private static string? AfterCounty(string? name) => name?.IndexOf('县', StringComparison.Ordinal) is { } at and >= 0 && at < 4 ? name[(at + 1)..] : null;

    private static string? WordsAbout(string text, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(name, at + name.Length, StringComparison.OrdinalIgnoreCase))
        {
            var (before, after) = (text[Math.Max(0, at - 24)..at], text.Substring(at + name.Length, Math.Min(30, text.Length - at - name.Length)));
            if (PlaceBehind().IsMatch(after))
            {
                continue;
            }

            if (AccusedBefore().Match(before) is { Success: true } accused)
            {
                return accused.Groups[1].Value + name;
            }

            if (WrongBehind().Match(after) is { Success: true } wrong)
            {
                return $"{name}…{wrong.Groups[1].Value}";
            }
        }

        return null;
    }

    private const string Accusing = "投诉|举报|控告|状告|曝光|[Cc]omplain(?:t)? about |[Cc]omplain(?:t)? against ";

    private const string Wrong = "不作为|乱作为|慢作为|推诿|踢皮球|推来推去|态度差|态度恶劣|态度不好|态度蛮横|吃拿卡要|刁难|敷衍|渎职|失职|包庇|徇私|不管不问|置之不理|乱收费|违规收|克扣|拖欠|强占|强拆|贪污|受贿|优亲厚友|脸难看|骂人|\\brude\\b|\\brefuse|\\bignore|\\bbribe|overcharg";

    [GeneratedRegex($"{Accusing}|{Wrong}", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Likely();

    [GeneratedRegex(@"(?<=\p{IsCJKUnifiedIdeographs})[^\S\r\n]+(?=\p{IsCJKUnifiedIdeographs})", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Spread();

    [GeneratedRegex(@"[^\S\r\n]+", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Spaces();

    /// <summary>It is a landmark: something stands there.</summary>
    [GeneratedRegex("^(附近|对面|旁|门口|门前|门外|大门|院|路|东|西|南|北|前面|后面|隔壁|斜对|周边|家属|宿舍|小区|公交|站牌|路口|楼下|楼后| (gate|street|road|building))", RegexOptions.CultureInvariant, 500)]
    private static partial Regex PlaceBehind();

    [GeneratedRegex($"({Accusing})(?:一下|壶关县|壶关|本县|我们|咱|the |[“”\"])*$", RegexOptions.CultureInvariant, 500)]
    private static partial Regex AccusedBefore();

    [GeneratedRegex($"^[^。！？!?\\n]*?({Wrong})", RegexOptions.CultureInvariant, 500)]
    private static partial Regex WrongBehind();
}
