using Linli.Kernel.Privacy;

namespace Linli.Kernel.Tests.Privacy;

public sealed class SealingTests : IDisposable
{
    private static readonly Cell Phone = new("Contact", "Phone", "1");
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"linli-keys-{Guid.NewGuid():N}");
    private readonly KeyRing _ring;
    private readonly FieldCipher _cipher;

    public SealingTests() => (_ring, _cipher) = (new KeyRing(_folder, TimeProvider.System), new FieldCipher(Ring()));

    [Fact]
    public void What_was_sealed_can_be_opened_in_its_own_cell_alone()
    {
        var text = _cipher.Seal(Phone, "张三 13800000001")!;

        Assert.Equal("张三 13800000001", _cipher.Open(Phone, text));
        foreach (var other in new[] { Phone with { Row = "2" }, Phone with { Field = "Name" }, Phone with { Table = "Account" } })
        {
            Assert.Throws<SealBrokenException>(() => _cipher.Open(other, text));
        }
    }

    [Fact]
    public void The_same_text_never_looks_the_same_and_shows_nothing()
    {
        var (one, other) = (_cipher.Seal(Phone, "13800000001")!, _cipher.Seal(Phone, "13800000001")!);

        Assert.NotEqual(one.Stored, other.Stored);
        Assert.Equal("[sealed]", $"{one}");
        Assert.DoesNotContain("13800000001", System.Text.Json.JsonSerializer.Serialize(one), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_changed_character_is_noticed_and_the_message_says_nothing_of_the_text()
    {
        var stored = _cipher.Seal(Phone, "13800000001")!.Stored;
        for (var i = SealedText.KeyLength + 1; i < stored.Length - 2; i++)
        {
            var changed = SealedText.FromStored(string.Concat(stored.AsSpan(0, i), stored[i] == 'A' ? "B" : "A", stored.AsSpan(i + 1)));
            var refused = Assert.Throws<SealBrokenException>(() => _cipher.Open(Phone, changed));
            Assert.DoesNotContain("138", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_new_key_seals_and_the_old_one_still_opens()
    {
        var before = _cipher.Seal(Phone, "old")!;
        var added = _ring.Add();
        var after = new FieldCipher(Ring()).Seal(Phone, "new")!;

        Assert.Equal(added.Id, after.KeyId);
        Assert.NotEqual(added.Id, before.KeyId);
        // This cipher read the folder before the key was there: it looks again.
        Assert.Equal(("old", "new"), (_cipher.Open(Phone, before), _cipher.Open(Phone, after)));
    }

    [Fact]
    public void A_key_for_later_opens_and_does_not_seal_yet()
    {
        var first = _ring.Current;
        var later = _ring.Add(first.CreatedAt.AddHours(1));

        Assert.Equal(first.Id, _ring.Current.Id);
        Assert.NotNull(Ring().Find(later.Id));
    }

    [Fact]
    public void A_retired_key_opens_nothing_and_its_file_is_kept_aside()
    {
        var text = _cipher.Seal(Phone, "old")!;
        _ring.Add();
        _ring.Retire(text.KeyId);

        Assert.Throws<SealBrokenException>(() => new FieldCipher(_ring).Open(Phone, text));
        Assert.Single(Directory.GetFiles(_folder, "*.retired"));
    }

    [Fact]
    public void Keys_are_readable_by_their_owner_alone()
    {
        _ = _ring.Index;
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
        foreach (var file in Directory.GetFiles(_folder))
        {
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite), file);
        }
    }

    [Fact]
    public void A_damaged_key_file_is_refused_by_name()
    {
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(_folder).FullName, "1a2b3c4d.key"), "{\"id\":\"1a2b3c4d\"");
        Assert.Contains("1a2b3c4d.key", Assert.Throws<KeysRefusedException>(() => _ring.Current).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("+86 138-0000-0001", "13800000001")]
    [InlineData("１３８００００ ０００１", "13800000001")]
    [InlineData("008613800000001", "13800000001")]
    [InlineData("0355-8771234", "03558771234")]
    public void Numbers_are_found_however_they_are_written(string written, string normal)
    {
        var index = new BlindIndex(_ring);
        Assert.Equal(index.OfPhone(normal), index.OfPhone(written));
        Assert.Equal(BlindIndex.Length, index.OfPhone(written)!.Length);
    }

    [Fact]
    public void An_index_needs_its_key_and_tells_numbers_from_addresses()
    {
        var index = new BlindIndex(_ring);
        using var other = new SealingTests();

        Assert.Equal(index.OfEmail(" Li@Example.com"), index.OfEmail("li@example.com "));
        Assert.NotEqual(index.OfPhone("13800000001"), index.OfEmail("13800000001"));
        Assert.NotEqual(index.OfPhone("13800000001"), new BlindIndex(other._ring).OfPhone("13800000001"));
        Assert.Null(index.OfPhone("没有"));
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private KeyRing Ring() => new(_folder, TimeProvider.System);
}
