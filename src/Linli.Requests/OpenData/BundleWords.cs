using System.Globalization;

namespace Linli.Requests.OpenData;

/// <summary>What people read in the bundle, in both languages: it is read without Linli.</summary>
internal static class BundleWords
{
    public static string Head(string title, DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"""
        # {title} Open data

        {day:yyyy-MM-dd}

        这个压缩包每天夜里生成，到 {day:yyyy-MM-dd} 为止，没有个人信息：没有群众写的话，时间只到日，地点只到村，没有公开的诉求只有不少于 {BundleTables.Least} 件的合计。
        CSV 是 UTF-8 编码、逗号分隔（RFC 4180），Excel 可以直接打开。`datapackage.json` 按 Frictionless Tabular Data Package 写明每一列；`SHA256SUMS` 用来核对文件。

        Made every night, up to {day:yyyy-MM-dd}, without personal data: nothing that residents wrote, no time nearer than the day, no place nearer than the village;
        of requests that are not public only counts of {BundleTables.Least} and more. CSV in UTF-8 (RFC 4180). `datapackage.json` describes every column (Frictionless Tabular Data
        Package); `SHA256SUMS` lets you check the files: `sha256sum -c SHA256SUMS`.

        """);

    public static string Licence(string title, string countyEn) => $"""
        {title}
        知识共享 署名 4.0 国际许可协议（CC BY 4.0）：注明来源即可自由使用、修改和再发布，包括商业用途。

        {countyEn}, open data of Linli
        Creative Commons Attribution 4.0 International (CC BY 4.0): use, change and share it, also commercially, naming the source.

        https://creativecommons.org/licenses/by/4.0/legalcode

        """;
}
