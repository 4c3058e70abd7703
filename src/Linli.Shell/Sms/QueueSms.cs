using System.Globalization;
using Linli.Contracts.Shell;
using Linli.Kernel;
using Linli.Kernel.Privacy;
using Linli.Shell.Inbox;
using Linli.Shell.Text;

namespace Linli.Shell.Sms;

/// <param name="To">Mobile number.</param>
/// <param name="Language">zh or en; null is Chinese.</param>
/// <param name="About">Key of what it is about, as acts name it.</param>
public sealed record TextMessage(string To, string? Language, NoticeText Text, string? About = null);

/// <summary>Puts text messages into the post. Only adds to the session; the caller commits, and the message leaves after that, or not at all.</summary>
public sealed class QueueSms(LinliDb db, SmsWay way, FieldCipher cipher, Texts texts, TimeProvider clock)
{
    /// <summary>Does nothing when there is no way out for messages.</summary>
    public void Queue(TextMessage message)
    {
        if (!way.IsOn)
        {
            return;
        }

        var culture = CultureInfo.GetCultureInfo(message.Language == "en" ? "en" : "zh-CN");
        var sms = new SmsOut { About = message.About, CreatedAt = clock.GetUtcNow() };
        sms.To = cipher.Seal(Cell.Of<SmsOut>(nameof(SmsOut.To), sms.Id), message.To);
        sms.Text = cipher.Seal(Cell.Of<SmsOut>(nameof(SmsOut.Text), sms.Id), texts.In(culture, "【邻里】{0}", message.Text.In(texts, culture)));
        db.Add(sms);
        db.Publish(new TextMessageQueued(sms.Id));
    }
}
