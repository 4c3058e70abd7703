using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;
using MimeKit;

namespace Linli.Requests.Tests.Inbound;

/// <summary>The real Dovecot as a process of its own, one for all tests; every user name has a mailbox with the same password.</summary>
internal sealed class Dovecot
{
    public const string Password = "mailbox-secret";

    private static readonly string[] Places = ["/usr/sbin/dovecot", "/opt/homebrew/sbin/dovecot"];
    private static readonly Lazy<Task<Dovecot>> Running = new(StartAsync);

    public required int Port { get; init; }

    /// <summary>For connections that are protected from the first byte; the other port offers STARTTLS.</summary>
    public required int TlsPort { get; init; }

    /// <summary>File with the certificate of the authority that signed the server's, which is for the name localhost alone.</summary>
    public required string Authority { get; init; }

    public static Task<Dovecot> GetAsync()
    {
        Assert.SkipUnless(Places.Any(File.Exists), "No dovecot was found. Debian: apt-get install dovecot-imapd; `dotnet dev.cs test` does it where it may.");
        return Running.Value;
    }

    /// <summary>A connection of the test's own to a mailbox.</summary>
    public async Task<ImapClient> OpenAsync(string user)
    {
        var client = new ImapClient();
        await client.ConnectAsync("127.0.0.1", Port, SecureSocketOptions.None);
        await client.AuthenticateAsync(user, Password);
        return client;
    }

    public async Task DeliverAsync(string user, params MimeMessage[] letters)
    {
        using var client = await OpenAsync(user);
        foreach (var letter in letters)
        {
            await client.Inbox!.AppendAsync(letter, MessageFlags.None);
        }

        await client.DisconnectAsync(true);
    }

    /// <summary>How many letters lie where.</summary>
    public async Task<(int Inbox, int Processed, int Refused)> CountAsync(string user)
    {
        using var client = await OpenAsync(user);
        return (await CountAsync(client, "INBOX"), await CountAsync(client, "Linli-processed"), await CountAsync(client, "Linli-refused"));
    }

    private static async Task<int> CountAsync(ImapClient client, string name)
    {
        try
        {
            var folder = await client.GetFolderAsync(name);
            await folder.OpenAsync(FolderAccess.ReadOnly);
            return folder.Count;
        }
        catch (FolderNotFoundException)
        {
            return 0;
        }
    }

    private static async Task<Dovecot> StartAsync()
    {
        // It will not hand out mail to root: there it runs as nobody.
        var isRoot = Environment.UserName == "root";
        var user = isRoot ? "nobody" : Environment.UserName;
        var folder = Directory.CreateTempSubdirectory("linli-dovecot-").FullName;
        Open(folder, (UnixFileMode)0b111_111_111);
        var (port, tlsPort) = (FreePort(), FreePort());
        WriteCertificates(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "conf"), $$"""
            base_dir = {{folder}}/run
            state_dir = {{folder}}/state
            log_path = {{folder}}/log
            protocols = imap
            listen = 127.0.0.1
            default_internal_user = {{user}}
            default_internal_group = {{(isRoot ? "nogroup" : user)}}
            default_login_user = {{user}}
            ssl = yes
            ssl_cert = <{{folder}}/server.pem
            ssl_key = <{{folder}}/server.key
            disable_plaintext_auth = no
            first_valid_uid = 1
            mail_location = maildir:{{folder}}/mail/%u
            mail_fsync = never
            passdb {
              driver = static
              args = password={{Password}}
            }
            userdb {
              driver = static
              args = uid={{user}} gid={{(isRoot ? "nogroup" : user)}} home={{folder}}/mail/%u
            }
            namespace inbox {
              inbox = yes
            }
            service imap-login {
              chroot =
              inet_listener imap {
                port = {{port}}
              }
              inet_listener imaps {
                port = {{tlsPort}}
                ssl = yes
              }
            }
            service anvil {
              chroot =
            }
            """);
        Open(Path.Combine(folder, "conf"), (UnixFileMode)0b110_100_100);
        string[] command = [Places.First(File.Exists), "-F", "-c", Path.Combine(folder, "conf")];
        var process = Process.Start(isRoot ? new ProcessStartInfo("runuser", ["-u", user, "--", .. command]) : new ProcessStartInfo(command[0], command[1..]))!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            process.Kill(entireProcessTree: true);
            Directory.Delete(folder, recursive: true);
        };
        var patience = Stopwatch.StartNew();
        while (!await AnswersAsync(port))
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30) && !process.HasExited, "Dovecot did not start.");
            await Task.Yield();
        }

        return new Dovecot { Port = port, TlsPort = tlsPort, Authority = Path.Combine(folder, "authority.pem") };
    }

    private static void WriteCertificates(string folder)
    {
        var (from, until) = (new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2049, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Huguan County Test Authority", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = request.CreateSelfSigned(from, until);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var server = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        server.CertificateExtensions.Add(names.Build());
        using var signed = server.Create(authority, from, until, [1, 2, 3, 4]);
        foreach (var (name, content) in new[] { ("authority.pem", authority.ExportCertificatePem()), ("server.pem", signed.ExportCertificatePem()), ("server.key", key.ExportPkcs8PrivateKeyPem()) })
        {
            File.WriteAllText(Path.Combine(folder, name), content + "\n");
            Open(Path.Combine(folder, name), (UnixFileMode)0b110_100_100);
        }
    }

    /// <summary>For the user that it runs as.</summary>
    private static void Open(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return await client.GetStream().ReadAsync(new byte[4]) > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
