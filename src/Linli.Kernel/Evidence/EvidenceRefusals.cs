namespace Linli.Kernel.Evidence;

/// <summary>Why a file is not taken: what is wrong with it and what to do. Keys of texts.en.json.</summary>
internal static class EvidenceRefusals
{
    public static FieldProblem Empty(string field) => new(field, "文件是空的（0 字节）。请重新选择文件。");

    public static FieldProblem TooLarge(string field, long limit) =>
        new(field, "文件超过 {0} MB。照片请换小一点的，或把手机相机的分辨率调低；文档请拆成几份。", limit / (1024 * 1024));

    public static FieldProblem Unknown(string field) =>
        new(field, "认不出这是什么文件。可以上传照片（JPEG、PNG、WebP、GIF、HEIC）和 PDF。");

    public static FieldProblem Other(string field, string found) =>
        new(field, "这个文件的内容是 {0}，不能上传（看的是内容，不是文件名）。可以上传照片（JPEG、PNG、WebP、GIF、HEIC）和 PDF；压缩包请先解压。", found);

    public static FieldProblem StaffOnly(string field, string found) =>
        new(field, "{0} 文件只有工作人员可以上传。请另存为 PDF，或拍成照片。", found);

    public static FieldProblem Damaged(string field) => new(field, "照片不完整或已损坏，打不开。请重新拍一张，或重新发送原图。");

    public static FieldProblem TooManyPixels(string field, ImageSize size, long limit) => new(
        field, "照片有 {0}×{1} 像素，太大了；最多 {2} 百万像素。请把手机相机的分辨率调低，或先截图再上传。", size.Width, size.Height, limit / 1_000_000);

    public static FieldProblem NotReadableHere(string field, string found) => new(
        field, "这台服务器打不开 {0} 照片。请在手机相机设置里选“兼容性最佳”（JPEG）再拍，或把照片截图后上传。", found);

    public static FieldProblem Bomb(string field) => new(field, "这个文件解压后过大，或者打不开，没有收下。请另存一份，或另存为 PDF 再上传。");

    public static FieldProblem Infected(string field) => new(field, "这个文件里发现了恶意程序，没有收下。请先在自己的设备上查杀病毒，再上传别的文件。");

    public static FieldProblem NotScanned(string field) => new(field, "现在不能检查文件有没有病毒，没有收下。请过几分钟再上传。");

    public static FieldProblem NotYours(string field) => new(field, "照片已经用过，或上传超过一天已被清理。请重新上传。");
}
