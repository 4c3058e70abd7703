using Linli.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Limits.Floods;

/// <summary>Open on an ordinary day. During a flood everybody who reports without an account shows that it cost them something.</summary>
public sealed class FloodGate(FloodGauge gauge, Challenges challenges, Allowances allowances, TimeProvider clock, IOptions<FloodOptions> options)
{
    /// <summary>A program sends token:number in this header.</summary>
    public const string Header = "X-Linli-Proof";

    private readonly FloodOptions _options = options.Value;

    /// <param name="context">The call.</param>
    /// <param name="form">The key of the form or call (idempotency key); whoever has none gets a new challenge each time.</param>
    /// <param name="answer">What came back of an earlier challenge.</param>
    /// <returns>Null to go on; else what is asked.</returns>
    public Held? Pass(HttpContext context, string form, Proof answer)
    {
        if (!_options.Enabled)
        {
            return null;
        }

        var block = CallerAddress.BlockOf(context);
        var excess = gauge.Count(block);
        var known = challenges.Known(form, answer.Token);
        if (excess <= 1 || (known is not null && Challenges.IsWorkDone(known, answer.Nonce)))
        {
            return null;
        }

        if (known is null || !Challenges.IsSumRight(known, answer.Sum))
        {
            return new Held(known ?? challenges.Ask(form, excess), new Failure.TooMany(
                known is null || answer.Sum is null ? "现在提交的人特别多，请再确认一次，内容都还在。" : "算式的答案不对，请再算一次。", TimeSpan.FromSeconds(1)));
        }

        if (known.From > clock.GetUtcNow())
        {
            var wait = known.From - clock.GetUtcNow();
            return new Held(known, new Failure.TooMany("请再等 {0} 秒，然后按提交。内容都还在。", wait, (int)Math.Ceiling(wait.TotalSeconds)));
        }

        return allowances.Take($"flood {block}", Math.Max(1, _options.WithoutScript / 5)) is null && allowances.Take("flood", _options.WithoutScript) is null
            ? null
            : new Held(known, new Failure.TooMany("现在提交的人太多了。请过几分钟再按提交，内容都还在；急事请打电话。", TimeSpan.FromMinutes(2)));
    }
}

/// <summary>Not let through yet.</summary>
public sealed record Held(Challenge Challenge, Failure.TooMany Failure);
