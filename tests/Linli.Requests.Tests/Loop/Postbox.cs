using System.Collections.Concurrent;
using Linli.Shell.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Requests.Tests.Loop;

/// <summary>Takes the letters that the product sends.</summary>
internal sealed class Postbox : IMailer
{
    private readonly ConcurrentQueue<OutgoingMail> _letters = new();

    public IReadOnlyList<OutgoingMail> All => [.. _letters];

    public IEnumerable<OutgoingMail> To(string address) => _letters.Where(l => l.To == address);

    public void TakeOver(Microsoft.AspNetCore.Builder.WebApplicationBuilder builder)
    {
        builder.Services.Configure<MailOptions>(mail => (mail.Host, mail.From) = ("mail.example.cn", "linli@example.cn"));
        builder.Services.AddSingleton<IMailer>(this);
    }

    public Task SendAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        _letters.Enqueue(mail);
        return Task.CompletedTask;
    }
}
