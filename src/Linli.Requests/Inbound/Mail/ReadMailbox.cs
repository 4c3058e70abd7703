using System.Collections.Concurrent;
using Linli.Kernel;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Linli.Requests.Inbound.Mail;

/// <summary>
/// Reads the county's mailbox over IMAP: each letter is dealt with, then moved to the folder that says what became of it. A letter that was dealt with and not yet
/// moved is known again; one that cannot be dealt with stays for the next time, and after a few times goes where somebody can look at it.
/// </summary>
internal sealed class ReadMailbox(IServiceScopeFactory scopes, Mailbox mailbox, IOptions<MailInOptions> options, TimeProvider time, ILogger<ReadMailbox> log) : IDisposable
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private const int MostAtOnce = 100;
    private const int MostTries = 5;
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly ConcurrentDictionary<(uint Validity, uint Uid), int> _tries = [];

    /// <returns>How many letters were moved.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var asked = options.Value;
        if (!asked.IsOn)
        {
            return 0;
        }

        await _one.WaitAsync(cancellation);   // the look every minute and the one that a new letter asks for
        try
        {
            return await ReadAsync(asked, cancellation);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<int> ReadAsync(MailInOptions asked, CancellationToken cancellation)
    {
        using var client = await mailbox.OpenAsync(cancellation);
        if (client is null)
        {
            return 0;
        }

        var inbox = await client.GetFolderAsync(asked.Folder, cancellation);
        var (processed, refused) = (await FolderAsync(client, asked.Processed, cancellation), await FolderAsync(client, asked.Refused, cancellation));
        await inbox.OpenAsync(FolderAccess.ReadWrite, cancellation);
        var letters = (await inbox.SearchAsync(SearchQuery.NotDeleted, cancellation)).Take(Math.Min(MostAtOnce, await AllowanceAsync(cancellation))).ToList();
        var moved = 0;
        foreach (var letter in letters.Count == 0 ? [] : await inbox.FetchAsync(letters, MessageSummaryItems.UniqueId | MessageSummaryItems.Size, cancellation))
        {
            if (await TakeAsync(inbox, letter, cancellation) is { } result)
            {
                await inbox.MoveToAsync(letter.UniqueId, result is InboundResult.Filed or InboundResult.Added ? processed : refused, cancellation);
                moved++;
            }
        }

        await client.DisconnectAsync(true, cancellation);
        return moved;
    }

    /// <returns>Null when it has to wait for another time.</returns>
    private async Task<InboundResult?> TakeAsync(IMailFolder inbox, IMessageSummary letter, CancellationToken cancellation)
    {
        var key = (inbox.UidValidity, letter.UniqueId.Id);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var take = scope.ServiceProvider.GetRequiredService<TakeMail>();
            if (letter.Size > options.Value.MaxBytes)
            {
                log.LogWarning("A letter of {Size} bytes was not read", letter.Size);
                return await take.RefuseAsync($"{inbox.UidValidity}/{letter.UniqueId.Id}", cancellation);
            }

            using var content = await inbox.GetMessageAsync(letter.UniqueId, cancellation);
            var result = await take.RunAsync(content, cancellation);
            _tries.TryRemove(key, out _);
            return result;
        }
        catch (Exception trouble) when (trouble is not (OperationCanceledException or ServiceNotConnectedException or ImapProtocolException))
        {
            var tries = _tries.AddOrUpdate(key, 1, (_, n) => n + 1);
            log.LogError(trouble, "A letter could not be dealt with ({Tries} of {Most} times)", tries, MostTries);
            return tries < MostTries ? null : InboundResult.Refused;
        }
    }

    /// <summary>More than so many letters in an hour wait in the mailbox, in order.</summary>
    private async Task<int> AllowanceAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var hourAgo = time.GetUtcNow().AddHours(-1);
        var used = await scope.ServiceProvider.GetRequiredService<LinliDb>().Set<InboundRecord>().CountAsync(r => r.Source == TakeMail.Source && r.At > hourAgo, cancellation);
        return Math.Max(0, options.Value.MostPerHour - used);
    }

    private static async Task<IMailFolder> FolderAsync(ImapClient client, string name, CancellationToken cancellation)
    {
        try
        {
            return await client.GetFolderAsync(name, cancellation);
        }
        catch (FolderNotFoundException)
        {
            var root = client.GetFolder(client.PersonalNamespaces[0]);
            return await root.CreateAsync(name, isMessageFolder: true, cancellation) ?? throw new FolderNotFoundException(name);
        }
    }
}
