using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Linli.Requests.OpenData;

/// <summary>开放数据: what everybody may have of one night, as one ZIP.</summary>
public sealed class OpenDataNight
{
    /// <summary>The last day that is in it, in the jurisdiction's zone.</summary>
    public required DateOnly Day { get; init; }
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Rows of all its tables.</summary>
    public required int Rows { get; init; }
    public required int Size { get; init; }
    public required string Sha256 { get; init; }
    public required byte[] Zip { get; init; }

    internal static void Map(EntityTypeBuilder<OpenDataNight> night)
    {
        night.ToTable("requests_open_data");
        night.HasKey(n => n.Day);
        night.Property(n => n.Sha256).HasMaxLength(64);
    }
}

/// <summary>Configuration section <c>OpenData</c>.</summary>
public sealed class OpenDataOptions
{
    /// <summary>Whether a bundle is made every night.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How many nights are kept.</summary>
    public int Kept { get; set; } = 14;
}
