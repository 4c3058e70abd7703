using Linli.Database.Watching;

namespace Linli.Server.Tests.Stores;

/// <summary>Whether something has happened is read off the audit log, in which acts may show up later than others that began after them.</summary>
public sealed class AuditTailTests
{
    private const string Step = "Modified requests_service_request ×1; Added requests_event ×1";
    private const string Errand = "Added shell_notice ×3; Modified kernel_outbox_message ×1";

    [Fact]
    public void Errands_of_Linli_are_no_news_and_everything_else_is()
    {
        var tail = Begun(10);
        Assert.False(tail.Take([(11, Errand)]));
        Assert.True(tail.Take([(12, Errand), (13, Step)]));
        Assert.True(tail.Take([(14, "")]));   // an act that does not say what it touched
        Assert.True(tail.Take([(15, "Added shell_notice ×1; Added requests_event ×1")]));
    }

    [Fact]
    public void An_act_that_shows_up_late_is_waited_for_and_noticed_once()
    {
        var tail = Begun(10);
        Assert.False(tail.Take([(13, Errand)]));
        Assert.Equal([11, 12], tail.Missing);
        Assert.True(tail.Take([(12, Step)]));
        Assert.Equal([11], tail.Missing);
        Assert.Equal(13, tail.Seen);
    }

    [Fact]
    public void An_act_that_never_comes_is_given_up_as_if_it_had_been_one()
    {
        var tail = Begun(0);
        Assert.False(tail.Take([(400, Errand)]));
        Assert.True(tail.Take([(700, Errand)]));
        Assert.Equal(500, tail.Missing.Length);
        Assert.True(tail.Take([(100_000, Errand)]));
        Assert.True(Begun(0).Take([(502, Errand)]));
        Assert.Equal(500, tail.Missing.Length);
    }

    [Fact]
    public void An_act_that_was_taken_back_is_forgotten_when_everybody_of_its_time_has_ended()
    {
        var tail = Begun(10);
        tail.Take([(13, Errand)], oldest: 90, next: 100);
        tail.Take([(14, Errand)], oldest: 101, next: 105);
        Assert.Equal([11, 12], tail.Missing);   // whoever drew them may have begun to write just then
        tail.Take([(15, Errand)], oldest: 104, next: 120);
        Assert.Equal([11, 12], tail.Missing);
        Assert.True(tail.Take([(12, Step)], oldest: 105, next: 121));
        Assert.Empty(tail.Missing);
    }

    private static AuditTail Begun(long top)
    {
        var tail = new AuditTail();
        tail.Begin(top);
        return tail;
    }
}
