namespace Linli.Kernel.Clocks;

/// <summary>The same thing said in Chinese and in English. Explanations carry both, so that they can be stored, printed and read by anybody.</summary>
public readonly record struct Wording(string Zh, string En)
{
    public override string ToString() => Zh;

    public static Wording operator +(Wording left, Wording right) => Add(left, right);

    public static Wording Add(Wording left, Wording right) => new(left.Zh + right.Zh, left.En + right.En);
}
