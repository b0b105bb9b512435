//! The sentences that explain a verdict, in both languages, each with its code and values.

use service_calendar::{Certainty, Period, RestReason};

use crate::decision::{LayerFinding, LayerState, Missing, Proposal, Reason, ReasonCode};
use crate::facts::Ruling;
use crate::kinds::{ChargeKind, ExclusionCode, Layer};
use crate::period::{CoverPeriod, term_text};
use crate::text::{Text, day};
use crate::values::ReasonValues;

pub(crate) fn reason<const N: usize>(
    code: ReasonCode,
    zh_cn: impl Into<String>,
    en: impl Into<String>,
    values: [(&'static str, String); N],
) -> Reason {
    let mut named = ReasonValues::default();
    for (name, value) in values {
        named.insert(name, value);
    }
    Reason { code, zh_cn: zh_cn.into(), en: en.into(), values: named }
}

/// A sentence under way in both languages: pieces are joined, not formatted, since a verdict says many.
struct Sentence {
    zh_cn: String,
    en: String,
}

impl Sentence {
    fn new() -> Self {
        /// Longer than nearly every sentence, so that it is written without growing.
        const BYTES: usize = 192;
        Self { zh_cn: String::with_capacity(BYTES), en: String::with_capacity(BYTES) }
    }

    fn say(&mut self, zh_cn: &[&str], en: &[&str]) {
        zh_cn.iter().for_each(|piece| self.zh_cn.push_str(piece));
        en.iter().for_each(|piece| self.en.push_str(piece));
    }
}

/// The layer and the day it started.
fn head(found: &LayerFinding, start: &str, term: Period, into: &mut Sentence) {
    let source = found.source_id.as_deref().unwrap_or("—");
    let part = found.part_id.as_deref().unwrap_or("—");
    if found.layer == Layer::Agreement {
        return into.say(
            &["服务协议 ", source, " 自 ", start, " 起生效"],
            &["Service agreement ", source, " from ", start],
        );
    }
    let Text { zh_cn: zh, en } = term_text(term);
    let (zh, en) = (zh.as_str(), en.as_str());
    match found.layer {
        Layer::AcceptanceYear | Layer::Agreement => into.say(
            &[start, " 验收（验收单 ", source, "），免费保修 ", zh],
            &["Accepted on ", start, " (certificate ", source, "), ", en, " of free warranty"],
        ),
        Layer::RepairedPart => into.say(
            &["配件 ", part, " 于 ", start, " 修复交付（", source, "），保修 ", zh],
            &["Part ", part, " delivered after repair on ", start, " (", source, "), ", en, " of warranty"],
        ),
        Layer::SoldPart => into.say(
            &["配件 ", part, " 于 ", start, " 售出交付（", source, "），保修 ", zh],
            &["Part ", part, " sold and delivered on ", start, " (", source, "), ", en, " of warranty"],
        ),
        Layer::Rework => into.say(
            &["同一故障上次于 ", start, " 修复（", source, "），", zh, "内免费返修"],
            &["The same fault was repaired on ", start, " (", source, "), free rework for ", en],
        ),
    }
}

/// How a layer stood at the report, with the days it rests on.
pub(crate) fn layer(
    found: &LayerFinding,
    period: &CoverPeriod,
    term: Period,
    reported: &str,
) -> Option<Reason> {
    let code = match found.state {
        LayerState::InForce => ReasonCode::InForce,
        LayerState::Ended => ReasonCode::Ended,
        LayerState::NotStarted => ReasonCode::NotStarted,
        _ => return None,
    };
    let (start, end) = (day(period.start), day(period.end));
    let mut said = Sentence::new();
    head(found, &start, term, &mut said);
    match code {
        ReasonCode::InForce => said.say(
            &["，至 ", &end, " 24:00 止；", reported, " 报修，在期内。"],
            &[", until ", &end, " 24:00; the report of ", reported, " lies within."],
        ),
        ReasonCode::Ended => said.say(
            &["，已于 ", &end, " 24:00 届满；", reported, " 报修，已过期。"],
            &[", ended ", &end, " 24:00; the report of ", reported, " came later."],
        ),
        _ => said.say(
            &["；", reported, " 报修，早于起始日。"],
            &["; the report of ", reported, " came before that day."],
        ),
    }
    let mut values = ReasonValues::default();
    values.insert("start", start);
    values.insert("end", end);
    values.insert("reported", reported.to_owned());
    for (name, id) in [("source_id", &found.source_id), ("part_id", &found.part_id)] {
        if let Some(id) = id {
            values.insert(name, id.clone());
        }
    }
    Some(Reason { code, zh_cn: said.zh_cn, en: said.en, values })
}

/// What a rest day is, as the sentence names it.
fn rest_day(because: &RestReason) -> (&str, &str) {
    match because {
        RestReason::Holiday { name: Some(name), .. } => (&name.zh_cn, &name.en),
        RestReason::Holiday { name: None, .. } => ("放假", "holiday"),
        RestReason::Saturday { .. } => ("星期六", "Saturday"),
        RestReason::Sunday { .. } => ("星期日", "Sunday"),
    }
}

/// Why the end is later than the corresponding date, and whether it is final.
pub(crate) fn end_notes(period: &CoverPeriod, into: &mut Vec<Reason>) {
    if let Some(first) = period.extended_because.first() {
        let (nominal, end) = (day(period.nominal_end), day(period.end));
        let (zh, en) = rest_day(first);
        into.push(reason(
            ReasonCode::EndExtended,
            ["期满日 ", &nominal, " 为休息日（", zh, "），顺延至其后第一个非休息日 ", &end, "。"].concat(),
            [
                "The nominal last day, ",
                &nominal,
                ", is a rest day (",
                en,
                "), so cover runs to the next day that is none, ",
                &end,
                ".",
            ]
            .concat(),
            [("nominal_end", nominal), ("end", end)],
        ));
    }
    if let Certainty::Provisional { year } = period.certainty {
        let year = year.to_string();
        into.push(reason(
            ReasonCode::EndProvisional,
            [&year, " 年放假安排尚未公布，最后一日暂按周末推算，公布后重新判定。"].concat(),
            [
                "The holidays of ",
                &year,
                " are not published yet: the last day follows weekends alone and is derived again after publication.",
            ]
            .concat(),
            [("year", year)],
        ));
    }
}

/// An agreement or rework that gives no cover for a reason other than its days.
pub(crate) fn not_in_force(found: &LayerFinding) -> Option<Reason> {
    let source = found.source_id.clone().unwrap_or_default();
    let (code, zh, en) = match found.state {
        LayerState::NotSigned => (
            ReasonCode::AgreementNotInForce,
            format!("服务协议 {source} 尚未签署，不提供保障。"),
            format!("Service agreement {source} is not signed and covers nothing."),
        ),
        LayerState::Suspended => (
            ReasonCode::AgreementNotInForce,
            format!("报修时服务协议 {source} 已暂停。"),
            format!("Service agreement {source} was suspended at the report."),
        ),
        LayerState::Terminated => (
            ReasonCode::AgreementNotInForce,
            format!("报修时服务协议 {source} 已终止。"),
            format!("Service agreement {source} was terminated at the report."),
        ),
        LayerState::OtherAsset => (
            ReasonCode::AgreementNotInForce,
            format!("服务协议 {source} 不包含本设备。"),
            format!("Service agreement {source} does not list this asset."),
        ),
        LayerState::ReworkExcluded => (
            ReasonCode::ReworkExcluded,
            format!("{source} 的免费返修已被判定免责。"),
            format!("Free rework of {source} was excluded by a decision."),
        ),
        _ => return None,
    };
    Some(reason(code, zh, en, [("source_id", source)]))
}

pub(crate) fn exclusion_decided(code: ExclusionCode, promise: &str, ruling: &Ruling) -> Reason {
    let (zh, en) = code.names();
    reason(
        ReasonCode::ExclusionDecided,
        format!("已由 {} 凭证据判定免责：{zh}（{promise}）。理由：{}", ruling.by, ruling.reason),
        format!(
            "{} decided with evidence that an exclusion applies: {en} ({promise}). Reason: {}",
            ruling.by, ruling.reason
        ),
        [("by", ruling.by.clone()), ("promise", promise.to_owned()), ("reason", ruling.reason.clone())],
    )
}

pub(crate) fn exclusion_overruled(code: ExclusionCode, ruling: &Ruling) -> Reason {
    let (zh, en) = code.names();
    reason(
        ReasonCode::ExclusionOverruled,
        format!("{} 判定免责不成立：{zh}。理由：{}", ruling.by, ruling.reason),
        format!("{} decided that the exclusion does not apply: {en}. Reason: {}", ruling.by, ruling.reason),
        [("by", ruling.by.clone()), ("reason", ruling.reason.clone())],
    )
}

pub(crate) fn exclusion_proposed(proposal: &Proposal) -> Reason {
    let (zh, en) = proposal.code.names();
    let promise = &proposal.clause.promise;
    reason(
        ReasonCode::ExclusionProposed,
        ["有待判定的免责：", zh, "（", promise, "）。负责人凭证据判定之前不影响收费。"].concat(),
        [
            "An exclusion is proposed: ",
            en,
            " (",
            promise,
            "). It changes no charge until a person decides it with evidence.",
        ]
        .concat(),
        [("promise", promise.clone())],
    )
}

pub(crate) fn parts_only(part_ids: &[&str]) -> Reason {
    let list = part_ids.join("、");
    reason(
        ReasonCode::PartsOnly,
        format!("保障仅限配件 {list}，其他部分不在保障内。"),
        format!("Cover is limited to part {}; anything else is not covered by it.", part_ids.join(", ")),
        [("part_ids", part_ids.join(","))],
    )
}

fn kind_list(kinds: &[ChargeKind]) -> (String, String) {
    let zh: Vec<_> = kinds.iter().map(|kind| kind.names().0).collect();
    let en: Vec<_> = kinds.iter().map(|kind| kind.names().1).collect();
    (zh.join("、"), en.join(", "))
}

pub(crate) fn level_excludes(level: &Text, kinds: &[ChargeKind]) -> Reason {
    let (zh, en) = kind_list(kinds);
    reason(
        ReasonCode::LevelExcludes,
        format!("协议等级“{}”不包含{zh}，由客户承担。", level.zh_cn),
        format!("The agreement level “{}” leaves {en} to the customer.", level.en),
        [("level", level.zh_cn.clone())],
    )
}

pub(crate) fn customer_pays(kinds: &[ChargeKind], promise: &str) -> Reason {
    let (zh, en) = kind_list(kinds);
    reason(
        ReasonCode::CustomerPays,
        [zh.as_str(), "由客户承担（", promise, "）。"].concat(),
        ["The customer pays ", &en, " (", promise, ")."].concat(),
        [("promise", promise.to_owned())],
    )
}

pub(crate) fn not_known(missing: &Missing) -> Reason {
    let about = missing.about.clone().unwrap_or_default();
    reason(ReasonCode::NotKnown, missing.how.zh_cn.clone(), missing.how.en.clone(), [("about", about)])
}
