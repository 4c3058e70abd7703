using System.Text.RegularExpressions;
using Linli.Shell.Sms;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Attacks.Sessions;

/// <summary>A town whose residents get codes on their telephones; the telephones are in the test's hands.</summary>
internal sealed partial class SmsTown : IAsyncDisposable
{
    private readonly Telephones _telephones;

    private SmsTown(Town town, Telephones telephones) => (Town, _telephones) = (town, telephones);

    public Town Town { get; }

    public static async Task<SmsTown> FoundAsync(Action<IServiceCollection>? settings = null)
    {
        var telephones = new Telephones();
        var town = await Town.FoundAsync(new TownOptions
        {
            Settings = services =>
            {
                services.Configure<SmsOptions>(o => (o.Url, o.Secret) = ("https://sms.example", "0123456789abcdef"));
                services.AddSingleton<ISmsSender>(telephones);
                settings?.Invoke(services);
            },
        });
        return new SmsTown(town, telephones);
    }

    public Task<Visitor> HttpAsync() => Town.HttpAsync();

    public Task<Visitor> HttpAsync(Visitor before) => Town.HttpAsync(before);

    public Task<Visitor> HttpAsync(string login) => Town.HttpAsync(login);

    public async Task<string> NextCodeAsync()
    {
        Assert.Equal(0, await Town.DeliverAsync());
        return Code().Match(_telephones.Messages[^1].Text).Value;
    }

    public ValueTask DisposeAsync() => Town.DisposeAsync();

    public static implicit operator Town(SmsTown sms) => sms.Town;

    [GeneratedRegex(@"\d{6}")]
    private static partial Regex Code();

    private sealed class Telephones : ISmsSender
    {
        public List<OutgoingSms> Messages { get; } = [];

        public Task SendAsync(OutgoingSms sms, CancellationToken cancellation)
        {
            Messages.Add(sms);
            return Task.CompletedTask;
        }
    }
}
