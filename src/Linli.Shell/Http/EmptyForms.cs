using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Linli.Shell.Http;

/// <summary>
/// A form in which nothing is ticked or written may arrive with an empty body: it is read as a form without fields, so that the page can say at the
/// field what is missing. The framework would refuse it unread.
/// </summary>
internal static class EmptyForms
{
    public static void UseEmptyForms(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Request.HasFormContentType && context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == false)
        {
            context.Features.Set<IHttpRequestBodyDetectionFeature>(new Empty());
            context.Features.Set<IFormFeature>(new FormFeature(FormCollection.Empty));
        }

        return next(context);
    });

    private sealed class Empty : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => true;
    }
}
