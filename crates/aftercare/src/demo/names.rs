//! Made-up names of the demo. Nobody and no company of these names is meant; each shows that it is a demo.

/// A branch of the demo company: English and Chinese name, its regions (name, provinces by code), where engineers live (city codes).
pub struct Branch {
    /// English name.
    pub en: &'static str,
    /// Chinese name.
    pub zh: &'static str,
    /// Area code of the landline for the hotline.
    pub area: &'static str,
    /// Regions: English, Chinese, provinces.
    pub regions: &'static [(&'static str, &'static str, &'static [&'static str])],
}

/// Headquarters looks after the north-west itself.
pub const HEADQUARTERS: Branch = Branch {
    en: "Xi'an headquarters",
    zh: "西安总部",
    area: "029",
    regions: &[
        ("Shaanxi", "陕西区域", &["61"]),
        ("Gansu, Qinghai, Ningxia", "甘青宁区域", &["62", "63", "64"]),
        ("Xinjiang", "新疆区域", &["65"]),
    ],
};

/// The branches.
pub const BRANCHES: &[Branch] = &[
    Branch {
        en: "Beijing branch",
        zh: "北京分公司",
        area: "010",
        regions: &[
            ("Beijing and Tianjin", "京津区域", &["11", "12"]),
            ("Hebei, Shanxi, Inner Mongolia", "冀晋蒙区域", &["13", "14", "15"]),
        ],
    },
    Branch {
        en: "Shenyang branch",
        zh: "沈阳分公司",
        area: "024",
        regions: &[("Liaoning", "辽宁区域", &["21"]), ("Jilin and Heilongjiang", "吉黑区域", &["22", "23"])],
    },
    Branch {
        en: "Shanghai branch",
        zh: "上海分公司",
        area: "021",
        regions: &[("Shanghai", "上海区域", &["31"]), ("Zhejiang", "浙江区域", &["33"])],
    },
    Branch {
        en: "Nanjing branch",
        zh: "南京分公司",
        area: "025",
        regions: &[("Jiangsu", "江苏区域", &["32"]), ("Anhui", "安徽区域", &["34"])],
    },
    Branch {
        en: "Jinan branch",
        zh: "济南分公司",
        area: "0531",
        regions: &[("Shandong", "山东区域", &["37"]), ("Henan", "河南区域", &["41"])],
    },
    Branch {
        en: "Wuhan branch",
        zh: "武汉分公司",
        area: "027",
        regions: &[("Hubei", "湖北区域", &["42"]), ("Hunan and Jiangxi", "湘赣区域", &["43", "36"])],
    },
    Branch {
        en: "Guangzhou branch",
        zh: "广州分公司",
        area: "020",
        regions: &[
            ("Guangdong", "广东区域", &["44"]),
            ("Guangxi, Hainan, Fujian", "桂琼闽区域", &["45", "46", "35"]),
        ],
    },
    Branch {
        en: "Chengdu branch",
        zh: "成都分公司",
        area: "028",
        regions: &[
            ("Sichuan and Chongqing", "川渝区域", &["51", "50"]),
            ("Yunnan, Guizhou, Tibet", "云贵藏区域", &["53", "52", "54"]),
        ],
    },
];

/// Property companies and owners.
pub const CUSTOMERS: &[&str] = &[
    "云杉物业",
    "白鹭置业",
    "青藤商业管理",
    "远帆园区运营",
    "晨星医院后勤",
    "和风会展中心",
    "松涛大学后勤",
    "银杏酒店集团",
    "海棠地产",
    "北辰交通枢纽",
    "长亭停车管理",
    "碧波城市服务",
    "紫荆科技园",
    "金穗银行后勤",
    "听雨文旅",
    "梧桐社区服务",
    "星河购物中心",
    "望山物流园",
    "临江写字楼管理",
    "百合妇幼后勤",
    "朝霞体育场馆",
    "知行职业学院",
    "云台景区",
    "锦程机场服务",
    "丰泽工业园",
    "蓝湾住宅物业",
    "翠屏政务中心",
    "鼎盛商厦",
    "安澜港务服务",
    "竹里人才公寓",
];

/// What a site is.
pub const SITES: &[&str] = &[
    "广场停车场",
    "大厦地下车库",
    "东区出入口",
    "西门停车场",
    "综合楼门禁",
    "南园通道闸",
    "访客中心",
    "地铁接驳停车场",
    "行政楼",
    "一期车库",
];

/// Streets for addresses.
pub const STREETS: &[&str] = &["示范大道", "示范一路", "示范北街", "演示环路", "演示中路", "样例东街"];

/// Products: model, Chinese, English, skill.
pub const PRODUCTS: &[(&str, &str, &str, &str)] = &[
    ("BG-600", "直杆道闸", "Straight-arm barrier", "barrier"),
    ("BG-620", "栅栏道闸", "Fence barrier", "barrier"),
    ("LPR-210", "车牌识别一体机", "Licence plate recognition unit", "barrier"),
    ("AC-32", "门禁控制器", "Access controller", "access_control"),
    ("CR-11", "读卡器", "Card reader", "access_control"),
    ("TS-180", "三辊闸", "Tripod turnstile", "turnstile"),
    ("TS-360", "摆闸", "Swing turnstile", "turnstile"),
    ("PM-5", "停车场管理软件", "Car park software", "software"),
    ("GW-8", "通道网关", "Lane gateway", "network"),
];

/// Faults by skill: Chinese, English, whether it is usually major.
pub const FAULTS: &[(&str, &str, bool)] = &[
    ("barrier", "道闸起杆后不落杆,出口车辆无法通行", true),
    ("barrier", "车牌识别率明显下降,需要人工放行", false),
    ("barrier", "杆臂被撞变形,运行有异响", false),
    ("barrier", "全部出口道闸断电不动作", true),
    ("access_control", "读卡器刷卡无反应", false),
    ("access_control", "门禁控制器离线,全部门禁失效", true),
    ("turnstile", "三辊闸卡死,人员无法通过", true),
    ("turnstile", "摆闸关门速度变慢", false),
    ("software", "收费软件报表与流水不一致", false),
    ("software", "管理软件无法登录,收费中断", true),
    ("network", "网关频繁掉线", false),
];

/// What the phone support tried.
pub const TRIED: &[&str] = &[
    "请客户断电重启控制器,等待三分钟后观察",
    "核对指示灯状态与接线",
    "远程查看设备日志与网络连通",
    "指导切换到手动模式",
];

/// Why an engineer came later than agreed (P8).
pub const LATE: &str = "上一处作业超时,已提前电话告知客户";

/// How a field repair went: what was found, what was done, the fault's code and its cause's.
pub const FOUND: &[(&str, &str, &str, &str)] = &[
    ("控制板继电器触点氧化", "更换继电器并校准限位", "does_not_stop", "wear"),
    ("电源模块输出不稳", "更换电源模块,复测电压", "no_power", "component"),
    ("传动皮带磨损", "更换皮带并调整张紧", "noise", "wear"),
    ("读头进水短路", "更换读头,重新做防水", "wrong_reading", "water"),
    ("网线水晶头松动", "重做水晶头,测试连通", "no_connection", "wiring"),
];
