using System.Globalization;

namespace Linli.Dev.Tests;

/// <summary>What the tests need besides .NET and Node; installed where that is possible without asking anybody.</summary>
internal static class Machine
{
    /// <summary>Where Chromium may be; the tests look at the same places (Linli.EndToEnd, Browser).</summary>
    private static readonly string[] Chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>The tests look at the same places (Linli.Server.Tests, Clamd).</summary>
    private static readonly string[] Clamd = ["/usr/sbin/clamd", "/usr/bin/clamd", "/opt/homebrew/sbin/clamd"];

    /// <summary>The tests look at the same places (Linli.Requests.Tests, Dovecot).</summary>
    private static readonly string[] Dovecot = ["/usr/sbin/dovecot", "/opt/homebrew/sbin/dovecot"];

    /// <summary>The tests look at the same place (Linli.Requests.Tests, LibreOffice).</summary>
    private const string Soffice = "/usr/bin/soffice";

    public static async Task PrepareAsync(bool needsPostgres)
    {
        var missing = new List<string>();
        if (!Chromium.Any(File.Exists) && Environment.GetEnvironmentVariable("LINLI_CHROMIUM") is null)
        {
            missing.Add("chromium");
        }

        if (!Directory.Exists("/usr/share/fonts/opentype/noto") || Directory.GetFiles("/usr/share/fonts/opentype/noto", "NotoSansCJK*").Length == 0)
        {
            missing.Add("fonts-noto-cjk"); // otherwise every Chinese word on a screenshot is a box
        }

        if (needsPostgres && PostgresCluster.Folder is null && Environment.GetEnvironmentVariable("LINLI_TEST_PG") is null)
        {
            missing.Add("postgresql");
        }

        if (!Clamd.Any(File.Exists))
        {
            missing.Add("clamav-daemon"); // scans uploads; the tests bring their own signatures
        }

        if (!Dovecot.Any(File.Exists))
        {
            missing.Add("dovecot-imapd"); // a mailbox for the tests, started by them on a port of its own
        }

        if (!File.Exists(Soffice))
        {
            missing.Add("libreoffice-calc-nogui"); // opens exported ledgers
        }

        if (missing.Count > 0 && MayInstall)
        {
            await InstallAsync(missing);
        }
    }

    /// <summary>PostgreSQL and what a bench's reference needs in it; {0} in a package's name is the server's major version.</summary>
    public static async Task PrepareForBenchAsync(IReadOnlyList<string> packages)
    {
        if (!MayInstall || Environment.GetEnvironmentVariable("LINLI_TEST_PG") is not null)
        {
            return;
        }

        if (PostgresCluster.Folder is null)
        {
            await InstallAsync(["postgresql"]);
        }

        var version = PostgresCluster.Version;
        var missing = packages.Select(p => string.Format(CultureInfo.InvariantCulture, p, version)).Where(p => !File.Exists($"/var/lib/dpkg/info/{p}.list")).ToList();
        if (version is not null && missing.Count > 0)
        {
            await InstallAsync(missing);
        }
    }

    private static bool MayInstall => OperatingSystem.IsLinux() && Environment.UserName == "root" && Run.Exists("apt-get");

    private static async Task InstallAsync(List<string> packages)
    {
        Console.WriteLine($"Installing {string.Join(", ", packages)} …");
        LeaveNoServerRunning();
        var quiet = new Dictionary<string, string> { ["DEBIAN_FRONTEND"] = "noninteractive" };
        string[] patient = ["-qq", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"];
        foreach (var command in (string[][])[["update"], ["install", "-y", "--no-install-recommends", .. packages]])
        {
            var (code, output) = await Run.CaptureAsync("/", "apt-get", [.. patient, .. command], quiet);
            if (code != 0)
            {
                Console.WriteLine($"apt-get {command[0]} failed; what needs it is skipped.\n{output.Trim()}");
                return;
            }
        }
    }

    /// <summary>Debian's package would found a database cluster and start it at every boot; the tests bring their own.</summary>
    private static void LeaveNoServerRunning()
    {
        const string folder = "/etc/postgresql-common";
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "createcluster.conf"), "create_main_cluster = false\n");
        }
    }
}
