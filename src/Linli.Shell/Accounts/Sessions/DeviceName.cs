namespace Linli.Shell.Accounts.Sessions;

/// <summary>What the owner of an account recognises a device by: browser and system. No versions, no place.</summary>
internal static class DeviceName
{
    // In this order: each claims to be those after it as well.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("MicroMessenger", "WeChat"), ("DingTalk", "DingTalk"), ("HuaweiBrowser", "Huawei Browser"), ("MiuiBrowser", "MIUI Browser"), ("UCBrowser", "UC"), ("QQBrowser", "QQ Browser"),
        ("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("OpenHarmony", "HarmonyOS"), ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "Mac"), ("Linux", "Linux"),
    ];

    public static string Of(string? userAgent) =>
        (Find(Browsers, userAgent), Find(Systems, userAgent)) switch
        {
            ({ } browser, { } system) => $"{browser} · {system}",
            ({ } browser, null) => browser,
            (null, { } system) => system,
            _ => "",
        };

    private static string? Find((string Mark, string Name)[] known, string? userAgent) =>
        userAgent is null ? null : known.FirstOrDefault(k => userAgent.Contains(k.Mark, StringComparison.Ordinal)).Name;
}
