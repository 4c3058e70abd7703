using System.Text.RegularExpressions;
using Linli.Testing;

namespace Linli.Server.Tests.Guards;

/// <summary>What the product must not do, or only in a place that is named here: a new one is seen in review (docs/operate/security.md).</summary>
public sealed class DangerousCallTests
{
    private const string Code = "*.cs *.razor";
    private const string Front = "*.ts *.mjs";

    [Fact]
    public void Only_these_places_talk_to_other_machines() => None(
        @"\b(HttpClient|IHttpClientFactory|SmtpClient|TcpClient|UdpClient|Socket|ClientWebSocket|WebRequest|WebClient|AmazonS3Client|Dns|Ping|FtpWebRequest|ImapClient)\b", "src", Code,
        "src/Linli.Shell/Mail/SmtpMailer.cs", "src/Linli.Shell/Evidence/S3/S3Vault.cs", "src/Linli.Kernel/Evidence/Scanning/ClamdScanner.cs",
        "src/Linli.Shell/Sms/WebhookSms.cs", "src/Linli.Requests/Inbound/Mail/Mailbox.cs", "src/Linli.Requests/Inbound/Mail/ReadMailbox.cs", "src/Linli.Shell/Http/Outbound/OutboundCalls.cs");   // the last one calls public addresses only

    [Fact]
    public void Nothing_starts_programs_or_runs_code_that_was_not_built_in() => None(
        @"Process\.Start|ProcessStartInfo|Assembly\.Load|AssemblyLoadContext|Activator\.CreateInstance|DynamicMethod|CSharpScript|Type\.GetType\("
        + @"|BinaryFormatter|NetDataContractSerializer|LosFormatter|DataContractSerializer|TypeNameHandling|JsonPolymorphic|NativeLibrary\.(Try)?Load", "src", Code,
        "src/Linli.Kernel/Evidence/Photos/Vips.cs", // libvips, from beside the program or from the system
        "src/Linli.Kernel/Clocks/Installed/CalendarEdit.cs"); // a closed list of kinds, by names of ours

    [Fact]
    public void No_weak_hash_cipher_or_random_number_is_used() => None(
        @"\b(MD5|SHA1|HMACMD5|HMACSHA1|DES|TripleDES|RC2|RC4|Rijndael)\b|CipherMode\.|EncryptionPadding\.Pkcs1|new Random\(|Random\.Shared", "src", Code,
        "src/Linli.Requests/Inbound/Chat/ChatSecrets.cs", // the signature of WeCom's callback as WeCom makes it; AES is what protects it
        "src/Linli.Shell/Accounts/SecondFactor/Totp.cs", // RFC 6238 as authenticator apps speak it
        "src/Linli.Requests/Demo/PlayDemo.cs"); // the demo's stories are the same each time, on purpose

    [Fact]
    public void Pages_insert_text_and_never_markup()
    {
        None(@"MarkupString|AddMarkupContent|HtmlString|Html\.Raw", "src", Code);
        // Fragments that our own server rendered, which encoded them.
        None(@"\b(innerHTML|outerHTML)\b\s*=|insertAdjacentHTML|document\.write|\beval\(|new Function\(|javascript:|createContextualFragment", "web/src", Front,
            "web/src/islands/suggest.ts", "web/src/islands/type.ts");
    }

    [Fact]
    public void Pages_load_nothing_from_elsewhere()
    {
        None(@"<(script|link|img|iframe|source|video|object|embed)\b[^>]*(src|href|data)=""(https?:)?//", "src", "*.razor");
        None(@"url\(['""]?(https?:)?//|@import\s+(url\()?['""](https?:)?//", "web/src", "*.scss *.css");
        None(@"(from|import|fetch|import\()\s*\(?['""](https?:)?//", "web/src", Front);
    }

    [Fact]
    public void No_certificate_goes_unchecked() => None(
        @"ValidationCallback|TrustServerCertificate|DangerousAcceptAny|CheckCertificateRevocationList\s*=\s*false|SslMode\.(Disable|Allow|Prefer|Require|VerifyCA)\b", "src", Code,
        "src/Linli.Requests/Inbound/Mail/Mailbox.cs"); // says why one is refused, and asks the county's own authority besides; tests with wrong ones hold it

    [Fact]
    public void No_XML_parser_meets_what_callers_send() => None(
        @"XmlReader|XmlDocument|XDocument|XmlSerializer|XPath|XslCompiledTransform|DtdProcessing|XmlTextReader", "src", Code,
        "src/Linli.Requests/Inbound/Chat/MessagePath.cs", // WeCom speaks XML: without declarations, entities or anything from elsewhere, held by a test
        "src/Linli.Server/Api/ApiWords.cs"); // the summaries that our own compiler wrote

    [Fact]
    public void A_dangerous_call_would_be_found() =>
        Assert.NotEmpty(Found(@"\bSmtpClient\b", "src", Code));

    private static void None(string pattern, string folder, string files, params string[] allowed)
    {
        var astray = Found(pattern, folder, files).Where(f => !allowed.Any(a => f.StartsWith(a + ":", StringComparison.Ordinal)));

        Assert.Empty(astray);
    }

    private static List<string> Found(string pattern, string folder, string files) =>
    [
        .. Repository.Files(folder, files.Split(' ')).SelectMany(f => File.ReadLines(Repository.At(f)).Select((text, i) => (Text: text, Where: $"{f}:{i + 1}: {text.Trim()}")))
            .Where(l => !l.Text.TrimStart().StartsWith("//", StringComparison.Ordinal) && Regex.IsMatch(l.Text, pattern)).Select(l => l.Where),
    ];
}
