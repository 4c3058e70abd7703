using Linli.Shell.Pages;
using Linli.Shell.Text;

namespace Linli.Requests.Import.Assistant;

/// <summary>Kinds and states of imports, for the reader.</summary>
internal static class ImportWords
{
    public static string Of(ImportKind kind, Texts T) => kind switch
    {
        ImportKind.Requests => T["诉求"],
        ImportKind.Organisations => T["单位"],
        ImportKind.Staff => T["人员"],
        ImportKind.Areas => T["区域"],
        _ => T["事项"],
    };

    public static string Of(ImportState state, Texts T) => state switch
    {
        ImportState.Draft => T["还没有导入"],
        ImportState.Running => T["正在导入"],
        ImportState.Done => T["已导入"],
        ImportState.Failed => T["没有导入"],
        _ => T["已撤销"],
    };

    public static Tone ToneOf(ImportState state) => state switch
    {
        ImportState.Done => Tone.Good,
        ImportState.Failed => Tone.Bad,
        ImportState.Running => Tone.Warn,
        _ => Tone.Neutral,
    };
}
