namespace Linli.Kernel;

/// <summary>A word inside a message that has its own translation: a state, a step, a role. The Chinese text is the key.</summary>
public sealed record Word(string Key)
{
    public override string ToString() => Key;
}
