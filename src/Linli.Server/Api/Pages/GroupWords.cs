namespace Linli.Server.Api.Pages;

/// <summary>What a group of endpoints is called. Text keys.</summary>
internal static class GroupWords
{
    public static string Of(string tag) => tag switch
    {
        "requests" => "诉求",
        "steps" => "办理步骤",
        "evidence" => "照片和文件",
        "public" => "公开信息",
        "catalogue" => "事项目录",
        "privacy" => "个人信息",
        "areas" => "区域和边界",
        "clocks" => "时限和工作日历",
        "session" => "登录和账号",
        "inbox" => "收件箱",
        "organisations" => "单位",
        "residents" => "居民账号",
        "people" => "人员",
        "imports" => "导入文件",
        "inbound" => "群消息接入",
        "ledgers" => "台账",
        "webhooks" => "事件推送",
        "clients" => "接口密钥",
        "audit" => "审计日志",
        _ => tag,
    };
}
