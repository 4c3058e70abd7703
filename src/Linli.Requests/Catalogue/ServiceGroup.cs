using Linli.Kernel;

namespace Linli.Requests.Catalogue;

/// <summary>A heading of the catalogue.</summary>
public sealed class ServiceGroup : IRemembered
{
    public required string Code { get; init; }
    public required string NameZh { get; set; }
    public required string NameEn { get; set; }

    /// <summary>Name of a Tabler icon.</summary>
    public string? Icon { get; set; }
    /// <summary>The broad categories of the shipped classifier that it belongs to; with none, a text is judged by keywords alone.</summary>
    public List<string> Sectors { get; set; } = [];
    public int Order { get; set; }
    public bool IsActive { get; set; } = true;

    string IRemembered.Stamp => ChangeStamp.Catalogue;
}
