using Linli.Kernel;
using Linli.Shell.Accounts;
using Linli.Shell.Accounts.Confirming;
using Linli.Shell.Accounts.Sessions;
using Linli.Shell.Http;
using Linli.Shell.Site;
using Linli.Shell.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Linli.Shell.People.Invitations;

/// <param name="Code">From the letter or the link.</param>
/// <param name="Login">Chosen by whoever accepts.</param>
public sealed record Acceptance(string? Code, string? Login, string? Password);

/// <summary>Inviting, for administrators; accepting, for whoever has the code.</summary>
internal static class InvitationEndpoints
{
    private static readonly PersonInput Nobody = new(null, null, null, null, null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/admin/people/invitations").Requires(ShellPermissions.ManagePeople).ExcludeFromDescription();
        pages.MapGet("", (Desk desk, bool? done, CancellationToken cancellation) => desk.ShowAsync(new Shown(Done: done == true), cancellation));
        pages.MapPost("", InviteAsync).Confirmed("邀请一个人");
        pages.MapPost("/{id:guid}/withdraw", async (InvitePerson invite, CurrentActor me, Guid id, CancellationToken cancellation) =>
        {
            await invite.WithdrawAsync(me.Value, id, cancellation);   // one that is over already is what was wanted
            return Results.LocalRedirect("/admin/people/invitations?done=true");
        });
        var api = routes.MapGroup("/api/people/invitations").Requires(ShellPermissions.ManagePeople).WithTags("people");
        api.MapGet("", (InvitePerson invite, CancellationToken cancellation) => invite.OpenAsync(cancellation))
            .WithName("ListInvitations").WithSummary("Invitations that wait to be accepted, the newest first.").Produces<IReadOnlyList<ShownInvitation>>();
        api.MapPost("", async (InvitePerson invite, CurrentActor me, InvitationInput input, CancellationToken cancellation) =>
        {
            var made = await invite.HandleAsync(me.Value, input, cancellation);
            return made.Succeeded ? Results.Created($"/api/people/invitations/{made.Value.Id}", made.Value) : new Problem(made.Failure);
        }).Confirmed()
            .WithName("InvitePerson").WithSummary("Invites somebody, by mail or with a code to be printed.")
            .WithExample(new InvitationInput("Li Na", null, "li.na@example.com", "zh", [new PostInput(Kernel.People.Role.Dispatcher, null, "140427100")])).Produces<Invited>(StatusCodes.Status201Created);
        api.MapDelete("/{id:guid}", async (InvitePerson invite, CurrentActor me, Guid id, CancellationToken cancellation) =>
                await invite.WithdrawAsync(me.Value, id, cancellation) is { Succeeded: false } refused ? new Problem(refused.Failure) : Results.NoContent())
            .WithName("WithdrawInvitation").WithSummary("Takes an invitation back.").Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);

        routes.MapGet("/sign-in/invitation", (string? code) => AcceptPage(code, null, null)).Public().ExcludeFromDescription();
        routes.MapPost("/sign-in/invitation", AcceptAsync).Public().Costs(Cost.SigningIn).ExcludeFromDescription();
        routes.MapPost("/api/session/invitation", async (InvitePerson invite, OpenSession open, Acceptance input, CancellationToken cancellation) =>
        {
            var added = await invite.AcceptAsync(input.Code, input.Login, input.Password, cancellation);
            if (!added.Succeeded)
            {
                return new Problem(added.Failure);
            }

            await open.HandleAsync(added.Value.Id, Means.OneTimeCode, cancellation);
            return Results.NoContent();
        }).Public().Costs(Cost.SigningIn).WithName("AcceptInvitation").WithTags("session").WithSummary("Makes one's account with the code of an invitation, and signs in.")
            .WithExample(new Acceptance("…", "li.na", "…")).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> InviteAsync(InvitePerson invite, Desk desk, CurrentActor me, IFormCollection form, CancellationToken cancellation)
    {
        var (person, post) = PersonForm.Of(form);
        var invited = await invite.HandleAsync(me.Value, new InvitationInput(person.Name, person.NameEn, person.Email, person.Language, [post.Read()]), cancellation);
        return await desk.ShowAsync(invited.Succeeded ? new Shown(Made: invited.Value) : new Shown(Input: person, Post: post, Failure: invited.Failure), cancellation);
    }

    private static RazorComponentResult<InvitationPage> AcceptPage(string? code, string? login, Failure? failure) => new(new { Code = code, Login = login, Failure = failure })
    {
        StatusCode = failure is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
    };

    private static async Task<IResult> AcceptAsync(
        InvitePerson invite, OpenSession open, IOptions<SiteOptions> site, [FromForm] string? code, [FromForm] string? login, [FromForm] string? password, CancellationToken cancellation)
    {
        var added = await invite.AcceptAsync(code, login, password, cancellation);
        if (!added.Succeeded)
        {
            return AcceptPage(code, login, added.Failure);
        }

        await open.HandleAsync(added.Value.Id, Means.OneTimeCode, cancellation);
        return Results.LocalRedirect(site.Value.StaffHome);
    }

    internal sealed record Shown(Invited? Made = null, bool Done = false, PersonInput? Input = null, PostTyped? Post = null, Failure? Failure = null);

    /// <summary>Puts the administrator's page together.</summary>
    internal sealed class Desk(InvitePerson invite, PostChoices choices)
    {
        public async Task<IResult> ShowAsync(Shown shown, CancellationToken cancellation) => new RazorComponentResult<InvitationsPage>(new
        {
            Invitations = await invite.OpenAsync(cancellation), Organisations = await choices.OrganisationsAsync(cancellation), Areas = await choices.AreasAsync(cancellation),
            Groups = await choices.GroupsAsync(cancellation), Input = shown.Input ?? Nobody, shown.Post, shown.Made, shown.Done, shown.Failure,
        })
        { StatusCode = shown.Failure is null ? StatusCodes.Status200OK : Problem.StatusOf(shown.Failure) };
    }
}
