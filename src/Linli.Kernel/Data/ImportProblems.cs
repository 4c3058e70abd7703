namespace Linli.Kernel;

/// <summary>Collects what is wrong with files that are imported; the first hundred places are listed, the others counted.</summary>
public sealed class ImportProblems
{
    private const int MostListed = 100;
    private readonly List<FieldProblem> _listed = [];

    public int Count { get; private set; }

    /// <param name="place">File, entry or line, and field: "service-types.json › road-damage › urgency".</param>
    /// <param name="message">Chinese, key of its English text.</param>
    /// <param name="values">For the places {0}, {1} … of the message.</param>
    public void Add(string place, string message, params object[] values) => Add(new FieldProblem(place, message, values));

    public void Add(FieldProblem problem)
    {
        Count++;
        if (_listed.Count < MostListed)
        {
            _listed.Add(problem);
        }
    }

    public Failure ToFailure() => new Failure.Invalid(_listed);
}
