using Linli.Database;
using Linli.Kernel;
using Linli.Server;
using Linli.Shell.Accounts;
using Linli.Shell.Text;

var builder = WebApplication.CreateBuilder(args);
builder.Host.UseDefaultServiceProvider(o => (o.ValidateScopes, o.ValidateOnBuild) = (true, true));
builder.Services.AddLinliDatabase(new Store(
    builder.Configuration["Database:Provider"] ?? "sqlite",
    builder.Configuration["Database:Connection"] ?? "Data Source=linli.db"));
builder.Services.AddSingleton<IModelPart, KernelModel>();
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton(new Texts([typeof(LinliDb).Assembly, .. Modules.All.Select(m => m.GetType().Assembly), typeof(Program).Assembly]));
builder.Services.AddRazorComponents();
foreach (var module in Modules.All)
{
    builder.Services.AddSingleton(module);
    builder.Services.AddSingleton(module.Model);
    module.AddServices(builder.Services);
}

var app = builder.Build();
app.UseLinliAccounts();

// Forms carry no tokens; the guard in front of them asks the browser where they come from (docs/decisions/0007).
var routes = app.MapGroup("").DisableAntiforgery();
foreach (var module in Modules.All)
{
    module.MapEndpoints(routes);
}

await app.RunAsync();

public partial class Program;
