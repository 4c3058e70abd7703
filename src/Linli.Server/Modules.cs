using System.Reflection;
using Linli.Database;
using Linli.Kernel;
using Linli.Requests;
using Linli.Shell;

namespace Linli.Server;

/// <summary>The one list of modules. Order does not matter.</summary>
public static class Modules
{
    public static IReadOnlyList<ILinliModule> All { get; } = [new ShellModule(), new RequestsModule()];

    /// <summary>Everything of ours that carries code and texts.</summary>
    public static IReadOnlyList<Assembly> Assemblies { get; } =
    [
        typeof(KernelModel).Assembly, typeof(ILinliModule).Assembly, typeof(Store).Assembly,
        .. All.Select(m => m.GetType().Assembly).Distinct(), typeof(Modules).Assembly,
    ];
}
