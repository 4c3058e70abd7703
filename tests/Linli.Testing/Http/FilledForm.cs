using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Linli.Testing.Http;

/// <summary>A form of a page, filled in as a reader would, without script.</summary>
internal static class FilledForm
{
    public static HttpRequestMessage Of(Answer page, string selector, (string Name, string Value)[] fields)
    {
        var form = page.Page.QuerySelectorAll(selector).OfType<IHtmlFormElement>().FirstOrDefault()
            ?? throw new InvalidOperationException($"{page.Address.PathAndQuery} has no form '{selector}'. It has: {string.Join("; ", page.Page.Forms.Select(Describe))}");
        foreach (var (name, _) in fields)
        {
            if (!form.QuerySelectorAll("[name]").Any(e => e.GetAttribute("name") == name))
            {
                throw new InvalidOperationException($"The form has no field '{name}': {Describe(form)}");
            }
        }

        var given = fields.Select(f => f.Name).ToHashSet();
        var values = Held(form).Where(v => !given.Contains(v.Name)).Concat(fields).ToList();
        var target = new Uri(page.Address, form.GetAttribute("action") ?? page.Address.PathAndQuery);
        if (!string.Equals(form.Method, "post", StringComparison.OrdinalIgnoreCase))
        {
            var query = string.Join('&', values.Select(v => $"{Uri.EscapeDataString(v.Name)}={Uri.EscapeDataString(v.Value)}"));
            return new HttpRequestMessage(HttpMethod.Get, new UriBuilder(target) { Query = query }.Uri);
        }

        return new HttpRequestMessage(HttpMethod.Post, target)
        {
            Content = form.GetAttribute("enctype") == "multipart/form-data" ? Multipart(values) : new FormUrlEncodedContent(values.Select(v => KeyValuePair.Create(v.Name, v.Value))),
        };
    }

    /// <summary>What would be sent if nobody touched anything.</summary>
    private static IEnumerable<(string Name, string Value)> Held(IHtmlFormElement form)
    {
        foreach (var element in form.Elements)
        {
            if (element.GetAttribute("name") is not { Length: > 0 } name || element.HasAttribute("disabled"))
            {
                continue;
            }

            switch (element)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } or IHtmlInputElement { Type: "submit" or "image" or "file" or "button" }:
                    break;
                case IHtmlInputElement input:
                    yield return (name, input.Value);
                    break;
                case IHtmlTextAreaElement area:
                    yield return (name, area.Value);
                    break;
                case IHtmlSelectElement select:
                    foreach (var option in select.Options.Where(o => o.IsSelected))
                    {
                        yield return (name, option.Value);
                    }

                    break;
            }
        }
    }

    private static MultipartFormDataContent Multipart(IEnumerable<(string Name, string Value)> values)
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in values)
        {
            content.Add(new StringContent(value), name);
        }

        return content;
    }

    private static string Describe(IHtmlFormElement form) =>
        $"{form.Method} {form.GetAttribute("action")} [{string.Join(", ", form.QuerySelectorAll("[name]").Select(e => e.GetAttribute("name")).Distinct())}]";
}
