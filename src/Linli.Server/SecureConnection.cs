using System.Data.Common;
using System.Net;
using Npgsql;

namespace Linli.Server;

/// <summary>
/// A database on another machine is reached by TLS with a certificate that is checked, unless the connection string says otherwise:
/// the driver's own default would take whatever it gets.
/// </summary>
internal static class SecureConnection
{
    public static string Of(string connection)
    {
        var postgres = new NpgsqlConnectionStringBuilder(connection);
        return IsHere(postgres.Host) || SaysHow(connection)
            ? connection
            : new NpgsqlConnectionStringBuilder(connection) { SslMode = SslMode.VerifyFull }.ConnectionString;
    }

    /// <summary>Every host of the list is this machine, by name, by address or by a socket of the file system.</summary>
    private static bool IsHere(string? hosts) => (hosts ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).All(host =>
        host[0] is '/' or '@' || WithoutPort(host).Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(WithoutPort(host), out var address) && IPAddress.IsLoopback(address)));

    private static string WithoutPort(string host) => host.Count(c => c == ':') == 1 ? host[..host.IndexOf(':', StringComparison.Ordinal)] : host;

    private static bool SaysHow(string connection) => new DbConnectionStringBuilder { ConnectionString = connection }.Keys.Cast<string>()
        .Any(key => key.Replace(" ", "", StringComparison.Ordinal).Equals("sslmode", StringComparison.OrdinalIgnoreCase));
}
