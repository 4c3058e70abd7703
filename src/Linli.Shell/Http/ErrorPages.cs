using Linli.Kernel;
using Linli.Shell.Limits;
using Linli.Shell.Pages;
using Linli.Shell.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Shell.Http;

/// <summary>What is shown when an endpoint gives a bare status or throws: a page in the design, or problem+json under /api.</summary>
internal static class ErrorPages
{
    public static void UseErrorPages(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context =>
            {
                var error = context.Features.Get<IExceptionHandlerFeature>()?.Error;
                Problem.SetWait(context.Response, error is TooOftenException often ? TooOften.Of(often.Wait) : null);
                return ShowAsync(context, StatusOf(error), BadCall.Of(error, context.RequestServices.GetRequiredService<Texts>()));
            },
            AllowStatusCode404Response = true,
            StatusCodeSelector = StatusOf,
            SuppressDiagnosticsCallback = happened => StatusOf(happened.Exception) < StatusCodes.Status500InternalServerError, // the caller's fault is no news to the operator
        });
        app.UseStatusCodePages(status => ShowAsync(status.HttpContext, status.HttpContext.Response.StatusCode));
    }

    public static async Task ShowAsync(HttpContext context, int status, string? message = null)
    {
        if (OwnErrors.Of(context) is { } own)
        {
            await own.ShowAsync(context, status, message ?? context.RequestServices.GetRequiredService<Texts>()[ErrorWords.Of(status).Text]);
            return;
        }

        if (!Refusal.IsForProgram(context))
        {
            await new RazorComponentResult<ErrorPage>(new { Status = status, Message = message }) { StatusCode = status }.ExecuteAsync(context);
            return;
        }

        context.Response.StatusCode = status;
        var texts = context.RequestServices.GetRequiredService<Texts>();
        var details = new ProblemDetails
        {
            Title = ErrorWords.CodeOf(status),
            Type = $"urn:linli:problem:{ErrorWords.CodeOf(status)}",
            Status = status,
            Detail = message ?? texts[ErrorWords.Of(status).Text],
            Instance = context.Request.Path,
        };
        await context.Response.WriteAsJsonAsync(details, Json.Plain, "application/problem+json", context.RequestAborted);
    }

    private static int StatusOf(Exception? error) => error switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        InvalidDataException => StatusCodes.Status413PayloadTooLarge,
        IOException broken when broken.InnerException is OverflowException || broken.StackTrace?.Contains("ChunkedEncoding", StringComparison.Ordinal) == true => StatusCodes.Status400BadRequest, // pieces of no possible length
        InvalidOperationException when error.StackTrace?.Contains(nameof(FormFeature), StringComparison.Ordinal) == true => StatusCodes.Status415UnsupportedMediaType, // no form where a form is read
        DbUpdateConcurrencyException => StatusCodes.Status409Conflict, // two wrote the same row at one instant: the first has it
        _ => StatusCodes.Status500InternalServerError,
    };
}

/// <summary>Plain words for a status: what is wrong and what to do. Both texts are keys.</summary>
internal static class ErrorWords
{
    public static (string Title, string Text) Of(int status) => status switch
    {
        400 => ("没有看懂这次请求", "地址或内容不完整。请返回上一页再试一次。"),
        401 => ("请先登录", "这个页面需要登录后才能看。"),
        403 => ("您不能打开这个页面", "这里的内容不对您的岗位开放。如果工作需要，请联系管理员。"),
        404 => ("没有找到这个页面", "地址可能输错了，或者内容已经不在这里。"),
        405 => ("这个地址不能这样打开", "请从页面上的按钮或链接进入。"),
        409 => ("情况有变化", "您看到的内容已经被别人更新。请刷新后再操作。"),
        413 => ("内容太大", "照片或文字超过了上限。请减少照片，或者分几次提交。"),
        415 => ("不支持这种格式", "请用页面上的表单提交，或者检查接口的内容类型。"),
        422 => ("内容需要修改", "请返回检查填写的内容。"),
        429 => ("操作太频繁", "请等一会儿再试。"),
        503 => ("系统正在维护", "请过几分钟再来。"),
        504 => ("用了太久，没有做完", "系统现在很忙，或者要找的太多。请过一会儿再试，或者缩小范围。"),
        >= 500 => ("系统出了问题", "不是您的错，我们已经记下。请过一会儿再试；急事请打电话。"),
        _ => ("出了一点问题", "请返回上一页再试一次。"),
    };

    public static string CodeOf(int status) => status switch
    {
        400 => "bad_request",
        401 => "unauthorized",
        403 => "forbidden",
        404 => "not_found",
        405 => "method_not_allowed",
        409 => "conflict",
        413 => "too_large",
        415 => "unsupported_media_type",
        422 => "invalid",
        429 => "too_many_requests",
        504 => "timeout",
        >= 500 => "internal",
        _ => "refused",
    };
}
