using System.Text;
using System.Text.Json;
using Linli.Kernel;
using Linli.Kernel.Organisations;
using Linli.Shell.Text;
using Linli.Testing;
using Linli.Testing.Http;
using Microsoft.EntityFrameworkCore;
using static Linli.Requests.Tests.Import.AssistantTests;

namespace Linli.Requests.Tests.Import;

/// <summary>Files as offices keep them: several sheets, merged headings and cells, days as numbers, zeros in front, other encodings, many rows.</summary>
public sealed class AssistantFilesTests
{
    [Fact]
    public async Task The_sheet_with_headings_is_found_another_can_be_chosen_and_its_columns_are_guessed_anew()
    {
        await using var town = await Town.FoundAsync();
        using var administrator = await town.HttpAsync("guanli");
        var draft = await BeginSheetsAsync(administrator, town,
            new WorkSheet("填表说明", [["请按要求填写"], ["每行一个单位"]]),
            new WorkSheet("一季度", [["单位代码", "单位名称", "单位类型"], ["new-1", "新设一局", "部门"]]),
            new WorkSheet("二季度", [["代码", "机构名称", "性质"], ["new-2", "新设二局", "部门"], ["new-3", "新设三局", "部门"]]));
        Assert.Equal(("一季度", 1, 3), (draft.GetProperty("sheet").GetString(), draft.GetProperty("total").GetInt32(), draft.GetProperty("sheets").GetArrayLength()));

        var page = await administrator.GetAsync($"/admin/imports/{IdOf(draft)}");
        var chosen = await administrator.SubmitAsync(page, "form[action$='/columns']", ("sheet", "二季度"));
        Assert.Contains("新设三局", chosen.Text, StringComparison.Ordinal);
        var now = (await administrator.GetAsync($"/api/imports/{IdOf(draft)}")).Json();
        Assert.Equal(("机构名称", 2, 2), (now.GetProperty("columns").GetProperty("name").GetString(), now.GetProperty("right").GetInt32(), now.GetProperty("total").GetInt32()));
        Assert.Equal(2, (await RunAsync(town, administrator, draft)).GetProperty("imported").GetInt32());
    }

