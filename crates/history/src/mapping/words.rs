//! The words a mapping may use.

use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$edoc:meta])* $enum:ident { $( $(#[$doc:meta])* $variant:ident = $name:tt ),+ $(,)? }) => {
        $(#[$edoc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $enum { $( $(#[$doc])* #[serde(rename = $name)] $variant ),+ }
        impl $enum {
            /// The word, as in the mapping and in the database.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $( Self::$variant => $name ),+ }
            }
        }
    };
}

words! {
    /// How the bytes of the log are text.
    Encoding {
        /// UTF-8, with or without a byte order mark.
        Utf8 = "utf-8",
        /// GB18030, and with it GBK and GB2312.
        Gb18030 = "gb18030",
    }
}
words! {
    /// What puts the rows of a case in order.
    OrderBy {
        /// The update counter.
        Counter = "counter",
        /// The instant of the change.
        Time = "time",
    }
}
words! {
    /// What is done with a local time that occurs twice or never, where the clocks are changed.
    OnRepeatedHour {
        /// Of two the earlier; one that never was is moved on by the length of the jump.
        Earlier = "earlier",
        /// Of two the later; one that never was is moved on.
        Later = "later",
        /// The row is refused.
        Refuse = "refuse",
    }
}
words! {
    /// A case's state here.
    StateWord {
        /// 新建
        New = "new",
        /// 已受理
        Triaged = "triaged",
        /// 待客户
        WaitingCustomer = "waiting_customer",
        /// 待配件
        WaitingParts = "waiting_parts",
        /// 已解决
        Resolved = "resolved",
        /// 已关闭
        Closed = "closed",
        /// 已撤销
        Withdrawn = "withdrawn",
    }
}
words! {
    /// What a state does to the case's clocks.
    Effect {
        /// They run; nobody has answered yet.
        Start = "start",
        /// The restore clock stands for the rule's `reason`; somebody has answered.
        Pause = "pause",
        /// The restore clock runs; somebody has answered.
        Resume = "resume",
        /// Both end: what was promised has happened.
        Stop = "stop",
        /// Both fall away, neither kept nor missed.
        Withdraw = "withdraw",
    }
}
words! {
    /// How grave a case is here.
    SeverityWord {
        /// 重要
        Major = "major",
        /// 一般
        Normal = "normal",
    }
}
words! {
    /// How a report came in.
    ChannelWord {
        /// A call.
        Phone = "phone",
        /// The customer's page.
        Portal = "portal",
        /// A mail.
        Mail = "mail",
        /// A message.
        Message = "message",
        /// At the counter or on site.
        InPerson = "in_person",
        /// A program.
        System = "system",
        /// Not known: it was another desk's.
        Import = "import",
    }
}
words! {
    /// What the customer wanted.
    KindWord {
        /// 故障
        Fault = "fault",
        /// 咨询
        Consultation = "consultation",
    }
}
words! {
    /// How a case was mended.
    ResolvedWord {
        /// Without a visit.
        Remote = "remote",
        /// By a visit.
        Onsite = "onsite",
    }
}
