using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Linli.Shell.Accounts.Confirming;
using Linli.Shell.Accounts.SecondFactor;
using Linli.Shell.Accounts.Sessions;
using Linli.Shell.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Linli.Shell.People;

/// <summary>/admin/people: the administrator's pages about people.</summary>
internal static class PeoplePages
{
    private static readonly PersonInput Nobody = new(null, null, null, null, null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/admin/people").Requires(ShellPermissions.ManagePeople).ExcludeFromDescription();
        pages.MapGet("", ListAsync);
        pages.MapGet("/new", (PostChoices choices, CancellationToken cancellation) => NewPageAsync(choices, Nobody, null, null, cancellation));
        pages.MapPost("", AddAsync).Confirmed("添加人员");
        pages.MapGet("/{id:guid}", (Guid id, bool? done, Desk desk, CancellationToken cancellation) => desk.ShowAsync(id, new Shown(Done: done == true), cancellation));
        pages.MapPost("/{id:guid}", ChangeAsync).Confirmed("修改人员资料");
        pages.MapPost("/{id:guid}/active", SwitchAsync).Confirmed("启用或停用账号");
        pages.MapPost("/{id:guid}/code", GiveCodeAsync).Confirmed("发一次性代码");
        pages.MapPost("/{id:guid}/factor-reset", AskResetAsync).Confirmed("申请重置别人的第二步验证");
        pages.MapPost("/{id:guid}/factor-reset/agree", AgreeResetAsync).Confirmed("重置别人的第二步验证");
        pages.MapPost("/{id:guid}/sessions/end", EndSessionsAsync);
        pages.MapPost("/{id:guid}/posts", AppointAsync).Confirmed("给人任职");
        pages.MapPost("/{id:guid}/posts/{post:guid}/end", EndAsync).Confirmed("终止任职");
    }

    private static async Task<IResult> ListAsync(ReadPeople read, string? search, string? role, int? page, CancellationToken cancellation)
    {
        Role? asked = Enum.TryParse<Role>(role, out var known) ? known : null;
        return new RazorComponentResult<PeoplePage>(new { People = await read.ListAsync(search, asked, page ?? 1, cancellation), Search = search, Role = asked?.ToString() });
    }

    private static async Task<IResult> NewPageAsync(PostChoices choices, PersonInput input, PostTyped? post, Failure? failure, CancellationToken cancellation) =>
        new RazorComponentResult<NewPersonPage>(new
        {
            Input = input, Post = post, Failure = failure,
            Organisations = await choices.OrganisationsAsync(cancellation), Areas = await choices.AreasAsync(cancellation), Groups = await choices.GroupsAsync(cancellation),
        })
        { StatusCode = failure is null ? StatusCodes.Status200OK : Problem.StatusOf(failure) };

    private static async Task<IResult> AddAsync(AddPerson add, PostChoices choices, Desk desk, CurrentActor me, IFormCollection form, CancellationToken cancellation)
    {
        var (input, post) = PersonForm.Of(form);
        var added = await add.HandleAsync(me.Value, input, [post.Read()], null, cancellation);
        return added.Succeeded
            ? await desk.ShowAsync(added.Value.Id, new Shown(Code: added.Value.Code), cancellation)
            : await NewPageAsync(choices, input, post, added.Failure, cancellation);
    }

    private static async Task<IResult> ChangeAsync(ChangePerson change, Desk desk, CurrentActor me, Guid id, IFormCollection form, CancellationToken cancellation)
    {
        var input = PersonForm.Of(form).Person;
        var changed = await change.HandleAsync(me.Value, id, input, cancellation);
        return changed.Succeeded ? Back(id) : await desk.ShowAsync(id, new Shown(Form: "person", Failure: changed.Failure, Input: input), cancellation);
    }

    private static async Task<IResult> SwitchAsync(ChangePerson change, Desk desk, CurrentActor me, Guid id, [FromForm] bool isActive, CancellationToken cancellation)
    {
        var switched = await change.SwitchAsync(me.Value, id, isActive, cancellation);
        return switched.Succeeded ? Back(id) : await desk.ShowAsync(id, new Shown(Failure: switched.Failure), cancellation);
    }

