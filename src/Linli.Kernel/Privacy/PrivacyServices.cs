using Microsoft.Extensions.DependencyInjection;

namespace Linli.Kernel.Privacy;

public static class PrivacyServices
{
    /// <param name="folder">Where the keys are, when it is first asked for.</param>
    public static IServiceCollection AddPrivacy(this IServiceCollection services, Func<IServiceProvider, string> folder) => services
        .AddSingleton(p => new KeyRing(folder(p), p.GetRequiredService<TimeProvider>()))
        .AddSingleton<FieldCipher>().AddSingleton<BlindIndex>().AddScoped<KeyCheck>();
}
