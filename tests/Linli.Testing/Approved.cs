namespace Linli.Testing;

/// <summary>Files that say how something published looks. A difference is a decision: accepted on purpose, seen in the change.</summary>
public static class Approved
{
    private const string Switch = "LINLI_ACCEPT";

    /// <summary>Null when the text is as approved, else what differs and how to accept it.</summary>
    /// <param name="file">From the root of the repository.</param>
    public static string? DifferenceFrom(string file, string text)
    {
        var path = Repository.At(file.Split('/'));
        var approved = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (approved == text)
        {
            return null;
        }

        if (Environment.GetEnvironmentVariable(Switch) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
            return null;
        }

        return $"""
            {file} is not what the product says now.
            {FirstDifference(approved.Split('\n'), text.Split('\n'))}
            If that is meant: `dotnet dev.cs check --accept` (or run this test with {Switch}=1), look at the change of the file, and commit it.
            """;
    }

    private static string FirstDifference(string[] approved, string[] now)
    {
        var at = approved.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"First at line {at + 1}:\n{Lines("- ", approved, at)}\n{Lines("+ ", now, at)}";
    }

    private static string Lines(string sign, string[] lines, int from) => string.Join('\n', lines.Skip(from).Take(8).Select(line => sign + line));
}
