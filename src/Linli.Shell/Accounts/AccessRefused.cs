using Linli.Kernel;
using Linli.Shell.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;

namespace Linli.Shell.Accounts;

/// <summary>What somebody without the permission sees: programs a problem, people the way to sign in or a page that says why not.</summary>
internal sealed class AccessRefused(CurrentActor current) : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            return next(context);
        }

        if (current.LacksFactor)
        {
            if (Refusal.IsForProgram(context) || !HttpMethods.IsGet(context.Request.Method))
            {
                return Refusal.Of(new Failure.Forbidden("您的岗位要求第二重验证。请先在“我的账号”里设置动态码或通行密钥。")).ExecuteAsync(context);
            }

            context.Response.Redirect("/me/second-factor");
            return Task.CompletedTask;
        }

        if (current.Account is not null)
        {
            return Refusal.Of(new Failure.Forbidden("您的岗位没有这项权限。如果应当有，请联系管理员。")).ExecuteAsync(context);
        }

        if (Refusal.IsForProgram(context))
        {
            return new Problem(new Failure.SignInNeeded()).ExecuteAsync(context);
        }

        if (context.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(a => a.Policy == Permission.Resident.Key) == true)
        {
            context.Response.Redirect(Residents.ResidentEndpoints.SignInPage);
            return Task.CompletedTask;
        }

        var back = HttpMethods.IsGet(context.Request.Method) ? LocalAddress.Of(context.Request) : "/";
        context.Response.Redirect($"/sign-in?return={Uri.EscapeDataString(back)}");
        return Task.CompletedTask;
    }
}
