using Linli.Shell.Pages;
using Linli.Shell.Text;

namespace Linli.Shell.People;

/// <summary>Says for whom and where a post is.</summary>
internal static class PostWords
{
    public static string Where(Texts texts, PersonPost post)
    {
        var area = post.Area is null ? texts["全部区域"] : Texts.Pick(post.Area, post.AreaEn);
        return post.Organisation is null ? area : $"{Texts.Pick(post.Organisation, post.OrganisationEn)} · {area}";
    }

    /// <summary>What narrows or widens it besides: service groups, sensitive matters, whose place it fills.</summary>
    public static string Which(Texts texts, PersonPost post, IReadOnlyList<Option> groups) => string.Join(" · ", new[]
    {
        post.ServiceGroups is { } limited ? texts["只管：{0}", string.Join(texts["、"], limited.Select(code => groups.FirstOrDefault(g => g.Value == code)?.Text ?? code))] : null,
        post.SeesSensitive ? texts["可以看敏感事项"] : null,
        post.IsDeputy ? texts["代班"] : null,
    }.OfType<string>());
}
