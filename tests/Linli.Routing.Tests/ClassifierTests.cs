using System.IO.Compression;
using System.Text;
using Linli.Routing.Classifying;

namespace Linli.Routing.Tests;

public sealed class ClassifierTests
{
    private static readonly TextClassifier Model = Messages.Model();

    [Theory]
    [InlineData("路灯坏了不亮", "lighting")]
    [InlineData("包工头欠工资", "wages")]
    [InlineData("家里自来水发黄", "water")]
    [InlineData("The street lamp is dark", "lighting")]
    [InlineData("wages not paid", "wages")]
    [InlineData("ＷＡＴＥＲ ｐｉｐｅ", "water")]
    public void Short_texts_in_both_languages_are_sorted(string text, string label)
    {
        var best = Model.Classify(text)[0];
        Assert.Equal(label, best.Label);
        Assert.True(best.Probability >= Model.Card.ConfidentFrom, $"{best.Probability}");
    }

    [Theory]
    [InlineData("路 灯不亮", "lighting")]
    [InlineData("拖欠工Zi三个月", "wages")]
    [InlineData("contracter withholds salery", "wages")]
    [InlineData("flickring", "lighting")]
    public void Typing_errors_do_not_hide_what_it_is_about(string text, string label) => Assert.Equal(label, Model.Classify(text)[0].Label);

    [Fact]
    public void The_probabilities_of_all_labels_add_up_to_one_and_come_in_order()
    {
        var guesses = Model.Classify("路灯");
        Assert.Equal(["lighting", "wages", "water"], guesses.Select(g => g.Label).Order());
        Assert.Equal(1, guesses.Sum(g => g.Probability), 9);
        Assert.Equal(guesses.OrderByDescending(g => g.Probability), guesses);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345 … 😀")]
    [InlineData("完全陌生词汇")]
    public void About_a_text_without_a_known_word_it_says_nothing(string text) => Assert.Empty(Model.Classify(text));

    [Fact]
    public void A_text_that_speaks_for_two_labels_is_not_claimed_to_be_known()
    {
        var guesses = Model.Classify("工资 自来水");
        Assert.InRange(guesses[0].Probability, 0.3, 0.95);
        Assert.True(Model.Classify("工资")[0].Probability > guesses[0].Probability);
    }

    [Theory]
    [InlineData("wages", "老板拖欠工资，路灯也不亮", "工资", "路灯")]
    [InlineData("lighting", "老板拖欠工资，路灯也不亮", "路灯", "工资")]
    [InlineData("water", "My employer is fine but the water is leaking", "leaking", "employer")]
    public void The_words_that_spoke_for_a_label_are_named(string label, string text, string spoke, string didNot)
    {
        var words = Messages.Model([.. Messages.Many(300), LabelledText.OfWords("wages", ["拖欠", "工资"]), LabelledText.OfWords("lighting", ["路灯", "不亮"]), LabelledText.OfWords("wages", ["工资"]), LabelledText.OfWords("lighting", ["路灯"])])
            .WordsFor(label, text);
        Assert.Contains(spoke, words);
        Assert.DoesNotContain(didNot, words);
    }

    [Fact]
    public void The_same_messages_give_the_same_model()
    {
        Assert.Equal(Bytes(Model), Bytes(Messages.Model()));
        Assert.NotEqual(Bytes(Model), Bytes(Messages.Model(Messages.Many(300, seed: 2))));
    }

    [Fact]
    public void A_model_from_a_file_answers_as_before()
    {
        var read = ModelFile.Read(new MemoryStream(Bytes(Model)));
        Assert.Equal(Model.Card, read.Card);
        foreach (var text in Messages.Many(50, seed: 3))
        {
            Assert.Equal(Model.Classify(text.Text), read.Classify(text.Text));
        }
    }

    [Fact]
    public void A_model_file_holds_none_of_the_texts()
    {
        var bytes = Bytes(Messages.Model([.. Messages.Many(60), LabelledText.OfWords("water", ["饮用水", "浑浊"]), LabelledText.OfWords("water", ["饮用水", "浑浊"])]));
        using var plain = new MemoryStream();
        new BrotliStream(new MemoryStream(bytes[40..]), CompressionMode.Decompress).CopyTo(plain);
        Assert.Contains("lighting", Encoding.UTF8.GetString(plain.ToArray()), StringComparison.Ordinal);   // a label: the bytes are the right ones
        foreach (var (word, encoding) in new[] { "浑浊", "饮用水", "路灯", "lamp" }.SelectMany(_ => new[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode }, (word, e) => (word, e)))
        {
            Assert.Equal(-1, plain.ToArray().AsSpan().IndexOf(encoding.GetBytes(word)));
        }
    }

    [Fact]
    public void Files_that_are_no_model_damaged_or_of_another_version_are_refused()
    {
        var bytes = Bytes(Model);
        byte[] damaged = [.. bytes], newer = [.. bytes];
        damaged[^20] ^= 1;
        newer[7] = 99;
        Assert.Contains("not a model", Assert.Throws<ModelFileException>(() => ModelFile.Read(new MemoryStream("hello"u8.ToArray()))).Message, StringComparison.Ordinal);
        Assert.Contains("damaged", Assert.Throws<ModelFileException>(() => ModelFile.Read(new MemoryStream(damaged))).Message, StringComparison.Ordinal);
        Assert.Contains("damaged", Assert.Throws<ModelFileException>(() => ModelFile.Read(new MemoryStream(bytes[..^9]))).Message, StringComparison.Ordinal);
        Assert.Contains("99", Assert.Throws<ModelFileException>(() => ModelFile.Read(new MemoryStream(newer))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_label_alone_cannot_be_learnt() =>
        Assert.Throws<ArgumentException>(() => Messages.Model([new("a", "路灯"), new("a", "工资")]));

    [Fact]
    public void An_enormous_text_is_read_as_far_as_it_helps()
    {
        var text = "路灯不亮。" + new string('路', 2_000_000) + new string('a', 2_000_000);
        Assert.Equal("lighting", Model.Classify(text)[0].Label);
        Assert.Equal(["lamp"], Model.WordsFor("lighting", "lamp 路灯" + new string('\uD842', 2_000_000)));
    }

    private static byte[] Bytes(TextClassifier model)
    {
        using var file = new MemoryStream();
        ModelFile.Write(model, file);
        return file.ToArray();
    }
}
