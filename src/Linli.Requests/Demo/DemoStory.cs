namespace Linli.Requests.Demo;

/// <summary>One entry of data/demo/requests.json: what somebody in the demo county says, and what comes of it.</summary>
/// <param name="Day">1 to 60; 60 is today.</param>
/// <param name="Twin">Stories with the same mark are the same matter.</param>
internal sealed record DemoStory(
    string Type, string Title, string Text, string? Place, string? Area, string By, int Day, string Resolve, string? Twin = null, string? About = null,
    string? Contact = null, string? Return = null, string? Question = null, string? Answer = null, IReadOnlyDictionary<string, string?>? Fields = null);
