using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Linli.Routing.Classifying;

/// <summary>The file is not a model, is damaged, or is of another version than this program reads.</summary>
public sealed class ModelFileException(string message) : IOException(message);

/// <summary>
/// A classifier as a file: the mark "LINLITC", the version of the form, the SHA-256 of what follows, then the packed numbers.
/// Features and words stand in it as hashes only; of the texts that the model learnt from it holds nothing.
/// </summary>
public static class ModelFile
{
    public const int Version = 1;
    private const int MostFeatures = 5_000_000, MostLabels = 2_000;

    private static ReadOnlySpan<byte> Mark => "LINLITC"u8;

    public static void Write(TextClassifier model, Stream to)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        using (var writer = new BinaryWriter(brotli, Encoding.UTF8))
        {
            Body(model, writer);
        }

        var bytes = packed.ToArray();
        to.Write(Mark);
        to.WriteByte(Version);
        to.Write(SHA256.HashData(bytes));
        to.Write(bytes);
    }

    private static void Body(TextClassifier model, BinaryWriter writer)
    {
        writer.Write(model.Card.Name);
        writer.Write(model.Card.Trained.UtcTicks);
        writer.Write(model.Card.Texts);
        writer.Write(model.Card.ConfidentFrom);
        writer.Write(model.Card.Accuracy);
        writer.Write(model.Labels.Count);
        foreach (var label in model.Labels)
        {
            writer.Write(label);
        }

        writer.Write(model.Calibration.Slope);
        writer.Write(model.Calibration.Growth);
        Numbers<double>(writer, model.Calibration.Offsets);
        Numbers<ulong>(writer, model.Vocabulary.Hashes);
        Numbers<float>(writer, model.Vocabulary.Idf);
        Numbers<ulong>(writer, model.Words.Hashes);
        Numbers<float>(writer, model.Words.Logs);
        Numbers<float>(writer, model.Weights.Scales);
        Numbers<sbyte>(writer, model.Weights.Steps);
    }

    /// <exception cref="ModelFileException">Says what is wrong with the file.</exception>
    public static TextClassifier Read(Stream from)
    {
        var head = new byte[Mark.Length + 1 + SHA256.HashSizeInBytes];
        if (from.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head.AsSpan(0, Mark.Length).SequenceEqual(Mark))
        {
            throw new ModelFileException("This is not a model file of Linli.");
        }

        if (head[Mark.Length] != Version)
        {
            throw new ModelFileException($"The model file has version {head[Mark.Length]}; this program reads version {Version}. Train it anew with `linli routing train`.");
        }

        using var packed = new MemoryStream();
        from.CopyTo(packed);
        packed.Position = 0;
        if (!SHA256.HashData(packed).AsSpan().SequenceEqual(head.AsSpan(Mark.Length + 1)))
        {
            throw new ModelFileException("The model file is damaged: its check sum does not fit.");
        }

        packed.Position = 0;
        using var reader = new BinaryReader(new BrotliStream(packed, CompressionMode.Decompress), Encoding.UTF8);
        return Body(reader);
    }

    private static TextClassifier Body(BinaryReader reader)
    {
        var (name, trained, texts) = (reader.ReadString(), new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero), reader.ReadInt32());
        var card = new ModelCard(name, trained, texts, reader.ReadDouble(), reader.ReadDouble());
        var labels = new string[Checked(reader.ReadInt32(), MostLabels)];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = reader.ReadString();
        }

        var calibration = new Calibration(reader.ReadDouble(), reader.ReadDouble(), Numbers<double>(reader));
        var vocabulary = new Vocabulary(Numbers<ulong>(reader), Numbers<float>(reader));
        var words = new WordCutter(Numbers<ulong>(reader), Numbers<float>(reader));
        var scales = Numbers<float>(reader);
        return new TextClassifier(card, labels, vocabulary, words, new Weights(Numbers<sbyte>(reader), scales), calibration);
    }

    /// <summary>Little-endian, as all machines are on which .NET 10 runs.</summary>
    private static void Numbers<T>(BinaryWriter writer, ReadOnlySpan<T> numbers) where T : unmanaged
    {
        writer.Write(numbers.Length);
        writer.Write(MemoryMarshal.AsBytes(numbers));
    }

    private static T[] Numbers<T>(BinaryReader reader) where T : unmanaged
    {
        var numbers = new T[Checked(reader.ReadInt32(), MostFeatures * 64L)];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        return numbers;
    }

    private static int Checked(int length, long most) =>
        length >= 0 && length <= most ? length : throw new ModelFileException("The model file is damaged: a length in it is impossible.");
}
