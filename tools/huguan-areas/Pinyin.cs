using System.Text;

namespace Linli.HuguanAreas;

/// <summary>
/// Romanisation of the characters that occur in Huguan's place names, with the readings that place names take:
/// 凹 wa, 崖 ya, 参 shen (ginseng), 长 chang, 行 hang, 则 ze. Not checked on the spot: 行 and 堡.
/// </summary>
internal static class Pinyin
{
    private const string Table = """
        ao鳌 an安岸 ba坝 bai百柏 bao堡 bei北背 bi壁 chang长常畅 che车 cheng城程呈 chi池尺 chong崇 chuan川 cong淙 cui崔翠
        da大 dai岱 dao倒 deng登 di底地帝 dian店 diao刁 ding丁 dong东洞董 dou豆 du杜 dui堆兑 e鹅 fan范 fang方芳 feng逢冯峰 fu福
        gai盖 gang岗 gao高 ge圪 gou沟 gu谷固 gua瓜 guan关 guang光 guo郭 han韩汉 hang行 hao好 he河合禾和 hong红洪 hou后 hu湖壶 hu护 hua花华
        huan欢 huang黄皇 hui会回 ji集济 jia家贾 jiao郊角脚 jie街 jin晋金靳 jing井经 ju居驹 jun郡 kang康 kou口 ku窟 lao老牢
        le乐 li李里丽 liang良 lin林 ling岭陵 liu流刘柳 long龙 lu录 luo罗 ma马麻 men门 miao庙 mo磨 ming明 mu沐 nan南 nei内 niu牛 pan盘 pen盆
        ping坪平 po坡 qi七 qian骞前 qiao桥 qin秦 qing清青 quan泉 san三 sen森 sha沙 shan山善 shang上 shao绍 she社 shen神参 shi石师市十 si四寺
        shu树 shui水 shuang双 song宋 suo梭 ta塔 tai台 tan潭炭坛滩 tian天 tou头 tu土 tuan团 tuo驼坨陀 wa凹 wang王旺望 wei尾苇魏卫微
        wu五屋乌坞 xi西 xia下峡 xian仙贤 xiang向巷祥 xiao小 xin新辛 xing星兴 xiu修 xu徐 ya鸦崖 yan岩堰阎 yang杨阳 yao耀要 ye野 yin阴 ying迎
        yong永 you油 yu峪 yuan园 ze则泽 zhai宅寨 zhang掌章 zhao赵 zheng郑 zhong中 zhuang庄 zi紫自 cun村 teng腾 chang场
        """;

    private static readonly Dictionary<char, string> Readings = Read();

    /// <exception cref="InvalidOperationException">A character has no reading in the table; the message names it.</exception>
    public static string Of(string chinese)
    {
        var latin = new StringBuilder();
        foreach (var character in chinese)
        {
            var syllable = Readings.TryGetValue(character, out var reading)
                ? reading
                : throw new InvalidOperationException($"No reading for '{character}' in '{chinese}'.");
            if (latin.Length > 0 && "aeo".Contains(syllable[0]))
            {
                latin.Append('\'');
            }

            latin.Append(syllable);
        }

        latin[0] = char.ToUpperInvariant(latin[0]);
        return latin.ToString();
    }

    private static Dictionary<char, string> Read()
    {
        var readings = new Dictionary<char, string>();
        foreach (var entry in Table.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var syllable = new string(entry.TakeWhile(char.IsAsciiLetterLower).ToArray());
            foreach (var character in entry[syllable.Length..])
            {
                readings[character] = syllable;
            }
        }

        return readings;
    }
}
