using System.Globalization;

namespace Linli.Attacks.Ids;

/// <summary>What an id in an address or a body names.</summary>
internal enum Kind
{
    /// <summary>The county's own, the same for everybody who may go through the door at all: areas, types, organisations, calendars, days.</summary>
    County,

    /// <summary>People, posts, invitations and keys of programs under /admin, /api/people and /api/clients: every administrator's, and nobody's else.</summary>
    Administered,

    /// <summary>By number: whoever RequestAccess says, and its reporter.</summary>
    Request,

    /// <summary>A clock, a task: of one request, and seen with that one alone.</summary>
    Clock,
    Task,

    /// <summary>What Open311 answered instead of a number: whoever was given it may ask by it.</summary>
    Token,

    /// <summary>How an answer is written; names nothing.</summary>
    Notation,

    /// <summary>A file of a request: seen with the step that brought it.</summary>
    Evidence,

    /// <summary>A file that no record has yet, a file on its way: its sender's.</summary>
    Unused,
    Upload,

    /// <summary>A wish to read personal data: decided by a second person who reaches the request.</summary>
    Unmasking,

    /// <summary>Its holder's.</summary>
    Post,

    /// <summary>Of both sides of it.</summary>
    Deputy,

    /// <summary>One's own alone.</summary>
    Session,
    Passkey,
    Notice,

    /// <summary>Its owner's, and of those it is shared with.</summary>
    Ledger,

    /// <summary>Of whoever asked for it.</summary>
    LedgerExport,
}

/// <summary>Says of every place in an address and every id in a body what it names. A new one has to be said here.</summary>
internal static class Kinds
{
    private static readonly (string Begins, string Place, Kind Kind)[] InAddresses =
    [
        ("/admin/", "id", Kind.Administered), ("/admin/", "post", Kind.Administered), ("/api/people/", "id", Kind.Administered), ("/api/people/", "post", Kind.Administered), ("/api/clients/", "id", Kind.Administered), ("/api/partners/", "organisation", Kind.Administered), ("/api/inbound-addresses/", "id", Kind.Administered), ("/api/imports/", "id", Kind.Administered), ("/api/inbound/", "word", Kind.Notation), ("/api/webhooks/", "id", Kind.Administered),
        ("/api/organisations/", "id", Kind.County), ("/api/areas/", "code", Kind.County), ("/api/services/", "code", Kind.County),
        ("/api/clocks/calendars/", "code", Kind.County), ("/api/clocks/calendars/", "date", Kind.County), ("/api/clocks/calendars/", "year", Kind.County), ("/work/calendars/", "code", Kind.County),
        ("/api/audit/checkpoints/", "sequence", Kind.County),
        ("/api/requests/", "number", Kind.Request), ("/requests/", "number", Kind.Request), ("/track/", "number", Kind.Request), ("/work/requests/", "number", Kind.Request),
        ("/work/file/join/", "number", Kind.Request), ("/work/filed/", "number", Kind.Request),
        ("/api/requests/{number}/clocks/", "id", Kind.Clock), ("/track/{number}/clocks/", "id", Kind.Clock), ("/work/requests/{number}/clocks/", "id", Kind.Clock),
        ("/files/", "id", Kind.Evidence), ("/work/files/", "id", Kind.Evidence), ("/api/evidence/{id:guid}/links", "id", Kind.Evidence), ("/api/evidence/uploads/", "id", Kind.Upload),
        ("/open311/v2/services/", "code", Kind.County), ("/open311/v2/requests/", "number", Kind.Request), ("/open311/v2/tokens/", "token", Kind.Token), ("/open311/", "format", Kind.Notation),
        ("/api/unmaskings/", "id", Kind.Unmasking), ("/work/unmaskings/", "id", Kind.Unmasking),
        ("/api/me/deputies/", "id", Kind.Deputy), ("/me/deputies/", "id", Kind.Deputy), ("/api/me/sessions/", "id", Kind.Session), ("/me/sessions/", "id", Kind.Session), ("/feeds/calendar/", "token", Kind.County), ("/open-data/", "name", Kind.County),
        ("/api/me/passkeys/", "id", Kind.Passkey), ("/me/passkeys/", "id", Kind.Passkey), ("/api/ledgers/", "id", Kind.Ledger), ("/work/ledgers/", "id", Kind.Ledger), ("/api/ledgers/exports/", "export", Kind.LedgerExport), ("/work/ledgers/exports/", "export", Kind.LedgerExport),
        ("/api/inbox/", "id", Kind.Notice), ("/inbox/", "id", Kind.Notice),
    ];

    private static readonly Dictionary<string, Kind> InBodies = new(StringComparer.OrdinalIgnoreCase)
    {
        ["photos"] = Kind.Unused, ["task"] = Kind.Task, ["posts"] = Kind.Post, ["lead"] = Kind.Request, ["number"] = Kind.Request,
        ["delivery"] = Kind.Administered, ["person"] = Kind.County, ["organisationId"] = Kind.County, ["parentId"] = Kind.County, ["organisations"] = Kind.County,   // colleagues and organisations are known to all staff
    };

    /// <summary>Null when nobody has said it.</summary>
    public static Kind? Of(Door door, string place) =>
        InAddresses.Where(k => k.Place == place && door.Route.StartsWith(k.Begins, StringComparison.Ordinal)).OrderByDescending(k => k.Begins.Length).Select(k => (Kind?)k.Kind).FirstOrDefault();

    public static Kind? OfBody(string name) => InBodies.TryGetValue(name, out var kind) ? kind : null;

    /// <summary>An id of the same shape that names nothing.</summary>
    public static string Nothing(string real) =>
        real.Length == 32 ? new string('9', 32)
        : Guid.TryParse(real, out _) ? "01999999-9999-7999-8999-999999999999"
        : long.TryParse(real, CultureInfo.InvariantCulture, out _) ? "987654321"
        : "260301-987654";
}
