using System.Text.Json;
using Microsoft.OpenApi;

namespace Linli.Server.Api;

/// <summary>What the parameters in addresses mean: one name means one thing in the whole API. A test holds that each has words.</summary>
internal static class ApiParameters
{
    private static readonly Dictionary<string, string> Words = new()
    {
        ["area"] = "Code of an area; everything that lies in it.",
        ["before"] = "Only what is older than the one with this id or number.",
        ["budget"] = "How much time: \"5 working days\", \"24 hours\".",
        ["calendar"] = "Code of a work calendar; see GET /api/clocks/calendars.",
        ["code"] = "Its code.",
        ["count"] = "At most so many.",
        ["cursor"] = "Where the page before ended: value of next in its answer, also in its header Link. Nothing comes twice and nothing is passed over, whatever is written meanwhile.",
        ["date"] = "A date, 2027-01-01.",
        ["extension"] = "A budget that was granted on top; may be repeated.",
        ["from"] = "Begin, ISO 8601; without zone it is the calendar's.",
        ["group"] = "Code of a service group.",
        ["export"] = "Id of an export.",
        ["id"] = "Its id.",
        ["kind"] = "Only of this kind.",
        ["lat"] = "Latitude in degrees.",
        ["late"] = "Only what is past a due time.",
        ["level"] = "county, town, village or grid.",
        ["limit"] = "At most so many.",
        ["lon"] = "Longitude in degrees.",
        ["name"] = "Name of the file.",
        ["number"] = "The request's number, for instance 261122-048213.",
        ["organisation"] = "Code of the lead organisation.",
        ["page"] = "Page, counted from 1.",
        ["parent"] = "Code of the area above.",
        ["pause"] = "FROM/UNTIL, or FROM/ while it lasts; may be repeated.",
        ["post"] = "Id of the post.",
        ["q"] = "A name, an address, or pinyin.",
        ["preview"] = "true: nothing is written; the answer says what would be.",
        ["queue"] = "A queue of the workbench; see GET /api/queues.",
        ["role"] = "Only people with this role.",
        ["rule"] = "minute or next-day: how working days are counted.",
        ["search"] = "Part of a name or code.",
        ["sequence"] = "Number in the chain of the audit log.",
        ["sort"] = "newest, oldest, or urgent: the most urgent first, which is usual.",
        ["start"] = "When it starts, ISO 8601.",
        ["state"] = "A state; on the public list open or closed.",
        ["system"] = "Coordinate system: wgs84 (default), gcj02 or bd09.",
        ["text"] = "What somebody wrote.",
        ["thumb"] = "Its small picture.",
        ["key"] = "Of a link that somebody made who may see the file.",
        ["to"] = "End, ISO 8601.",
        ["top"] = "At most so many.",
        ["days"] = "The last so many days.",
        ["type"] = "Code of a service type.",
        ["unread"] = "Only what is unread.",
        ["rows"] = "What the rows of a file are: requests, organisations or staff.",
        ["until"] = "Last date, included.",
        ["upTo"] = "Id of the newest notice seen.",
        ["word"] = "The long random word of the address, which only the chat program knows.",
        ["version"] = "The version you looked at; refused when there is a newer one.",
        ["within"] = "Code of an area; only what lies in it.",
        ["words"] = "Words in title, text, address or number; several words must all be there.",
        ["year"] = "1900 to 2200.",
    };

    public static void Describe(IEnumerable<IOpenApiParameter> parameters)
    {
        foreach (var parameter in parameters.OfType<OpenApiParameter>())
        {
            parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
            parameter.Description ??= Words.GetValueOrDefault(parameter.Name);
        }
    }
}
