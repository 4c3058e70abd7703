using Npgsql;

namespace Linli.Server.Tests.Verbs;

public sealed class ConnectionTests
{
    [Theory]
    [InlineData("Host=db.example;Database=linli;Username=linli", SslMode.VerifyFull)]
    [InlineData("Host=10.1.2.3;Database=linli", SslMode.VerifyFull)]
    [InlineData("Host=127.0.0.1,10.1.2.3;Database=linli", SslMode.VerifyFull)]
    [InlineData("Host=127.0.0.1:5433,localhost:5434;Database=linli", SslMode.Prefer)]
    [InlineData("Host=localhost;Database=linli", SslMode.Prefer)]
    [InlineData("Host=::1;Database=linli", SslMode.Prefer)]
    [InlineData("Host=/run/postgresql;Database=linli", SslMode.Prefer)]
    [InlineData("Host=db.example;SSL Mode=Require;Database=linli", SslMode.Require)]
    [InlineData("Host=db.example;SslMode=Disable;Database=linli", SslMode.Disable)]
    public void A_database_on_another_machine_is_reached_by_TLS_with_a_checked_certificate(string connection, SslMode mode)
    {
        var secured = new NpgsqlConnectionStringBuilder(SecureConnection.Of(connection));

        Assert.Equal(mode, secured.SslMode);
        Assert.Equal("linli", secured.Database);
    }
}
