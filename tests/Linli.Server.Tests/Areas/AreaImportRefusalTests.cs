using System.Text;
using Linli.Kernel;
using Linli.Kernel.Areas;
using Linli.Kernel.People;
using Linli.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Linli.Server.Tests.Areas;

/// <summary>Refusals write nothing, so that all these share one town.</summary>
public sealed class AreaImportRefusalTests(HuguanTown huguan) : IClassFixture<HuguanTown>
{
    private const string Header = "code,parent,level,name,name_en,lon,lat,demo,source\n";
    private const string Small = Header + "990427,,county,壶关县,,113.2,36.1,,\n990427100,990427,town,龙泉镇,Longquan Town,113.2,36.1,,\n990427100001,990427100,village,城南社区,,113.2,36.09,true,x\n";

    [Theory]
    [InlineData("990427100,,town,龙泉镇,,113.2,36.1,,\n990427999001,990427999,village,x,,,,,", "csv:3:parent", "没有上级区域")]
    [InlineData("990427100,,town,龙泉镇,,,,,\n990427101,990427,town,x,,,,,", "csv:3:parent", "没有上级区域")]
    [InlineData("990427,,county,壶关县,,,,,\n990999100,990427,town,x,,,,,", "csv:3:parent", "应以上级代码")]
    [InlineData("99042,,county,壶关县,,,,,", "csv:2:code", "应为 {2} 位")]
    [InlineData("99042７,,county,壶关县,,,,,", "csv:2:code", "应为 {2} 位")]
    [InlineData("990427,,country,壶关县,,,,,", "csv:2:level", "层级")]
    [InlineData("990427,,2,壶关县,,,,,", "csv:2:level", "层级")]
    [InlineData("990427,,county,,,,,,", "csv:2:name", "名称")]
    [InlineData("990427,,county,壶关县,,36.1,113.2,,", "csv:2:lon", "写反")]
    [InlineData("990427,,county,壶关县,,-71.06,42.36,,", "csv:2:lon", "不在中国境内")]
    [InlineData("990427,,county,壶关县,,NaN,36,,", "csv:2:lon", "不是数字")]
    [InlineData("990427,,county,壶关县,,113.2,,,", "csv:2:lon", "同时填写")]
    [InlineData("990427,,county,壶关县,,一百,36,,", "csv:2:lon", "同时填写")]
    [InlineData("990427,,county,壶关县,,,,,\n990427,,county,壶关县,,,,,", "csv:3:code", "重复")]
    [InlineData("", "csv", "没有区域")]
    public async Task A_wrong_row_is_refused_with_its_line_and_nothing_comes_in(string rows, string place, string message)
    {
        var before = await CountAsync<Area>();
        var refused = Assert.IsType<Failure.Invalid>((await ImportAsync(Header + rows)).Failure);
        Assert.Contains(refused.Problems, p => p.Field == place && p.Message.Contains(message, StringComparison.Ordinal));
        Assert.Equal(before, await CountAsync<Area>());
    }

    [Theory]
    [InlineData("[[[113,36],[114,37],[114,36],[113,37],[113,36]]]", "自相交")] // a bow tie
    [InlineData("[[[113,36],[114,36],[114,37],[113,36]],[[115,36],[115.1,36],[115,36.1],[115,36]]]", "自相交")] // a hole outside
    [InlineData("[[[113,36],[114,36],[114,37]]]", "没有闭合")]
    [InlineData("[[[113,36],[114,36],[114,37],[113.1,36.1]]]", "没有闭合")]
    [InlineData("[[[36,113],[36,114],[37,114],[36,113]]]", "写反")]
    [InlineData("[[[2,48],[3,48],[3,49],[2,48]]]", "不在中国境内")]
    [InlineData("[[[\"113\",36],[114,36],[114,37],[113,36]]]", "不是 [经度, 纬度]")]
    [InlineData("[]", "是空的")]
    public async Task A_wrong_boundary_is_refused_with_its_code(string coordinates, string message)
    {
        var before = await CountAsync<Area>();
        var refused = Assert.IsType<Failure.Invalid>((await ImportAsync(Small, Feature("990427", coordinates))).Failure);
        Assert.Contains(refused.Problems, p => p.Field == "geojson:990427" && p.Message.Contains(message, StringComparison.Ordinal));
        Assert.Equal(before, await CountAsync<Area>());
    }

    [Fact]
    public async Task A_self_crossing_names_its_place()
    {
        var refused = Assert.IsType<Failure.Invalid>((await ImportAsync(Small, Feature("990427", "[[[113,36],[114,37],[114,36],[113,37],[113,36]]]"))).Failure);
        Assert.Equal(["990427", 113.5, 36.5], refused.Problems[0].Values);
    }

    [Theory]
    [InlineData("{", "有效的 JSON")]
    [InlineData("[]", "FeatureCollection")]
    [InlineData("{\"features\":[{\"properties\":null,\"geometry\":null}]}", "没有 code 属性")]
    [InlineData("{\"features\":[7]}", "没有 code 属性")]
    [InlineData("{\"features\":[{\"properties\":{\"code\":\"990427\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[113,36]}}]}", "应为 Polygon")]
    public async Task A_file_that_is_no_GeoJson_is_refused(string geoJson, string message)
    {
        var refused = Assert.IsType<Failure.Invalid>((await ImportAsync(Small, geoJson)).Failure);
        Assert.Contains(message, refused.Problems[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("名称,代码\n壶关县,990427\n")]
    [InlineData("")]
    public async Task A_table_without_the_columns_is_refused(string csv) =>
        Assert.Contains("缺少", Assert.IsType<Failure.Invalid>((await ImportAsync(csv)).Failure).Problems[0].Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_table_in_another_encoding_is_refused_with_advice()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var refused = await ImportAsync(new AreaFiles(new MemoryStream(Encoding.GetEncoding("GB18030").GetBytes(Small))));
        Assert.Contains("UTF-8", Assert.IsType<Failure.Invalid>(refused.Failure).Problems[0].Message, StringComparison.Ordinal);
    }

    private static string Feature(string code, string coordinates, string? more = null)
    {
        var one = $$$"""{"type":"Feature","properties":{"code":"{{{code}}}"},"geometry":{"type":"Polygon","coordinates":{{{coordinates}}}}}""";
        return $$"""{"type":"FeatureCollection","features":[{{(more is null ? one : one + "," + more[(more.IndexOf('[') + 1)..^2])}}]}""";
    }

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    private Task<Outcome<ImportedAreas>> ImportAsync(string csv, string? geoJson = null) =>
        ImportAsync(new AreaFiles(Bytes(csv), geoJson is null ? null : Bytes(geoJson)));

    private Task<Outcome<ImportedAreas>> ImportAsync(AreaFiles files) =>
        huguan.Town.InScopeAsync((ImportAreas import) => import.ImportAsync(files, Actor.System, TestContext.Current.CancellationToken));

    private Task<int> CountAsync<T>() where T : class => huguan.Town.InScopeAsync((LinliDb db) => db.Set<T>().CountAsync());
}
