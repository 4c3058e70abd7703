namespace Linli.Kernel;

/// <summary>The one folder that holds what a county keeps outside its code; backing it up backs up everything (with SQLite).</summary>
/// <param name="Path">Absolute.</param>
public sealed record DataFolder(string Path)
{
    /// <summary>The SQLite store.</summary>
    public string Database => In("linli.db");

    /// <summary>Photos and documents, each under the hash of its content.</summary>
    public string Evidence => In("evidence");

    /// <summary>Keys that sign cookies. Lose them and nobody stays signed in; leak them and cookies can be forged.</summary>
    public string Keys => In("keys");

    /// <summary>Keys that seal personal data, unless <c>Privacy:KeyFolder</c> names another place. Lose them and names and numbers are lost.</summary>
    public string SealingKeys => System.IO.Path.Combine(Keys, "privacy");

    /// <summary>Head and checkpoints of the audit log, outside the database on purpose.</summary>
    public string Audit => In("audit");

    /// <summary>Configuration of this county; weaker than environment and command line.</summary>
    public string Settings => In("settings.json");

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
