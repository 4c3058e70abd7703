namespace Linli.Shell.Pages;

/// <summary>What a colour means. Colour never stands alone: a text or an icon says the same.</summary>
public enum Tone
{
    Neutral,
    Brand,
    Info,
    Good,
    Warn,
    Bad,
    Special,
}

/// <summary>Who a page is for: decides size, menu and frame.</summary>
public enum Audience
{
    /// <summary>Large and simple, a bar of big buttons at the thumb.</summary>
    Resident,

    /// <summary>Denser, with the workbench's menu at the side.</summary>
    Staff,
}

/// <summary>One thing to choose in <see cref="Select"/> or <see cref="Choices"/>; texts are shown as they are, already in the reader's language.</summary>
/// <param name="Group">Heading under which a list shows it.</param>
/// <param name="Hint">Second line of a card.</param>
/// <param name="Icon">Icon of a card.</param>
public sealed record Option(string Value, string Text, string? Group = null, string? Hint = null, string? Icon = null, bool Disabled = false);

/// <summary>One tab: a link to a view of the same matter.</summary>
public sealed record TabItem(string Text, string Href, bool Active, int? Count = null, string? Icon = null, string? LiveCount = null);

/// <summary>One link of the way to this page.</summary>
public sealed record Crumb(string Text, string Href);
