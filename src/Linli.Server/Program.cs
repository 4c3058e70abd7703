using System.CommandLine;
using Linli.Database;
using Linli.Kernel;
using Linli.Kernel.Audit;
using Linli.Kernel.Privacy;
using Linli.Server;
using Linli.Server.Verbs;

PrivateFiles.Begin();
var root = new RootCommand(Terminal.T["邻里：县域民生诉求从提出到评价的闭环"])
{
    Door.Data,
    ServeVerb.Urls,
    ServeVerb.Create(),
    DemoVerb.Create(),
    MigrateVerb.Create(),
    AreasVerb.Create(),
    PlacesVerb.Create(),
    CatalogueVerb.CreateOrganisations(),
    CatalogueVerb.CreateCatalogue(),
    CalendarsVerb.Create(),
    ClocksVerb.Create(),
    ImportVerb.Create(),
    RoutingVerb.Create(),
    TopicsVerb.Create(),
    OpenDataVerb.Create(),
    KeysVerb.Create(),
    ClientsVerb.Create(),
    PrivacyVerb.Create(),
    AuditVerb.Create(),
    CodeVerb.Create(),
    EvidenceVerb.Create(),
    ArchiveVerb.Create(),
};
root.SetAction(ServeVerb.RunAsync);

try
{
    var asked = root.Parse(args);
    if (WrongArguments.Complain(asked))
    {
        return AuditVerb.ExitCode(asked, 1);
    }

    return AuditVerb.ExitCode(asked, await asked.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));
}
catch (SchemaRefusedException refused)
{
    Terminal.Complain(refused.Key, [.. refused.Values]);
}
catch (KeysRefusedException refused)
{
    Terminal.Complain(refused.Key, [.. refused.Values]);
}
catch (AuditBrokenException broken)
{
    Terminal.Complain(broken.Key, [.. broken.Values]);
}
catch (OperationCanceledException)
{
    Terminal.Complain("已中断。");
}
catch (Exception failure)
{
    var known = StartTrouble.Of(failure);
    Terminal.Complain(known?.Key ?? "邻里意外停止，这是程序的错。请把下面的内容报告给维护者：\n{0}", known?.Values ?? [failure]);
}

return 1;
