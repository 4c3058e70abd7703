using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Kernel.Privacy;
using Linli.Requests.Access;
using Linli.Requests.Handling;
using Linli.Requests.Life;
using Linli.Requests.Triage;
using Linli.Shell.Inbox;
using Linli.Shell.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Linli.Requests.Inbound.Mail;

/// <summary>
/// One letter: a request, or words for one of the same sender. What was written down about it is written in the same transaction as the answer, so that it is
/// answered once however often it is read.
/// </summary>
internal sealed partial class TakeMail(
    LinliDb db, TakeMessage take, AddNote note, AnswerQuestion answer, BlindIndex index, QueueMail mail, IOptions<MailInOptions> options, IOptions<MailOptions> outgoing, TimeProvider time)
{
    public const string Source = "mail";

    public async Task<InboundResult> RunAsync(MimeMessage letter, CancellationToken cancellation)
    {
        var id = IdOf(letter);
        var hash = index.OfMessage("row", Source, id);
        if (await db.Set<InboundRecord>().AsNoTracking().Where(r => r.MessageHash == hash).Select(r => (InboundResult?)r.Result).SingleOrDefaultAsync(cancellation) is { } before)
        {
            return before;
        }

        if (MachineMail.Is(letter, options.Value.User, outgoing.Value.From))
        {
            return await WriteAsync(hash, null, InboundResult.Ignored, null, null, cancellation);
        }

        var from = letter.From.Mailboxes.First().Address;
        var sender = index.OfEmail(from)!;
        if (await IsFloodAsync(sender, cancellation))
        {
            return await WriteAsync(hash, sender, InboundResult.Refused, null, null, cancellation);
        }

        var words = MailWords.Of(letter);
        var files = letter.Attachments.Concat(letter.BodyParts.Where(p => p is MimePart { ContentType.MediaType: "image" } && !p.IsAttachment)).OfType<MimePart>().Where(p => p.Content is not null).Select(FileOf).ToList();
        if (await OwnRequestAsync(letter, sender, cancellation) is { } own && await AddAsync(own.Id, own.Number, own.State, words, files, hash, sender, cancellation))
        {
            return InboundResult.Added;
        }

        var said = letter.Subject + words;
        var language = said.Any(char.IsAsciiLetter) && !said.Any(c => c is >= '\u4E00' and <= '\u9FFF') ? "en" : null;
        var taken = await take.RunAsync(
            new InboundMessage(Source, id, Channel.Mail, Subject(letter.Subject), words, NameOf(letter), from, null, null, language, null, options.Value.ServiceType, files), cancellation);
        return taken.Succeeded
            ? await WriteAsync(hash, sender, InboundResult.Filed, taken.Value.Receipt.Number, Receipt(from, language, taken.Value), cancellation)
            : await WriteAsync(hash, sender, InboundResult.Refused, null, new Letter(from, language, new NoticeText("您的邮件没有能登记为诉求。请用一两句话写明是什么事、在哪里，再发一次；也可以在网站上提交。"), "/report"), cancellation);
    }

    /// <summary>A letter that is too large to be read.</summary>
    public Task<InboundResult> RefuseAsync(string key, CancellationToken cancellation) =>
        WriteAsync(index.OfMessage("row", Source, key), null, InboundResult.Refused, null, null, cancellation);

    private async Task<bool> AddAsync(Guid request, string number, RequestState state, string? words, List<InboundFile> files, string hash, string sender, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(words) && files.Count == 0)
        {
            return false;
        }

        var (photos, _) = await take.KeepAsync(files, cancellation);
        var caller = new Caller(Actor.Anonymous, new HashSet<Guid> { request });
        await using var both = await db.Database.BeginTransactionAsync(cancellation);
        var added = state == RequestState.AwaitingReporter
            ? await answer.RunAsync(number, new AnswerQuestion.Input(words, photos, null), caller, cancellation)
            : await note.RunAsync(number, new AddNote.Input(words, false, photos, null), caller, cancellation);
        if (!added.Succeeded)
        {
            return false;
        }

        await WriteAsync(hash, sender, InboundResult.Added, number, null, cancellation);
        await both.CommitAsync(cancellation);
        return true;
    }

    /// <summary>The request whose number the subject names, if this sender reported it.</summary>
    private async Task<(Guid Id, string Number, RequestState State)?> OwnRequestAsync(MimeMessage letter, string sender, CancellationToken cancellation)
    {
        var named = Number().Matches(letter.Subject ?? "").Select(m => m.Value).Distinct().Take(5).ToList();
        var found = named.Count == 0 ? null : await db.Set<ServiceRequest>().AsNoTracking()
            .Where(r => named.Contains(r.Number) && r.Contact!.EmailIndex == sender).OrderBy(r => r.Number).Select(r => new { r.Id, r.Number, r.State }).FirstOrDefaultAsync(cancellation);
        return found is null ? null : (found.Id, found.Number, found.State);
    }

    private async Task<bool> IsFloodAsync(string sender, CancellationToken cancellation)
    {
        var dayAgo = time.GetUtcNow().AddDays(-1);
        return await db.Set<InboundRecord>().CountAsync(r => r.SenderIndex == sender && r.At > dayAgo, cancellation) >= options.Value.MostPerSender;
    }

    private async Task<InboundResult> WriteAsync(string hash, string? sender, InboundResult result, string? number, Letter? letter, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        db.Add(new InboundRecord { MessageHash = hash, Source = Source, SenderIndex = sender, At = now, Result = result, Number = number });
        if (letter is not null)
        {
            mail.Queue(letter);
        }

        await db.CommitAsync(Act.BySystem("requests.take-mail", now, number) with { Reason = result.ToString() }, cancellation);
        return result;
    }

    private static Letter Receipt(string to, string? language, TakenMessage taken) => new(
        to, language,
        taken.RefusedFiles == 0
            ? new NoticeText("您的诉求已经收到，编号 {0}，查询码 {1}。凭编号和查询码可以随时查进展、补充和评价。", taken.Receipt.Number, taken.Receipt.SecretCode)
            : new NoticeText("您的诉求已经收到，编号 {0}，查询码 {1}。凭编号和查询码可以随时查进展、补充和评价。有 {2} 个附件没有收下：只收照片和 PDF，而且不能太大。", taken.Receipt.Number, taken.Receipt.SecretCode, taken.RefusedFiles),
        $"/track/{taken.Receipt.Number}", taken.Receipt.Number, taken.Receipt.Number, MayReply: true);

    /// <summary>Its Message-ID; of a letter without one a hash of what it is.</summary>
    private static string IdOf(MimeMessage letter) => letter.MessageId is { Length: > 0 } id ? id
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{letter.Date:O}\n{letter.From}\n{letter.Subject}\n{letter.TextBody ?? letter.HtmlBody}")));

    private static string? NameOf(MimeMessage letter) =>
        letter.From.Mailboxes.First().Name is { Length: > 0 and <= 50 } name && !name.Any(char.IsControl) ? name : null;

    private static string? Subject(string? subject) => subject is null ? null : Prefix().Replace(subject, "").Trim();

    private static InboundFile FileOf(MimePart part) => InboundFile.Of(part.FileName, () => part.Content!.Open());

    [GeneratedRegex(@"\b\d{6}-\d{6}\b", RegexOptions.None, 500)]
    private static partial Regex Number();

    /// <summary>Reply and forward (huifu, dafu, zhuanfa).</summary>
    [GeneratedRegex(@"^((re|fw|fwd|\u56DE\u590D|\u7B54\u590D|\u8F6C\u53D1)\s*[:\uFF1A]\s*)+", RegexOptions.IgnoreCase, 500)]
    private static partial Regex Prefix();
}
