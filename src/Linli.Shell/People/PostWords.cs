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
}
