using System.Globalization;
using Linli.Shell.Text;

namespace Linli.Server;

/// <summary>The words of the command line: Chinese where the system's language is Chinese, English elsewhere.</summary>
internal static class Terminal
{
    public static Words T { get; } = new();

    public static void Say(string key, params object[] values) => Console.WriteLine(T[key, values]);

    public static void Complain(string key, params object[] values) => Console.Error.WriteLine(T[key, values]);

    internal sealed class Words
    {
        private static readonly CultureInfo Language =
            CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? CultureInfo.CurrentUICulture : CultureInfo.GetCultureInfo("en");

        private readonly Lazy<Texts> _texts = new(() => new Texts(Modules.Assemblies));

        /// <summary>For what carries both languages.</summary>
        public static bool IsChinese => Language.TwoLetterISOLanguageName == "zh";

        public string this[string key, params object[] values] => _texts.Value.In(Language, key, values);
    }
}
