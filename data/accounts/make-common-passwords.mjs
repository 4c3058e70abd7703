// Makes common-passwords.txt: node data/accounts/make-common-passwords.mjs
// Composed from patterns by which people in China choose passwords, and from the passwords that every published statistic names first.
// No leaked list was read or copied. One entry a line, small letters and digits only; Linli itself folds case, 0→o, @→a … and ignores digits at the ends.
import { readFileSync, writeFileSync } from "node:fs";

const words = (text) => text.trim().split(/\s+/);
const all = new Set();
const add = (...entries) => entries.flat().forEach((e) => { const w = String(e).toLowerCase(); if (w.length >= 3) all.add(w); });

// The commonest family names, and syllables of given names, in pinyin.
const families = words(`wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song zheng xie han tang feng yu dong xiao cheng
  cao yuan deng fu shen zeng peng lv lu su jiang cai jia ding wei xue ye yan pan du dai xia zhong tian ren fan fang shi yao tan liao zou xiong jin
  hao kong bai cui kang mao qiu qin gu hou shao meng long wan duan lei qian yin niu hong gong chang tao shan lai qi guan`);
const given = words(`wei fang na min jing li qiang lei yang yong jun jie juan yan ping gang ming hua fei gui chao xia xiu hong mei ting xin yu bo bin peng hui kai hao
  long tao liang dan dong dan lin ling xue ying yun zhen zhi zhong jian jia guo hai han qing rui shan song tian wen xiang xiao yi yuan chun chen cheng
  feng fu gen guang he huan ji kun lan lu mei miao ning qi qian qiu rong ru shu si su wan xi xian yao ye zhu zi zhiqiang jianguo jianjun xiaoming xiaohong
  weiwei lili fangfang tingting jingjing xiaoli xiaoyan guoqiang zhihua haiyan haitao lihua meili yuting zihan haoran yuxuan zixuan`);
for (const f of families) for (const g of given) add(f + g);

// What is said most: love, luck, money, home, greetings, the country.
const said = words(`woaini woaini1314 woaini520 woaini521 woaini5201314 aini aini1314 iloveyou1314 iloveyou520 wobuaini woxiangni woxihuanni woaiwojia woaiwo woaimama
  woaibaba woaizhongguo woaimingming nihao nihaoma nihaoa nizhidao nishishei woshishei woshini woshinibaba woshiwo wobuzhidao wodemima mima mimashi mimamima
  wangjimima buzhidao caonima nimade tamade shabi shenjingbing zhongguo zhonghua zhongguoren zhongguojiayou beijing shanghai guangzhou shenzhen tianjin
  chongqing shanxi taiyuan changzhi datong jinzhong linfen yuncheng xinzhou luliang jincheng yangquan shuozhou hebei henan shandong shaanxi
  xian wuhan nanjing hangzhou chengdu baobao baobei qinaide laopo laogong laoma laoba baba mama gege jiejie didi meimei erzi nver haizi pengyou tongxue
  laoshi xuexi xuexiao daxue gaokao kuaile xinnian xinniankuaile shengri shengrikuaile gongxifacai facai facaile baofu youqian meiqian fuqi pingan jiankang
  xingfu wanshiruyi dajidali jixiang ruyi taiyang yueliang xingxing tiankong dahai xiaomao xiaogou gougou maomao xiaozhu zhuzhu laohu shizi long dalong
  feng tianshi mogui shangdi fozu amituofo guanyin youxi yingxiong wangzhe wangzherongyao chuanqi moshou diablo xiaomi huawei pingguo shouji diannao
  dianhua xinxi wangluo guanli guanliyuan guanlizhe xitong kefu bangong bangongshi zhengfu xianzhengfu renmin renminzhengfu gongan minzheng jiedao shequ
  wangge wanggeyuan wuye shimin qunzhong fuwu weirenminfuwu gongzuo shangban xiaban jiaban dangyuan gongchandang zhongguomeng budongdeng kaimen`);
add(said);
const numbers = words(`123 1234 12345 123456 1234567 12345678 123456789 1234567890 0123456789 111 1111 11111 111111 1111111 11111111 000000 00000000 222222 333333
  444444 555555 666666 6666666 66666666 777777 7777777 888888 8888888 88888888 999999 99999999 123123 123123123 112233 11223344 1122334455 121212 123321
  1234321 12344321 123454321 654321 7654321 87654321 987654321 9876543210 0987654321 147258 147258369 159357 159753 741852 741852963 789456 789456123
  456789 520 521 1314 520520 521521 5201314 5211314 1314520 1314521 13145200 52013140 13141314 7758520 7758521 77585210 530530 584520 584521 520131400
  168 1688 168168 518518 888666 666888 886 88886666 10086 100860 10010 12306 12315 12345678910 1122 2233 110110 119119 120120 12345654321 102030 100200 010203
  20252025 20262026 20242024 19491001 99999 31415926 314159 3141592653 2580 0852 1236987 1478963 147896325 963852741 369258147 321321 456456 789789`);
add(numbers);

