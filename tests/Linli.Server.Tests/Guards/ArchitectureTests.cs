using System.Reflection;
using Linli.Testing;

namespace Linli.Server.Tests.Guards;

/// <summary>The layers of the product, lowest first. A project may use only what stands below it; modules never each other.</summary>
public sealed class ArchitectureTests
{
    private const int ModuleLayer = 3;
    private const string ServerAssembly = "linli";

    private static readonly Dictionary<string, int> Layer = new()
    {
        ["Linli.Kernel"] = 0, ["Linli.Routing"] = 0, ["Linli.Contracts"] = 1, ["Linli.Database"] = 2, ["Linli.Shell"] = 2, [ServerAssembly] = 4,
    };

    public static TheoryData<string> Projects() => [.. OnDisk().Select(AssemblyOf)];

    [Theory, MemberData(nameof(Projects))]
    public void A_project_uses_only_the_layers_below_it(string project)
    {
        var own = LayerOf(project);

        var wrong = References(project).Where(r => LayerOf(r) >= own);

        Assert.Empty(wrong);
    }

    [Fact]
    public void The_rule_can_fail() // guards against a test that checks nothing
    {
        Assert.Contains("Linli.Requests", References(ServerAssembly));
        Assert.Contains("Linli.Shell", References("Linli.Requests"));
        Assert.True(LayerOf("Linli.Promises") >= LayerOf("Linli.Requests"));
    }

    [Fact]
    public void Every_project_that_is_no_layer_is_a_module_on_the_one_list()
    {
        var modules = OnDisk().Select(AssemblyOf).Except(Layer.Keys);

        var listed = Modules.All.Select(m => m.GetType().Assembly.GetName().Name!).Except(Layer.Keys);

        Assert.Equal(modules.Order(), listed.Order());
    }

    [Theory, InlineData("Linli.Kernel"), InlineData("Linli.Contracts")]
    public void The_lowest_layers_know_nothing_of_the_web(string project) =>
        Assert.DoesNotContain(Assembly.Load(project).GetReferencedAssemblies(), r => r.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    private static IEnumerable<string> OnDisk() => Directory.GetDirectories(Repository.At("src"), "Linli.*").Select(d => Path.GetFileName(d)!).Order();

    private static string AssemblyOf(string project) => project == "Linli.Server" ? ServerAssembly : project;

    private static IEnumerable<string> References(string project) => Assembly.Load(project).GetReferencedAssemblies().Select(r => r.Name!)
        .Where(name => name.StartsWith("Linli.", StringComparison.OrdinalIgnoreCase) || name == ServerAssembly);

    private static int LayerOf(string name) => Layer.GetValueOrDefault(name, ModuleLayer);
}
