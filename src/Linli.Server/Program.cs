using System.CommandLine;
using Linli.Database;
using Linli.Server;
using Linli.Server.Verbs;

var root = new RootCommand(Terminal.T["邻里：县域民生诉求从提出到评价的闭环"])
{
    Door.Data,
    ServeVerb.Urls,
    ServeVerb.Create(),
    DemoVerb.Create(),
    MigrateVerb.Create(),
    AreasVerb.Create(),
    CatalogueVerb.CreateOrganisations(),
    CatalogueVerb.CreateCatalogue(),
    ClocksVerb.Create(),
    ImportVerb.Create(),
};
root.SetAction(ServeVerb.RunAsync);

try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (StartRefusedException refused)
{
    Terminal.Complain(refused.Key, refused.Values);
}
catch (SchemaRefusedException refused)
{
    Terminal.Complain(refused.Key, [.. refused.Values]);
}

return 1;
