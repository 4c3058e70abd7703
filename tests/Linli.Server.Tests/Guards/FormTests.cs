using System.Text.Json.Nodes;
using Linli.Shell.Clients;
using Linli.Testing;
using Microsoft.AspNetCore.Routing;

namespace Linli.Server.Tests.Guards;

/// <summary>What a form can do, a program can do over /api. Scans every form of the running product.</summary>
public sealed class FormTests(EndpointTests.Open open) : IClassFixture<EndpointTests.Open>
{
    /// <summary>Address of the form, and the operation that does the same.</summary>
    private static readonly Dictionary<string, string> Twins = new()
    {
        ["/sign-in"] = "SignIn",
        ["/sign-in/code"] = "UseCode",
        ["/sign-out"] = "SignOut",
        ["/setup"] = "SetUp",
        ["/me/password"] = "ChangePassword",
        ["/me/language"] = "ChangeLanguage",
        ["/me/sign-out-everywhere"] = "SignOutEverywhere",
        ["/sign-in/second"] = "SignInSecond",
        ["/me/second-factor/begin"] = "BeginAuthenticator",
        ["/me/second-factor/confirm"] = "ConfirmAuthenticator",
        ["/me/second-factor/remove"] = "RemoveAuthenticator",
        ["/me/second-factor/codes"] = "RenewRecoveryCodes",
        ["/me/passkeys/{id:guid}/remove"] = "RemovePasskey",
        ["/admin/people/{id:guid}/factor-reset"] = "AskFactorReset",
        ["/admin/people/{id:guid}/factor-reset/agree"] = "AgreeFactorReset",
        ["/admin/people/invitations"] = "InvitePerson",
        ["/admin/people/invitations/{id:guid}/withdraw"] = "WithdrawInvitation",
        ["/sign-in/invitation"] = "AcceptInvitation",
        ["/me/sessions/{id:guid}/end"] = "EndSession",
        ["/me/sessions/end-others"] = "EndOtherSessions",
        ["/admin/people/{id:guid}/sessions/end"] = "EndSessionsOfPerson",
        ["/me/deputies"] = "LendPost",
        ["/me/deputies/{id:guid}/end"] = "EndDeputy",
        ["/inbox/read"] = "MarkNoticesRead",
        ["/admin/people"] = "AddPerson",
        ["/admin/people/{id:guid}"] = "ChangePerson",
        ["/admin/people/{id:guid}/active"] = "SwitchPerson",
        ["/admin/people/{id:guid}/code"] = "GiveCode",
        ["/admin/people/{id:guid}/posts"] = "AppointPerson",
        ["/admin/people/{id:guid}/posts/{post:guid}/end"] = "EndPost",
        ["/admin/clients"] = "IssueKey",
        ["/admin/partners"] = "PutPartner",
        ["/admin/clients/{id:guid}/withdraw"] = "WithdrawKey",
        ["/admin/organisations"] = "AddOrganisation",
        ["/admin/organisations/{id:guid}"] = "ChangeOrganisation",
        ["/admin/organisations/{id:guid}/active"] = "SwitchOrganisation",
        ["/work/calendars/new"] = "AddCalendar",
        ["/work/calendars/{code}/settings"] = "ChangeCalendar",
        ["/work/calendars/{code}/days"] = "PutCalendarDays",
        ["/work/calendars/{code}/hours"] = "ChangeCalendarHours",
        ["/work/calendars/{code}/import"] = "ImportCalendarYear",
        ["/work/calendars/{code}/edit"] = "RemoveCalendarDays",
        ["/work/calendars/{code}/confirm"] = "PutCalendarDays",
        ["/report"] = "ReportRequest",
        ["/work/file"] = "ReportRequest",
        ["/report/suggest"] = "SuggestServices",
        ["/report/place"] = "FindPlaces",
        ["/report/fields"] = "ReadService",
        ["/report/known"] = "ReportRequest",   // sent again with the same key, it gives the same receipt
        ["/report/twins"] = "FindTwins",
        ["/work/file/twins"] = "FindTwins",
        ["/requests/{number}/join"] = "JoinRequest",
        ["/work/file/join/{number}"] = "JoinRequest",
        ["/track"] = "ReadRequest",
        ["/track/adopt"] = "AdoptRequest",
        ["/sign-in/resident"] = "SendCode",
        ["/sign-in/resident/code"] = "SignInResident",
        ["/my/contact"] = "ChangeContact",
        ["/my/contact/code"] = "ConfirmContact",
        ["/my/sign-out-everywhere"] = "SignOutResidentEverywhere",
        ["/my/delete"] = "DeleteOwnResident",
        ["/work/floods/refusals"] = "DeclineBatch",
        ["/my/data/deletion"] = "DeleteEverythingOwn",
        ["/me/contact"] = "ChangeOwnAccountContact",
        ["/work/files/{id:guid}/link"] = "LinkEvidence",
        ["/work/ledgers/new"] = "AddLedger",
        ["/work/ledgers/draft"] = "PreviewLedger",
        ["/work/ledgers/preview"] = "PreviewLedger",
        ["/work/ledgers/draft/exports"] = "ExportLedgerDraft",
        ["/work/ledgers/draft/print"] = "PreviewLedger",
        ["/work/ledgers/{id}/edit"] = "ChangeLedger",
        ["/work/ledgers/{id}/sharing"] = "ShareLedger",
        ["/work/ledgers/{id}/timetable"] = "ScheduleLedger",
        ["/work/ledgers/{id}/remove"] = "RemoveLedger",
        ["/work/ledgers/{id}/exports"] = "ExportLedger",
        ["/work/ledgers/exports/{export:guid}/remove"] = "RemoveLedgerExport",
        ["/work/unmaskings/{id:guid}/decision"] = "DecideUnmasking",
        ["/admin/imports"] = "BeginImport",
        ["/admin/imports/{id:guid}/columns"] = "ChooseImportColumns",
        ["/admin/imports/{id:guid}/start"] = "StartImport",
        ["/admin/imports/{id:guid}/undo"] = "UndoImport",
        ["/admin/inbound"] = "AddInboundAddress",
        ["/admin/inbound/{id:guid}/active"] = "SwitchInboundAddress",
        ["/admin/inbound/trial"] = "TryInboundMapping",
        ["/me/calendar/renewal"] = "RenewCalendarFeed",
        ["/me/calendar/removal"] = "RemoveCalendarFeed",
        ["/admin/webhooks"] = "AddWebhook",
        ["/admin/webhooks/{id:guid}"] = "ChangeWebhook",
        ["/admin/webhooks/{id:guid}/secret"] = "RenewWebhookSecret",
        ["/admin/webhooks/{id:guid}/active"] = "SwitchWebhook",
        ["/admin/webhooks/{id:guid}/test"] = "TestWebhook",
        ["/admin/webhooks/{id:guid}/repeats"] = "RepeatWebhookDeliveries",
        ["/admin/webhooks/{id:guid}/remove"] = "RemoveWebhook",
    };

