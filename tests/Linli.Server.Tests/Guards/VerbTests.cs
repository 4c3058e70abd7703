using System.Text.RegularExpressions;
using Linli.Kernel.Audit;
using Linli.Requests.Life;
using Linli.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Server.Tests.Guards;

/// <summary>Auditors read sentences: every verb that an act of the product can have has its words.</summary>
public sealed partial class VerbTests
{
    /// <summary>Verbs that are put together: of steps, which a table of all steps words, and of handlers, which are found below.</summary>
    private static readonly string[] PutTogether = ["$\"requests.{order.Step}\"", "$\"outbox.{subscription.Handler}\""];

    [Fact]
    public async Task Every_verb_of_the_product_has_its_words()
    {
        await using var town = await Town.EmptyAsync();
        var known = town.Services.GetServices<VerbWords>().Select(v => v.Verb).ToList();
        var used = Acts().SelectMany(a => a.Verbs).Concat(Handlers().Select(h => $"outbox.{h}")).Concat(Enum.GetNames<Step>().Select(s => $"requests.{s}")).Distinct().ToList();

        Assert.Empty(used.Except(known));
        Assert.Equal(known.Distinct(), known);
        Assert.True(used.Count > 40, $"Only {used.Count} verbs were found.");
    }

    [Fact]
    public void Every_act_says_its_verb_where_this_guard_can_read_it() =>
        Assert.Empty(Acts().Where(a => a.Verbs.Count == 0 && !a.IsRead).Select(a => $"{a.Where}: write the verb as \"module.verb\" here, or into something that is called verb."));

    /// <summary>Calls of Act(…), BySystem(…) and new Act(…), and whatever is called verb.</summary>
    private static IEnumerable<(string Where, List<string> Verbs, bool IsRead)> Acts()
    {
        foreach (var file in Repository.Files("src", "*.cs").Where(f => f != "src/Linli.Kernel/Act.cs" && f != "src/Linli.Kernel/People/Actor.cs"))
        {
            var tree = CSharpSyntaxTree.ParseText(File.ReadAllText(Repository.At(file)), new CSharpParseOptions(LanguageVersion.Preview));
            var passesOn = tree.GetRoot().ToString().Contains(".Act(verb", StringComparison.Ordinal);
            foreach (var node in tree.GetRoot().DescendantNodes())
            {
                SyntaxNode? said = node switch
                {
                    InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Act" or "BySystem" } } call when call.ArgumentList.Arguments.Count > 1 => call.ArgumentList,
                    ObjectCreationExpressionSyntax { Type: IdentifierNameSyntax { Identifier.Text: "Act" } } made => made.ArgumentList,
                    InvocationExpressionSyntax call when passesOn && call.ArgumentList.Arguments.Any(a => Verbs(a).Any()) => call.ArgumentList,
                    VariableDeclaratorSyntax named when named.Identifier.Text.Equals("verb", StringComparison.OrdinalIgnoreCase) => named.Initializer,
                    _ => null,
                };
                if (said is not null)
                {
                    var isVariable = node is VariableDeclaratorSyntax || said.DescendantNodes().Any(n => n is IdentifierNameSyntax { Identifier.Text: "verb" or "Verb" } || (n is InterpolatedStringExpressionSyntax && PutTogether.Contains(n.ToString())));
                    yield return ($"{file}:{tree.GetLineSpan(node.Span).StartLinePosition.Line + 1}", [.. Verbs(said)], isVariable);
                }
            }
        }
    }

    private static IEnumerable<string> Verbs(SyntaxNode said) =>
        said.DescendantNodesAndSelf().OfType<LiteralExpressionSyntax>().Select(l => l.Token.ValueText).Where(text => Verb().IsMatch(text));

    private static IEnumerable<string> Handlers() =>
        Repository.Files("src", "*.cs").SelectMany(f => Handler().Matches(File.ReadAllText(Repository.At(f)))).Select(m => m.Groups[1].Value).Where(h => h != "THandler");

    [GeneratedRegex(@"^[a-z]+\.[A-Za-z-]+$")]
    private static partial Regex Verb();

    [GeneratedRegex(@"AddEventHandler<\w+, (\w+)>\(\)")]
    private static partial Regex Handler();
}
