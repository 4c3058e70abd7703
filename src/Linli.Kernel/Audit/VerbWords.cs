using Microsoft.Extensions.DependencyInjection;

namespace Linli.Kernel.Audit;

/// <summary>What an entry of the audit log is about, by its verb.</summary>
public enum AuditKind
{
    /// <summary>Something was changed.</summary>
    Act,

    /// <summary>Personal data was read, or data was taken out.</summary>
    Read,

    /// <summary>Somebody signed in or out, or tried to.</summary>
    SignIn,
}

/// <summary>The words of one verb in the audit log. A test holds that every verb of the product has them.</summary>
/// <param name="Verb">As in <see cref="Act.Verb"/>.</param>
/// <param name="Words">What was done, in Chinese; key of its English text. {0} is the subject.</param>
/// <param name="Codes">Words of the codes that its <see cref="Act.Reason"/> is made of, separated by spaces; null where that is written by a person.</param>
public sealed record VerbWords(string Verb, string Words, AuditKind Kind = AuditKind.Act, IReadOnlyDictionary<string, string>? Codes = null);

public static class VerbWordsServices
{
    public static IServiceCollection AddVerbWords(this IServiceCollection services, IEnumerable<VerbWords> verbs)
    {
        foreach (var verb in verbs)
        {
            services.AddSingleton(verb);
        }

        return services;
    }
}
