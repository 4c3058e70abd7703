namespace Linli.Kernel;

/// <summary>A word inside a message that has its own translation: a state, a step, a role. The Chinese text is the key.</summary>
public sealed record Word(string Key)
{
    public override string ToString() => Key;
}

/// <summary>A sentence inside a message that has its own translation and its own values. The Chinese text is the key.</summary>
public sealed record Saying(string Key, params object[] Values)
{
    public override string ToString() => string.Format(System.Globalization.CultureInfo.InvariantCulture, Key, Values);
}
