using System.Text;
using Linli.Kernel;
using Linli.Routing.Classifying;

namespace Linli.Server.Verbs;

/// <summary>A file of sorted messages cannot be read; says why, in words that are looked up in the texts.</summary>
internal sealed class LabelledFileException(string key, params object[] values) : Exception(key)
{
    public string Key => Message;

    public object[] Values => values;
}

/// <summary>Sorted messages as CSV in UTF-8: columns category, title and detail; or category and tokens, the words of the text with blanks between them.</summary>
internal static class LabelledFile
{
    public static IReadOnlyList<LabelledText> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new LabelledFileException("没有文件 {0}。", path);
        }

        using var stream = File.OpenRead(path);
        try
        {
            return Read(stream, path);
        }
        catch (DecoderFallbackException)
        {
            throw new LabelledFileException("文件 {0} 不是 UTF-8 编码。请另存为 UTF-8 编码的 CSV。", path);
        }
    }

    private static List<LabelledText> Read(FileStream stream, string path)
    {
        if (CsvTable.Read(stream) is not { } table || !Has(table.Columns, "category") || !(Has(table.Columns, "tokens") || Has(table.Columns, "detail")))
        {
            throw new LabelledFileException("文件 {0} 的首行应有 category,title,detail 或 category,tokens 各列。", path);
        }

        var texts = new List<LabelledText>();
        foreach (var record in table.Records)
        {
            var label = record["category"] ?? throw new LabelledFileException("文件 {0} 第 {1} 行没有类别。", path, record.Line);
            texts.Add(record["tokens"] is { } words
                ? LabelledText.OfWords(label, words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                : new LabelledText(label, LabelledText.Join(record["title"], record["detail"])));
        }

        return texts.Count > 0 ? texts : throw new LabelledFileException("文件 {0} 里没有消息。", path);
    }

    private static bool Has(IReadOnlyList<string> columns, string name) => columns.Contains(name, StringComparer.OrdinalIgnoreCase);
}