    private static async Task<IResult> GiveCodeAsync(HttpContext context, GiveCode give, Desk desk, CurrentActor me, Guid id, CancellationToken cancellation)
    {
        var resets = context.Request.HasFormContentType && (await context.Request.ReadFormAsync(cancellation))["resetsFactor"] == "true";
        var given = await give.HandleAsync(me.Value, id, cancellation, resets);
        return await desk.ShowAsync(id, given.Succeeded ? new Shown(Code: given.Value.Code) : new Shown(Failure: given.Failure), cancellation);
    }

    private static async Task<IResult> AskResetAsync(ResetFactor reset, Desk desk, CurrentActor me, Guid id, CancellationToken cancellation)
    {
        var asked = await reset.AskAsync(me.Value, id, cancellation);
        return asked.Succeeded ? Back(id) : await desk.ShowAsync(id, new Shown(Failure: asked.Failure), cancellation);
    }

    private static async Task<IResult> AgreeResetAsync(ResetFactor reset, Desk desk, CurrentActor me, Guid id, CancellationToken cancellation)
    {
        var agreed = await reset.AgreeAsync(me.Value, id, cancellation);
        return agreed.Succeeded ? Back(id) : await desk.ShowAsync(id, new Shown(Failure: agreed.Failure), cancellation);
    }

    private static async Task<IResult> EndSessionsAsync(EndSessions end, CurrentActor me, Guid id, CancellationToken cancellation) =>
        await end.AllOfAsync(me.Value, id, cancellation) is { Succeeded: false } refused ? Refusal.Of(refused.Failure) : Back(id);

    private static async Task<IResult> AppointAsync(ChangePosts posts, Desk desk, CurrentActor me, Guid id, IFormCollection form, CancellationToken cancellation)
    {
        var post = PersonForm.Of(form).Post;
        var appointed = await posts.AppointAsync(me.Value, id, post.Read(), cancellation);
        return appointed.Succeeded ? Back(id) : await desk.ShowAsync(id, new Shown(Form: "post", Failure: appointed.Failure, Post: post), cancellation);
    }

    private static async Task<IResult> EndAsync(ChangePosts posts, Desk desk, CurrentActor me, Guid id, Guid post, [FromForm] string? until, CancellationToken cancellation)
    {
        var ended = await posts.EndAsync(me.Value, id, post, PostTyped.Time(until), cancellation);
        return ended.Succeeded ? Back(id) : await desk.ShowAsync(id, new Shown(Failure: ended.Failure), cancellation);
    }

    private static IResult Back(Guid id) => Results.LocalRedirect($"/admin/people/{id}?done=true");

    /// <summary>What the page about a person shows besides the person.</summary>
    internal sealed record Shown(string? Code = null, bool Done = false, string? Form = null, Failure? Failure = null, PersonInput? Input = null, PostTyped? Post = null);

    /// <summary>Puts the page about a person together.</summary>
    internal sealed class Desk(ReadPeople read, PostChoices choices, ResetFactor reset, CurrentActor me, TimeProvider clock)
    {
        public async Task<IResult> ShowAsync(Guid id, Shown shown, CancellationToken cancellation)
        {
            var found = await read.OneAsync(id, cancellation);
            if (!found.Succeeded)
            {
                return Refusal.Of(found.Failure);
            }

            var person = found.Value;
            return new RazorComponentResult<PersonPage>(new
            {
                Person = person, Input = shown.Input ?? new PersonInput(person.Login, person.Name, person.NameEn, person.Email, person.Language, person.Phone), Now = clock.GetUtcNow(),
                Organisations = await choices.OrganisationsAsync(cancellation), Areas = await choices.AreasAsync(cancellation), Groups = await choices.GroupsAsync(cancellation),
                Reset = await reset.OpenOfAsync(id, cancellation), HasOtherAdministrator = await reset.HasOtherAsync(me.Value.Id, id, cancellation),
                shown.Code, shown.Done, shown.Form, shown.Failure, shown.Post,
            })
            { StatusCode = shown.Failure is null ? StatusCodes.Status200OK : Problem.StatusOf(shown.Failure) };
        }
    }
}

/// <summary>The forms about a person, as they are posted.</summary>
internal sealed record PersonForm(PersonInput Person, PostTyped Post)
{
    public static PersonForm Of(IFormCollection form) => new(
        new PersonInput(form["login"], form["name"], form["nameEn"], form["email"], form["language"], form["phone"]),
        new PostTyped(form["role"], form["organisationId"], form["areaCode"], form["from"], form["until"],
            [.. form["serviceGroups"].OfType<string>()], form["seesSensitive"] == "true"));
}
