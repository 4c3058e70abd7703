using Linli.Kernel;
using Linli.Kernel.People;
using Linli.Shell.Accounts;
using Linli.Shell.Accounts.Passwords;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Linli.Shell.People;

/// <summary>A new account with its posts. Without a password the person gets a one-time code and chooses one.</summary>
public sealed class AddPerson(LinliDb db, UserManager<Account> accounts, Hashes hashes, PasswordRules rules, MakeAppointment appoint, GiveCode code, AccountVault vault, TimeProvider clock)
{
    /// <param name="actor">Who adds.</param>
    /// <param name="input">Who is added.</param>
    /// <param name="posts">What they may do.</param>
    /// <param name="password">For founding; null gives a one-time code.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <param name="isKnown">The password stands in a file that everybody reads: the demo's. No rule makes it safer.</param>
    public async Task<Outcome<AddedPerson>> HandleAsync(Actor actor, PersonInput input, IReadOnlyList<PostInput> posts, string? password, CancellationToken cancellation, bool isKnown = false)
    {
        var person = input.Tidy();
        var problems = person.Problems().ToList();
        if (PersonInput.ProblemWithLogin(person.Login) is { } wrongLogin)
        {
            problems.Insert(0, wrongLogin);
        }
        else if (await accounts.FindByNameAsync(person.Login!) is not null)
        {
            problems.Insert(0, new FieldProblem("login", "登录名 {0} 已经有人用了，请换一个。", person.Login!));
        }

        if (password is not null && !isKnown && rules.ProblemWith(password, person.Login, person.Name) is { } weak)
        {
            problems.Add(weak);
        }

        var account = new Account { Id = Guid.CreateVersion7(), UserName = person.Login, Name = person.Name ?? "", NameEn = person.NameEn, Language = person.Language };
        vault.Seal(account, person.Email, person.Phone);
        var appointments = new List<Appointment>();
        foreach (var post in posts)
        {
            var made = await appoint.HandleAsync(actor, account.Id, post, cancellation);
            if (made.Succeeded)
            {
                appointments.Add(made.Value);
            }
            else
            {
                problems.AddRange(((Failure.Invalid)made.Failure).Problems);
            }
        }

        if (problems.Count > 0)
        {
            return new Failure.Invalid(problems);
        }

        var oneTime = password is null ? code.To(account) : null;
        if (password is not null)
        {
            hashes.Set(account, password);
        }

        var created = await accounts.CreateAsync(account);
        if (!created.Succeeded)
        {
            throw new InvalidOperationException(string.Join("; ", created.Errors.Select(e => e.Code)));
        }

        db.AddRange(appointments);
        try
        {
            await db.CommitAsync(actor.Act("shell.add-person", clock.GetUtcNow(), account.Id.ToString()), cancellation);
        }
        catch (DbUpdateException) when (person.Login is { } login)
        {
            db.ChangeTracker.Clear();
            if (await accounts.FindByNameAsync(login) is null)
            {
                throw;
            }

            return new Failure.Invalid("login", "登录名 {0} 已经有人用了，请换一个。", login);
        }

        return new AddedPerson(account.Id, person.Login!, oneTime);
    }
}

/// <param name="Code">Shown once to whoever added the person, to be handed over; null when a password was given.</param>
public sealed record AddedPerson(Guid Id, string Login, string? Code);