    [Fact]
    public async Task Merged_headings_merged_cells_blank_rows_numbers_of_days_and_zeros_in_front_are_read_as_people_see_them()
    {
        await using var town = await Town.FoundAsync();
        using var administrator = await town.HttpAsync("guanli");
        var day = new DateTime(2026, 2, 1, 8, 30, 0, DateTimeKind.Unspecified);
        var draft = await BeginAsync(administrator, "requests", Bytes(town, new WorkSheet("台账",
            [
                ["诉求登记台账"],
                ["工单编号", "乡镇", "反映情况", "", "反映人", ""],
                ["", "", "诉求内容", "受理时间", "姓名", "电话"],
                [new SixDigits(123), "龙泉镇", "城南社区卫生站对面的路灯不亮", day.ToOADate(), "李四", 13900000001d],
                [""],
                [new SixDigits(124), "", "垃圾没人收", day, "", ""],
                [6222020000001234567d, "龙泉镇", "井盖没了", day, "", ""],
            ], "A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:F2", "B4:B6")), "台账.xlsx");

        Assert.Equal(["工单编号", "乡镇", "诉求内容", "受理时间", "姓名", "电话"], draft.GetProperty("headings").EnumerateArray().Select(h => h.GetString()!));
        var flaw = Assert.Single(draft.GetProperty("flaws").EnumerateArray());
        Assert.Equal(7, flaw.GetProperty("row").GetInt32());
        Assert.Contains("前 15 位", flaw.GetProperty("problem").GetString(), StringComparison.Ordinal);
        await RunAsync(town, administrator, draft);

        var requests = await town.ReadAsync(db => db.Set<ServiceRequest>().AsNoTracking().OrderBy(r => r.ExternalId).ToListAsync());
        Assert.Equal(["000123", "000124"], requests.Select(r => r.ExternalId));
        Assert.All(requests, r => Assert.Equal(day, LocalTime.Of(r.ReportedAt).DateTime));
        Assert.All(requests, r => Assert.StartsWith("140427100", r.AreaCode, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_heading_that_is_merged_sideways_with_nothing_below_it_eats_no_row()
    {
        await using var town = await Town.FoundAsync();
        using var administrator = await town.HttpAsync("guanli");
        var draft = await BeginAsync(administrator, "areas", Bytes(town, new WorkSheet("表",
            [["代码", "名称", "备注", ""], ["140427100901", "甲村", "甲", "乙"], ["140427100902", "乙村", "", ""]], "C1:D1")), "a.xlsx");
        Assert.Equal(["代码", "名称", "备注", "备注"], draft.GetProperty("headings").EnumerateArray().Select(h => h.GetString()!));
        Assert.Equal((2, 2), (draft.GetProperty("total").GetInt32(), draft.GetProperty("right").GetInt32()));
    }

    [Fact]
    public async Task Two_columns_that_are_called_alike_are_told_apart_by_what_stands_above()
    {
        await using var town = await Town.FoundAsync();
        using var administrator = await town.HttpAsync("guanli");
        var draft = await BeginAsync(administrator, "requests", Bytes(town, new WorkSheet("表",
            [["编号", "反映人", "", "承办人", ""], ["", "姓名", "电话", "姓名", "电话"], ["1", "李四", "13900000001", "王五", "13900000002"]], "A1:A2", "B1:C1", "D1:E1")), "a.xlsx");
        Assert.Equal(["编号", "反映人 姓名", "反映人 电话", "承办人 姓名", "承办人 电话"], draft.GetProperty("headings").EnumerateArray().Select(h => h.GetString()!));
    }

    [Theory]
    [InlineData("GB18030", ';', "\r\n")]
    [InlineData("utf-16", '\t', "\r\n")]
    [InlineData("utf-8", ',', "\n")]
    public async Task Text_files_of_any_usual_encoding_and_separator_are_the_same_table(string encoding, char separator, string end)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        await using var town = await Town.FoundAsync();
        using var administrator = await town.HttpAsync("guanli");
        string[] rows = ["单位代码,单位名称,单位类型", ",,", "007,“七号”值班室,部门", ",,"];
        var of = Encoding.GetEncoding(encoding);
        var draft = await BeginAsync(administrator, "organisations", [.. of.GetPreamble(), .. of.GetBytes(string.Join(end, rows).Replace(',', separator))], "a.csv");
        Assert.Equal((0, 1), (draft.GetProperty("flaws").GetArrayLength(), draft.GetProperty("right").GetInt32()));
        await RunAsync(town, administrator, draft);
        Assert.Equal("“七号”值班室", await town.ReadAsync(db => db.Set<Organisation>().Where(o => o.Code == "007").Select(o => o.Name).SingleAsync()));
    }

    /// <summary>Tried a hundred at a time, so what a row builds on may lie in an earlier piece; and the same login far above is still the same.</summary>
    [Fact]
    public async Task Wrong_cells_far_down_are_found_before_anything_is_written()
    {
        await using var town = await Town.FoundAsync();
        using var administrator = await town.HttpAsync("guanli");
        var rows = Enumerable.Range(0, 330).Select(i => i switch { 300 => "last,末局,部门,总局", 310 => "odd,怪局,部门,没有的局", 0 => "top,总局,部门,", _ => $"o{i},单位{i},部门,总局" });
        var draft = await BeginAsync(administrator, "organisations", "单位代码,单位名称,单位类型,上级单位\n" + string.Join('\n', rows));
        Assert.Equal((330, 329, 312), (draft.GetProperty("checked").GetInt32(), draft.GetProperty("right").GetInt32(), Assert.Single(draft.GetProperty("flaws").EnumerateArray()).GetProperty("row").GetInt32()));

        var staff = await BeginAsync(administrator, "staff", "登录名,姓名,岗位\n" + string.Concat(Enumerable.Range(0, 150).Select(i => $"p{i % 149},人,派单员\n")));
        Assert.Equal(151, Assert.Single(staff.GetProperty("flaws").EnumerateArray()).GetProperty("row").GetInt32());

        var later = (await administrator.GetAsync($"/api/imports/{IdOf(draft)}?from=305")).Json();
        Assert.Equal((305, 25, 24), (later.GetProperty("checkedFrom").GetInt32(), later.GetProperty("checked").GetInt32(), later.GetProperty("right").GetInt32()));
        Assert.Equal(0, await town.ReadAsync(db => db.Set<Organisation>().CountAsync(o => o.Code == "top")));
    }

    private static Task<JsonElement> BeginSheetsAsync(Visitor administrator, Town town, params WorkSheet[] sheets) => BeginAsync(administrator, "organisations", Bytes(town, sheets), "a.xlsx");

    private static byte[] Bytes(Town town, params WorkSheet[] sheets)
    {
        var path = Path.Combine(town.Store.Data.Path, "a.xlsx");
        Workbook.Write(path, sheets);
        return File.ReadAllBytes(path);
    }
}
