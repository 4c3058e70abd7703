namespace Linli.Kernel.Areas;

/// <summary>One checked line of an area file.</summary>
/// <param name="Line">Counted from 1, the header is line 1.</param>
internal sealed record AreaRow(
    int Line, string Code, string? Parent, AreaLevel Level, string Name, string? NameEn, GeoPoint? Point, bool IsDemo, string? Source);

/// <summary>One checked boundary of a GeoJSON file, in WGS 84.</summary>
internal sealed record AreaBoundary(string Code, byte[] Wkb, bool IsDemo, string? Note);

/// <summary>Collects what is wrong with a file; the first hundred places are listed.</summary>
internal sealed class Problems
{
    private const int MostListed = 100;
    private readonly List<FieldProblem> _listed = [];

    public int Count { get; private set; }

    public void Add(string place, string message, params object[] values) => Add(new FieldProblem(place, message, values));

    /// <summary>Usable coordinates; otherwise the problem is noted.</summary>
    public bool Accepts(GeoPoint point, string place)
    {
        var problem = Coordinates.ProblemWith(point, place);
        if (problem is not null)
        {
            Add(problem);
        }

        return problem is null;
    }

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
