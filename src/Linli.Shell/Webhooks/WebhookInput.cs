using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Shell.Clients;
using Linli.Shell.Http.Outbound;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Webhooks;

/// <param name="Url">https; http for hosts that Outbound:Allowed names alone.</param>
/// <param name="Types">Event types; nothing means all.</param>
/// <param name="Area">Code; nothing means the whole jurisdiction.</param>
/// <param name="ServiceTypes">Codes; nothing means all.</param>
/// <param name="Version">The version that the change is made to; nothing means whatever is there.</param>
public sealed record WebhookInput(string? Name, string? Url, IReadOnlyList<string>? Types, string? Area, IReadOnlyList<string>? ServiceTypes, WebhookReach Reach = WebhookReach.Public, int? Version = null);

/// <summary>What is wrong with what an administrator wants.</summary>
public sealed class CheckWebhook(LinliDb db, IServiceTypeNames types, IEnumerable<WebhookType> known, IOptions<OutboundOptions> outbound)
{
    public async Task<IReadOnlyList<FieldProblem>> HandleAsync(WebhookInput input, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(input);
        var problems = new List<FieldProblem>();
        if (input.Name?.Trim().Length is null or 0 or > Webhook.MaxName)
        {
            problems.Add(new("name", "请写名称，最多 {0} 个字。", Webhook.MaxName));
        }

        if (PlainLine.ProblemWith("name", input.Name) is { } unseen)
        {
            problems.Add(unseen);
        }

        if (ProblemOf(input.Url?.Trim()) is { } wrong)
        {
            problems.Add(wrong);
        }

        problems.AddRange(Chosen(input.Types).Except(known.Select(t => t.Name)).Take(5).Select(t => new FieldProblem("types", "没有名为“{0}”的事件。请从列表中选择。", Short(t))));
        if (!string.IsNullOrWhiteSpace(input.Area) && !await db.Set<Area>().AnyAsync(a => a.Code == input.Area && a.EndedOn == null, cancellation))
        {
            problems.Add(new("area", "没有代码为“{0}”的区域，或者它已撤销。请从列表中选择。", Short(input.Area)));
        }

        var codes = (await types.AllAsync(cancellation)).Select(t => t.Code).ToHashSet();
        problems.AddRange(Chosen(input.ServiceTypes).Where(c => !codes.Contains(c)).Take(5).Select(c => new FieldProblem("serviceTypes", "没有代码为“{0}”的事项，或者它已停用。请从列表中选择。", Short(c))));
        if (!Enum.IsDefined(input.Reach))
        {
            problems.Add(new("reach", "请选择。"));
        }

        return problems;
    }

    internal static IReadOnlyList<string> Chosen(IReadOnlyList<string>? all) => [.. (all ?? []).Where(c => !string.IsNullOrWhiteSpace(c)).Select(c => c.Trim()).Distinct()];

    private FieldProblem? ProblemOf(string? url)
    {
        if (url is not { Length: > 0 and <= Webhook.MaxUrl } || !OutboundCalls.CouldBeCalled(url))
        {
            return new("url", "请写完整的网址，最多 {0} 个字符，不带用户名和密码，例如 https://example.com/linli。", Webhook.MaxUrl);
        }

        var uri = new Uri(url);
        if (outbound.Value.Allowed.Contains(uri.IdnHost, StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        if (uri.Scheme != Uri.UriSchemeHttps)
        {
            return new("url", "请用 https 开头的网址：推送的内容在路上不能被别人看到。");
        }

        return !PublicAddress.CouldBe(uri.IdnHost)
            ? new("url", "不能推送到本机或内部网络的地址（{0}）。确实需要时，请让运维人员写进 Outbound:Allowed。", uri.IdnHost)
            : null;
    }

    private static string Short(string text) => text.Length > 40 ? text[..40] + "…" : text;
}
