using System.Diagnostics.CodeAnalysis;

namespace Linli.Kernel;

/// <summary>Either a value or the <see cref="Failure"/> that says why there is none.</summary>
[SuppressMessage("Usage", "CA2225", Justification = "The implicit conversions are the point of the type.")]
public sealed class Outcome<T> where T : notnull
{
    private readonly T? _value;

    private Outcome(T? value, Failure? failure) => (_value, Failure) = (value, failure);

    public Failure? Failure { get; }

    [MemberNotNullWhen(false, nameof(Failure))]
    public bool Succeeded => Failure is null;

    public T Value => Failure is null ? _value! : throw new InvalidOperationException($"The outcome is a failure: {Failure}");

    public static implicit operator Outcome<T>(T value) => new(value, null);
    public static implicit operator Outcome<T>(Failure failure) => new(default, failure);
}
