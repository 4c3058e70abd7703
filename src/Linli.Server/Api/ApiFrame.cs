using Linli.Shell.Accounts.Sessions;
using Linli.Shell.Http.Calls;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Linli.Server.Api;

/// <summary>What stands around the operations: title, groups, how to say who calls, how calls are refused.</summary>
internal sealed class ApiFrame : IOpenApiDocumentTransformer
{
    public const string Session = "session";
    public const string OwnCall = "ownCall";
    public const string ReporterCode = "reporterCode";
    public const string Key = "key";

    /// <summary>As they stand in examples.</summary>
    public const string SampleNumber = "261122-048213", SampleCode = "7F3K-9QXM-2W";

    /// <summary>The groups, in the order in which one needs them.</summary>
    public static readonly IReadOnlyList<(string Tag, string Description)> Groups =
    [
        ("requests", "Service requests: report them, list them, read them."),
        ("steps", "What can be done with a request. A step is a noun: PUT, or POST for what can be added several times. Every body may carry the version that the caller has seen; if somebody was faster, the answer is 409."),
        ("evidence", "Photos and documents. Send them first; a report or a step then names their ids."),
        ("public", "What everybody may see, without personal data."),
        ("catalogue", "What can be asked for, and the permitted reasons of steps."),
        ("privacy", "Personal data: asking to read it, who looked, keeping and deleting it."),
        ("areas", "Towns, villages and grids: lists, names, boundaries, where a point lies."),
        ("clocks", "Working time: when a time limit is due and why."),
        ("session", "Signing in, and one's own account."),
        ("inbox", "Notices for whoever is signed in."),
        ("organisations", "The register of organisations."),
        ("residents", "A resident's own account; nobody needs one."),
        ("audit", "The audit log: who did what, and what keeps it honest."),
        ("people", "Accounts and posts; for administrators."),
        ("clients", "Keys of other organisations' programs; for administrators."),
        ("imports", "Files that administrators bring in: columns, what is wrong, import, undo."),
        ("inbound", "Chat programs whose messages become requests; for administrators, and what those programs call."),
        ("ledgers", "Registers and forms that fill themselves from records."),
        ("webhooks", "Other systems that are told what happens; for administrators."),
    ];

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Linli",
            Version = ApiVersions.Current,
            Summary = "A county's open request desk.",
            Description = """
                JSON in UTF-8, names in camelCase, absent values left out. Times are ISO 8601 with zone. Words for people (detail, names) come in the
                language of Accept-Language: zh-CN (default) or en. Fields of answers may be added; nothing is
                changed or taken away within a dated version: say yours with the header Linli-Version. What reads one thing answers with an ETag.
                """.ReplaceLineEndings(" "),
            License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Tags = Groups.Select(g => new OpenApiTag { Name = g.Tag, Description = g.Description }).ToHashSet();
        var components = document.Components ??= new OpenApiComponents();
        components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Session] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = SessionTicket.Cookie,
                Description = "The cookie that POST /api/session gives. What one may do depends on the posts held.",
            },
            [OwnCall] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-Linli",
                Description = "Value 1. With the session cookie, every call that changes something carries it: no foreign page can.",
            },
            [Key] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http, Scheme = "bearer",
                Description = "The key of a program, which administrators issue for some scopes, types and an area. Calls that name no scope and need a session are not open to keys.",
            },
            [ReporterCode] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-Linli-Code",
                Description = "The secret code that the report was answered with: proves whose the request is, without an account.",
            },
        };
        ApiRefusals.AddTo(document);
        return Task.CompletedTask;
    }
}