    private static readonly string[] PagesOfSteps = ["/work/requests/{number}/", "/track/{number}/"];

    [Fact]
    public async Task Every_form_has_an_operation_of_the_API_that_does_the_same()
    {
        using var visitor = await open.Town.HttpAsync();
        var document = JsonNode.Parse((await visitor.GetAsync("/api/openapi.json")).Bytes)!;
        var operations = document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => (Path: p.Key, Method: o.Key, Id: (string)o.Value!["operationId"]!))).ToList();
        var forms = open.Endpoints.Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true && e.Metadata.GetMetadata<KeyedCall>() is null)   // those are programs' own
            .Select(e => "/" + e.RoutePattern.RawText!.Trim('/')).Where(path => !path.StartsWith("/api/", StringComparison.Ordinal)).ToList();

        var alone = forms.Where(form => PagesOfSteps.FirstOrDefault(page => form.StartsWith(page, StringComparison.Ordinal)) is { } page
            ? !operations.Any(o => o.Path == $"/api/requests/{{number}}/{form[page.Length..]}" && o.Method is "put" or "post")
            : !Twins.TryGetValue(form, out var twin) || operations.All(o => o.Id != twin));

        Assert.Empty(alone);
        Assert.Empty(Twins.Keys.Except(forms));
    }
}