// Keyboards: rows, columns, walks, and what is made of them.
const walks = words(`qwerty qwertyu qwertyui qwertyuiop qwert qwer qwer1234 qwerasdf qweasd qweasdzxc qwe123 qweqwe asdf asdfg asdfgh asdfghjk asdfghjkl asdfasdf
  asdf1234 asd123 asdasd zxcv zxcvb zxcvbn zxcvbnm zxcvbnm123 zxc123 zxczxc 1qaz 1qaz2wsx 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qazxsw2 1qazxsw23edc 2wsx3edc qazwsx
  qazwsxedc qazwsxedcrfv qaz123 qazxsw qazxswedc zaq12wsx zaq1xsw2 zaq1zaq1 xsw2zaq1 q1w2e3 q1w2e3r4 q1w2e3r4t5 q1w2e3r4t5y6 1q2w3e 1q2w3e4r 1q2w3e4r5t
  1q2w3e4r5t6y a1s2d3 a1s2d3f4 z1x2c3 z1x2c3v4 1a2b3c 1a2b3c4d a1b2c3 a1b2c3d4 abc123 abc1234 abc12345 abc123456 abcd1234 abcd12345 abcde12345 aa123456
  aa12345678 aaa111 aaaa1111 a123456 a1234567 a12345678 a123456789 a1234567890 q123456 w123456 z123456 s123456 qq123456 qq123456789 wang123456 li123456
  zhang123456 123abc 123456a 123456b 123456q 1234abcd 12345a 123456aa 123456abc 1234qwer 123qwe 123qweasd 123qweasdzxc 123asd 123zxc 12qwaszx 1q1q1q 111aaa
  123456qq 123456789a 123456789q poiuytrewq lkjhgfdsa mnbvcxz qpwoeiruty tyuiop ghjkl bnm yuiop hjkl rewq fdsa vcxz plokij okmijn ijnuhb wsxedc edcrfv rfvtgb
  tgbyhn yhnujm ujmikl poiu lkjh mnbv aaaaaa bbbbbb zzzzzz qqqqqq wwwwww abcabc abcdef abcdefg abcdefgh abcdefghijk abcdefghijklmnopqrstuvwxyz zyxwvu`);
add(walks);

// What everybody everywhere chooses; named in every published statistic.
const english = words(`password passw0rd password1 password12 password123 password1234 passwort pass pass123 pass1234 passcode mypassword newpassword oldpassword changeme
  change changeit letmein welcome welcome1 welcome123 hello hello123 helloworld iloveyou ilove loveyou lovely loveme love lover forever always admin admin1 admin12
  admin123 admin1234 admin12345 admin123456 admin888 admin666 administrator adminadmin root root123 rootroot toor test test1 test12 test123 test1234 testtest tester
  testing demo demo123 demodemo guest guest123 user user1 user123 username login login123 logon secret secret123 default temp temp123 temporary manager master
  master123 super superman superuser supervisor system sysadmin sysadmin123 oracle mysql postgres server service services public private office work worker company business
  account security secure access server1 web webmaster website internet network computer laptop desktop windows windows10 microsoft google apple iphone android
  samsung xiaomi123 huawei123 lenovo lenovo123 dell thinkpad tencent alibaba alipay taobao tmall wechat weixin weibo baidu baidu123 netease douyin kuaishou
  qqqq monkey dragon tiger lion eagle panda kitty hellokitty doraemon pikachu pokemon naruto onepiece batman spiderman ironman hulk avengers starwars matrix
  football soccer basketball baseball tennis kobe kobe24 jordan jordan23 messi ronaldo beckham liverpool chelsea arsenal barcelona juventus realmadrid michael
  jackson michelle jessica jennifer ashley amanda nicole daniel andrew joshua matthew anthony thomas robert william charlie george harry peter david james john
  jack tom tommy jerry lucy lily mary anna alice linda nancy helen susan angel angela baby babygirl princess prince queen king kingdom sunshine sunny summer
  winter spring autumn flower rose cherry apple123 banana orange lemon chocolate cookie cheese coffee ginger pepper summer123 winter123 spring123 autumn123 january february
  march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday happy happy123 lucky lucky123
  lucky888 money rich freedom peace hope faith trust family home house friend friends music guitar piano dance star stars moon sky blue red green black white
  yellow purple silver golden gold diamond shadow phoenix hunter ranger killer ninja samurai warrior knight wizard magic mustang ferrari porsche mercedes bmw
  audi honda toyota nissan yamaha harley corvette trustno1 whatever nothing something anything blahblah fuckyou fuck fuckoff asshole bitch sexy hottie pussy
  access14 batman123 bailey buster cooper maggie sophie tigger jasmine snoopy scooby mickey minnie donald garfield zxcvbnm1 starwars1 computer1 internet1
  qwerty1 qwerty12 qwerty123 qwerty1234 qwerty123456 iloveyou1 monkey1 dragon1 sunshine1 princess1 football1 superman1 ilovechina china chinese china123 beijing2008
  lovechina chinano1 chinaren p455w0rd pa55word pa55w0rd administrator1 adminroot rootadmin toortoor passpass secretsecret welcomehome goodluck goodmorning goodnight thankyou
  helpme showmethemoney opensesame opendoor letmein123 computer123 killer123 pokemon123 dragon123 master1 hacker hacker123 hackme noway idontknow ihatepassword`);
add(english);
add(words("我爱你 你好 密码 管理员 中国 北京 山西 长治 新年快乐 恭喜发财 生日快乐 一二三四五六七 为人民服务 好好学习 天天向上 好好学习天天向上 万事如意 身体健康 芝麻开门 天王盖地虎 宝塔镇河妖"));

// Places of the shipped county, by their English names (pinyin).
const table = readFileSync(new URL("../areas/huguan.csv", import.meta.url), "utf8").split("\n").slice(1);
for (const line of table) {
  const name = (line.split(",")[4] ?? "").toLowerCase().replace(/\b(county|town|township|village|community|subdistrict|grid|no|and)\b/g, "").replace(/[^a-z]/g, "");
  if (name.length >= 5 && name.length <= 16) add(name);
}

// Months of birth as six digits, years in all the ways they are appended.
for (let year = 1950; year <= 2030; year++) { add(year); for (let month = 1; month <= 12; month++) add(`${year}${String(month).padStart(2, "0")}`); }

const sorted = [...all].sort();
writeFileSync(new URL("common-passwords.txt", import.meta.url), `${sorted.join("\n")}\n`);
console.log(`${sorted.length} entries`);
