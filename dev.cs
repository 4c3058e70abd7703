#!/usr/bin/env -S dotnet
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false

// The one door to the project: `dotnet dev.cs` lists what it can do.
// The work is done by tools/Linli.Dev; this file builds that tool when its sources changed and runs it in this process,
// so that the second start costs a third of a second.
using System.Diagnostics;
using System.Reflection;

var root = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
var project = Path.Combine(root, "tools", "Linli.Dev");
var tool = Path.Combine(project, "bin", "Debug", "net10.0", "Linli.Dev.dll");
string[] shared = ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json"];
var newest = Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
    .Append(Path.Combine(project, "Linli.Dev.csproj")).Concat(shared.Select(name => Path.Combine(root, name)))
    .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
    .Max(File.GetLastWriteTimeUtc);

if (!File.Exists(tool) || File.GetLastWriteTimeUtc(tool) < newest)
{
    using var build = Process.Start(new ProcessStartInfo("dotnet", ["build", project, "--nologo", "-v", "quiet"]) { WorkingDirectory = root })!;
    await build.WaitForExitAsync();
    if (build.ExitCode != 0)
    {
        Console.Error.WriteLine("tools/Linli.Dev does not build; the messages are above.");
        return build.ExitCode;
    }

    File.SetLastWriteTimeUtc(tool, DateTime.UtcNow);
}

var answer = Assembly.LoadFrom(tool).EntryPoint!.Invoke(null, [new[] { root }.Concat(args).ToArray()]);
return answer is Task<int> later ? await later : (int)answer!;
