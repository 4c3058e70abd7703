namespace Linli.Server;

/// <summary>Linli cannot start as it was asked to; the message says what to change. A text key and its values, as in a Failure.</summary>
internal sealed class StartRefusedException(string message, params object[] values) : Exception(string.Format(null, message, values))
{
    public string Key { get; } = message;
    public object[] Values { get; } = values;
}
