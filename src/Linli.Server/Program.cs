using Linli.Database;
using Linli.Kernel;
using Linli.Server;

var builder = WebApplication.CreateBuilder(args);
builder.Host.UseDefaultServiceProvider(o => (o.ValidateScopes, o.ValidateOnBuild) = (true, true));
builder.Services.AddLinliDatabase(new Store(
    builder.Configuration["Database:Provider"] ?? "sqlite",
    builder.Configuration["Database:Connection"] ?? "Data Source=linli.db"));
builder.Services.AddSingleton<IModelPart, KernelModel>();
foreach (var module in Modules.All)
{
    builder.Services.AddSingleton(module.Model);
    module.AddServices(builder.Services);
}

var app = builder.Build();
foreach (var module in Modules.All)
{
    module.MapEndpoints(app);
}

await app.RunAsync();

public partial class Program;
