//! What people choose as a password before they think.
//!
//! Common words count with any digits and signs around them and with look-alike signs inside, so that each stands for hundreds of
//! passwords; the rest are whole passwords. Both from general knowledge of leaked lists, with the words of this product added.

use std::collections::HashSet;
use std::sync::LazyLock;

static LISTED: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| WORDS.split_whitespace().chain(WHOLE.split_whitespace()).collect());

/// Whether the whole password (in lower case) is one of the commonest.
pub(super) fn listed(lower: &str) -> bool {
    LISTED.contains(lower)
}

/// Whether this is a word that many passwords are made of.
pub(super) fn word(lower: &str) -> bool {
    LISTED.contains(lower)
}

const WORDS: &str = "
    aaa aaaa abab abc abcabc abcd abcde abcdef abcdefg abracadabra access accesscontrol adam admin administrateur
    administrator aftercare aftersale aftersales afterservice alejandra alex alexander alexandra alibaba alipay
    amanda america amor andrew android angel angelic angels anna anquan anthony anything apple april argentina ariel
    arsenal asas asd asdasd asdasdasd asdf asdfasdf asdfgh asdzxc ashley asshole audi august australia autumn avatar
    avengers azerty azertyuiop baby babygirl backdoor badboy baidu bailey banana baobao baobei baoxiu bar barcelona
    barney barrier bart baseball basketball batman bbb beatles beautiful beijing belle benjamin berlin bestfriend
    bible bigboy bigdaddy bitch bitcoin biteme blabla black blackjack blahblah blaster blessed blessing blink blue
    bluetooth bmw bond bonita bonjour boston boyfriend brandon brasil brazil brian broncos brooklyn brother brownie
    bubba bubbles buddy budweiser bugsbunny bullshit burger business buster butterfly california callcenter
    callcentre camaro camera canada candy caonima captain carolina casino casper catwoman champion champions change
    changeme charlie cheese chelsea chengdu chenjie chenwei cherry chester chevrolet chicago china chinese chiquita
    chocolate chongqing chouchou christ christian christopher church cinderella cisco cobra cocacola coffee company
    computer computer1 contrasena contraseña cookie cookies cooper corazon corona corvette cosmos counterstrike
    cowboy cowboys crypto crystal cuddles cupcake customer customers customerservice cutie daddy dakota dallas dandan
    daniel daozha darkangel darkness darthvader database david daxiang deadpool death debian december default demo
    demon devil diablo diamond diaodu dick dididi director dispatch dispatcher dollar dolphin dolphins donald doom
    doudou douyin dracula dragon eagle eagles elizabeth elmo elsa eminem emma energy engineer england enter
    enterprise eric estrella euro everything example facai facebook faith falcon familia family fangfang father
    february feifei felix fernando ferrari firewall firstlogin firsttime florida flower flowers foo foobar football
    ford forever foreverlove forgot forgotten fortnite france freedom friday friend friends friendship frodo frozen
    fuck fucker fuckoff fuckyou fuwu fuwuzhongxin gabriel galaxy gamer games gaming gandalf garfield gate gateway
    geheim george germany ghost ginger girlfriend gladiator godisgood golden goldfinger gongchengshi gongdan gongsi
    gongxifacai goodbye goodluck goodmorning goodnight google gorgeous gougou grace green guangzhou guanliyuan guest
    guinness guitar haha hahaha hallo hallowelt halo hammer handsome hangzhou hannah haohao harley harry haslo heaven
    hehe heineken hell hello helpdesk helpline heslo hobbit hockey hocuspocus hola homer honda honey hope hotgirl
    hotline houston huawei hugs hulk hunter ilovegod iloveher ilovehim iloveme iloveu iloveyou iloveyoubaby inception
    initial initialpassword instagram internet iphone ironman italy jack jackson james jamesbond january jasmine
    jason jedi jelszo jennifer jessica jesus jesuschrist jiankang jingjing jishu jishuzhichi john joker jordan joseph
    joshua july june jupiter justin justinbieber juventus katherine kefu kefuzhongxin kennwort kevin keyboard keyhole
    killer killer666 kisses kissme knight kuaile lakers lalala laogong laohu laopo lauren lele letmein letmeinn
    letmeinnow liberty lijing lijun lili lina lingling linkedin linkinpark linux lion lions liqiang liuwei liuyang
    liverpool liwei login logon lol london longmao losenord loulou love lovebug loveforever lovelove lovely loveme
    lover loveyou lozinka lucas lucifer lucky luckyone luigi madison maggie magic maintenance manager maomao march
    maria mario mark marlboro marley marseille martin marvel master masterkey matrix matthew maverick max mcdonalds
    me meimei mengmeng menjin mercedes mercury merlin metallica mexico michael michelle mickey microsoft million mima
    minecraft minnie mommy monday money monitor monkey monster montana morpheus motdepasse mother muffin mulan murphy
    music mustang mylove mypass mypassword mysql nanjing naruto nathan nelson neo network newpassword newyork nicole
    nightmare nihao nimen ningning ninja nintendo nirvana nissan niubi nokia nopass nopassword nothing november
    october office oldpassword oliver olivia onedirection onetime opendoor opensesame openup oracle orange oscar
    ourpassword packers panther paris parking parol parola pass passcode passkey passphrase passport passw0rd passwd
    password passwort patrick paul peaches peanut pegasus pepper pepsi peter phoenix piano picard pikachu pineapple
    pingan pirate pirates pizza playboy playstation pluto pokemon poker porn porsche postgres power prayer pretty
    princesa princess printer private privet pumpkin purple pussy qazwsx qinaide qingdao qqqq quake qwe qweasd
    qweasdzxc qweqwe qweqweqwe qwerqwer qwert qwerty qwertz qwq raiders rainbow rambo ranger realmadrid red redbull
    redhat remember repair resetme resetpassword rexian richard robert robin roblox rockstar rocky rodrigo root
    rosebud router russia ryan sabrina safety salasana samantha sample samsung samuel samurai santiago satan saturday
    saturn savannah savior scooby scoobydoo scorpion secret secretary secure security senha september server service
    servicecenter servicecentre services sesame setpassword sexy shadow shanghai shenji shenzhen shit shizi shouhou
    shouhoufuwu sifre signin silver simpson simpsons sister skeleton skull skywalker sleepingbeauty slipknot slut
    snoopy snowball snowman snowwhite soccer soldier soleil something sophia sophie spain sparky spider spiderman
    spock spring starbucks starcraft stargate startrek starwars steelers steven strawberry success suckit sugar
    summer sunday sunflower sunshine superman superuser support sushi suzhou suzuki sweetheart sweetie sweety switch
    swordfish sysadmin system taiyang taobao taylor teamo technician temp temporary tencent tequiero tequila
    terminator tesla test tester testing texas thepassword thomas thor thunder thursday tianjin ticket tickets tiexin
    tiexinfuwu tiexinshouhou tiger tigers tigger tingche tingting tinkerbell titanic tokyo toyota trinity truelove
    trustme trustno tuesday turnstile tuzi tweety twinkle twitter ubuntu unicorn universe user username vader vampire
    victor victoria victory viper vodka voyager wachtwoord wangfang wangjing wanglei wangqiang wangwang wangwei
    wangyong warcraft warranty warrior watermelon wechat wednesday weibao weixin weixiu welcome welkom werewolf
    whatever whiskey white whore william wilson windows winner winter wireless wizard woaini woaiwo woaiwojia
    woaizhongguo wocao wodemima wojiushiwo wolf wolverine wolves workorder wuhan wwww xbox xian xiaomi xiaoming
    xiaoxiao xingfu xingxing xiongmao xitong xitongguanli xmen xxx xyz xyzxyz yamaha yangyang yankees yellow yoda
    yourpassword youtube yuanyuan yueliang zaq zaqwsx zelda zhaji zhanghao zhangjie zhangjing zhanglei zhangli
    zhangmin zhangwei zhongguo zhuzhu zombie zxc zxcvbn zxczxc zzzz 中国 你好 保修 公司 售后 售后服务 安全管理员 审计管理员 客服 客服中心 密码 工单 我爱你
    我的密码 服务中心 测试 热线 示范 管理员 系统管理员 维修 贴心 贴心售后 道闸 门禁 闸机
