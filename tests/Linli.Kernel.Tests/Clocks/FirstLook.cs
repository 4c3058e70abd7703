using Linli.Kernel.Clocks;
using static Linli.Kernel.Tests.Clocks.Clock;

namespace Linli.Kernel.Tests.Clocks;

public sealed class FirstLook
{
    [Fact]
    public void Three_working_days_over_Spring_Festival_2025_count_the_make_up_Sunday()
    {
        Assert.Equal(At("2025-02-05T15:20"), Cn.Add(At("2025-01-24T15:20"), Of("3 working days"), DayRule.Minute));
        Assert.Equal(At("2025-02-05T18:00"), Cn.Add(At("2025-01-24T15:20"), Of("3 working days"), DayRule.NextDay));
    }
}
