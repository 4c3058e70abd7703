namespace Linli.Dev;

/// <summary>Where things lie in the repository.</summary>
internal sealed class Repository(string root)
{
    public string Root { get; } = root;
    public string Web => At("web");
    public string Server => At("src", "Linli.Server");
    public string ServerDll => At("src", "Linli.Server", "bin", "Debug", "net10.0", "linli.dll");

    /// <summary>Stamps and reports; ignored by git.</summary>
    public string Artifacts => At("artifacts");

    public string At(params string[] parts) => Path.Combine([Root, .. parts]);
}

/// <summary>Something that only the person at the keyboard can put right; the message says how.</summary>
internal sealed class Stop(string message, int exitCode = 1) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
