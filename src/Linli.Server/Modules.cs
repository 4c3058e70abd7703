using Linli.Requests;
using Linli.Shell;

namespace Linli.Server;

/// <summary>The one list of modules. Order does not matter.</summary>
public static class Modules
{
    public static IReadOnlyList<ILinliModule> All { get; } = [new ShellModule(), new RequestsModule()];
}
