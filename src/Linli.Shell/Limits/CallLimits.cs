using Linli.Kernel;
using Linli.Shell.Accounts;
using Linli.Shell.Clients;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Linli.Shell.Limits;

/// <summary>Lets everybody call as often as people do, and nobody much more often. After it is known who calls, before anything is done.</summary>
internal sealed class CallLimits(RequestDelegate next, Allowances allowances, IOptions<LimitsOptions> options, IEnumerable<IKnownDevices> devices)
{
    private readonly LimitsOptions _limits = options.Value;

    public async Task InvokeAsync(HttpContext context, CurrentActor current)
    {
        var cost = _limits.Enabled && context.GetEndpoint() is not null ? CostRules.Of(context) : Cost.None;
        if (cost == Cost.None || (current.Client is not null && context.GetEndpoint()!.Metadata.GetMetadata<ForPrograms>() is not null))   // a key has a share of its own
        {
            await next(context);
            return;
        }

        var (name, most) = ShareOf(context, current, cost);
        if (allowances.Take(name, most) is { } wait)
        {
            await TooOften.ShowAsync(context, wait, canSendAgain: cost != Cost.SigningIn);
            return;
        }

        await next(context);
        if (cost == Cost.SigningIn && context.Response.StatusCode < StatusCodes.Status400BadRequest)
        {
            allowances.GiveBack(name, most); // a whole office may come in at nine
        }
    }

    private (string Name, int Most) ShareOf(HttpContext context, CurrentActor current, Cost cost)
    {
        var most = MostOf(cost);
        return cost == Cost.SigningIn ? ($"{cost} {CallerAddress.Of(context)}", most)
            : current.Account is { } account ? ($"{cost} account {account.Id:N}", most)
            : devices.Select(d => d.Of(context)).FirstOrDefault(d => d is not null) is { } device ? ($"{cost} device {device}", most)
            : ($"{cost} {CallerAddress.Of(context)}", checked(most * Math.Max(1, _limits.Sharing)));
    }

    private int MostOf(Cost cost) => cost switch
    {
        Cost.Reading => _limits.Reading,
        Cost.Searching => _limits.Searching,
        Cost.Changing => _limits.Changing,
        Cost.Reporting => _limits.Reporting,
        Cost.Uploading => _limits.Uploading,
        Cost.Exporting => _limits.Exporting,
        Cost.SigningIn => _limits.WrongPasswords,
        _ => throw new NotSupportedException($"No limit is chosen for {cost}."),
    };
}
