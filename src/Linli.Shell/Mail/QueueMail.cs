using System.Globalization;
using Linli.Contracts.Shell;
using Linli.Kernel;
using Linli.Shell.Inbox;
using Linli.Shell.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Mail;

/// <summary>What is to be written to whom.</summary>
/// <param name="To">E-mail address.</param>
/// <param name="Language">zh or en; null is Chinese.</param>
/// <param name="Text">The letter's one sentence or paragraph.</param>
/// <param name="Link">Path inside Linli.</param>
/// <param name="About">Key of what it is about, as acts name it.</param>
/// <param name="Number">A public number for the subject line; nothing else may stand there.</param>
/// <param name="MayReply">Somebody reads what is written back.</param>
public sealed record Letter(string To, string? Language, NoticeText Text, string? Link = null, string? About = null, string? Number = null, bool MayReply = false);

/// <summary>
/// Puts letters into the post, for staff with an address and for residents who left one. Only adds to the session; the caller commits,
/// and the letter leaves after that, or not at all.
/// </summary>
public sealed class QueueMail(LinliDb db, Texts texts, IOptions<MailOptions> options, IDataProtectionProvider protection, TimeProvider clock)
{
    internal const string Purpose = "linli.mail";

    public bool IsOn => options.Value.IsOn;

    /// <summary>Does nothing when mail is off or the address cannot be one.</summary>
    public void Queue(Letter letter)
    {
        if (!IsOn || !Address.IsOne(letter.To.Trim()))
        {
            return;
        }

        var culture = CultureInfo.GetCultureInfo(letter.Language == "en" ? "en" : "zh-CN");
        var protector = protection.CreateProtector(Purpose);
        var mail = new MailOut
        {
            To = protector.Protect(letter.To.Trim()),
            Subject = letter.Number is null ? texts.In(culture, "邻里：您有新的消息") : texts.In(culture, "邻里：{0} 有新的进展", letter.Number),
            Body = protector.Protect(BodyOf(letter, culture)),
            About = letter.About,
            CreatedAt = clock.GetUtcNow(),
        };
        db.Add(mail);
        db.Publish(new MailQueued(mail.Id));
    }

    private string BodyOf(Letter letter, CultureInfo culture)
    {
        var lines = new List<string> { letter.Text.In(texts, culture), "" };
        if (letter.Link is not null && options.Value.SiteAddress is { Length: > 0 } site)
        {
            lines.Add(site.TrimEnd('/') + letter.Link);
            lines.Add("");
        }

        lines.Add(texts.In(culture, letter.MayReply ? "这封邮件由邻里自动发出。要补充情况，可以直接回复，请保留主题里的编号。" : "这封邮件由邻里自动发出，请不要直接回复。"));
        return string.Join("\r\n", lines);
    }
}
