using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.RegularExpressions;
using Linli.Database;
using Linli.Shell.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Attacks.Sessions;

/// <summary>Writes down the work that a call costs: every statement as the database gets it, without its values, and every hash of a password.</summary>
internal sealed partial class Statements : DbCommandInterceptor, IPasswordHasher<Account>
{
    private readonly ConcurrentQueue<string> _done = new();
    private readonly PasswordHasher<Account> _hasher = new(Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = 1 }));

    public void AddTo(IServiceCollection services)
    {
        services.ConfigureDbContext<SqliteLinliDb>(o => o.AddInterceptors(this));
        services.ConfigureDbContext<PostgresLinliDb>(o => o.AddInterceptors(this));
        services.AddSingleton<IPasswordHasher<Account>>(this);
    }

    /// <summary>Since the last time.</summary>
    public string Take()
    {
        var done = string.Join("\n", _done);
        _done.Clear();
        return done;
    }

    public string HashPassword(Account user, string password) => Note("hash", _hasher.HashPassword(user, password));

    public PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword) => Note("hash", _hasher.VerifyHashedPassword(user, hashedPassword, providedPassword));

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Note(Values().Replace(command.CommandText, "?"), result));

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Note(Values().Replace(command.CommandText, "?"), result));

    private T Note<T>(string what, T result)
    {
        _done.Enqueue(what);
        return result;
    }

    [GeneratedRegex(@"'[^']*'|@\w+|\$\d+")]
    private static partial Regex Values();
}
