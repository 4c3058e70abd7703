namespace Linli.Kernel;

/// <summary>
/// Why a well-formed request was refused. Expected refusals only; bugs and outages stay exceptions.
/// <paramref name="Message"/> is the Chinese sentence with places {0}, {1} …; it is also the key of its English text.
/// It says what is wrong, with which value, and what to do.
/// </summary>
public abstract record Failure(string Code, string Message, params object[] Values)
{
    /// <summary>Nothing has this key, or the reader may not know that it exists.</summary>
    public sealed record NotFound(string Message, params object[] Values) : Failure("not_found", Message, Values);

    /// <summary>The reader has to say who they are first.</summary>
    public sealed record SignInNeeded() : Failure("sign_in_needed", "请先登录。");

    /// <summary>The reader is known and may not do this.</summary>
    public sealed record Forbidden(string Message, params object[] Values) : Failure("forbidden", Message, Values);

    /// <summary>The state of things does not allow it (any more). <paramref name="Code"/> is stable and part of the API.</summary>
    public sealed record Conflict(string Code, string Message, params object[] Values) : Failure(Code, Message, Values);

    /// <summary>Too often, or too many at once. <paramref name="Wait"/> says when it may be tried again.</summary>
    public sealed record TooMany(string Message, TimeSpan Wait, params object[] Values) : Failure("too_many_requests", Message, Values);

    /// <summary>The input is wrong; every wrong field is named.</summary>
    public sealed record Invalid(IReadOnlyList<FieldProblem> Problems)
        : Failure("invalid", "有 {0} 处需要修改。", Problems.Count)
    {
        public Invalid(string field, string message, params object[] values) : this([new FieldProblem(field, message, values)])
        {
        }
    }
}

/// <summary>What is wrong with one field. <paramref name="Field"/> is the name in the form and in JSON (camelCase).</summary>
public sealed record FieldProblem(string Field, string Message, params object[] Values);