";

const WHOLE: &str = r#"
    !qaz2wsx 00000000 0000000000 00112233 01234567 0123456789 100200300 10101010 1010101010 10203040 102030405060
    11112222 11223344 1122334455 112233445566 11235813 112358132 12121212 123123123 123123a 123123qwe 123321a
    12341234 12344321 123456789a 12345678a 1234567a 123456a 123456aa 123456abc 123456q 123456qq 12345qwert 1234qwer
    123abc 123qwe 12qwaszx 13131313 1314520 13145200 13579246 135792468 1357924680 147258369 147852369 14789632
    159357 159753 19841984 19851985 19861986 19871987 19881988 19891989 19901990 1a2s3d4f 1q2w3e 1q2w3e4r5t 1qaz
    1qaz!qaz 1qaz@wsx 1qazxsw2 20002000 20202020 24680 24681012 27182818 31415926 314159265 321654987 369258147
    456123789 4815162342 5201314 520131400 52013145 5201314520 5211314 584131421 584520 66666666 741852963 77582580
    7758521 77585210 789456123 8675309 88888888 963258741 963852741 98765432 987654321 9876543210 99999999 a123456
    a1234567 a12345678 a123456789 aa123456 aa12345678 abc123 abc123456 abc@123 adm!n adm1n admin!@# admin#123
    admin12345 admin666 admin888 admin@123 agent007 asd123 asd123456 asdf1234 asdfg123 beijing2008 blink182 bond007
    c3por2d2 caonima123 change-me change_me changeme123 cisco@123 h3c@123 h3ll0 h4ck3r huawei@123 ihateyou ilove123
    iloveyou1 iloveyou2 james007 jordan23 kobe24 l0gin lebron23 letme1n letmein123 li123456 lkjhgfdsa love1234
    love5201314 matrix1 michael1 mima1234 mima123456 mnbvcxz ncc1701 nihao123 ou812 p@ssw0rd p@ssword pa$$w0rd
    pa$$word pa55word pass@123 password! poiuytrewq q123456 q123456789 qaz123 qaz123wsx qazxswedc qq123456 qwe123
    qwe123456 qwert123 qwerty! r00t r00tme r2d2c3po root123456 root@123 s123456 s3cr3t s3cret sum41 test123456
    test@123 thx1138 trustno1 user@123 w123456 w3lcome wang123456 welc0me welcome@123 woaini123 woaini1314 woaini520
    woaini5201314 woaini521 wodemima123 x123456 z123456 zaq12wsx zhang123456 zhongguo123 zxc123 zxc123456 zxcv1234
    zxcvb123 zz123456
"#;
