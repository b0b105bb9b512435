//! Amounts in Chinese capitals, as invoices and service orders write them.

mod zh {
    pub(super) const DIGITS: [&str; 10] = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];
    pub(super) const PLACES: [&str; 4] = ["仟", "佰", "拾", ""];
    pub(super) const SECTIONS: [&str; 5] = ["亿亿", "万亿", "亿", "万", ""];
}

/// An amount of yuan in capitals: `123450` (fen) → 壹仟贰佰叁拾肆元伍角整.
///
/// Source: the rules for filling in bills of the payment-and-settlement order of the People's Bank of China
/// (支付结算办法, annex 1): 整 after yuan and jiao, none after fen, one 零 for any run of zeros inside.
#[must_use]
pub fn amount_in_capitals(minor: i64) -> String {
    written_zh(minor)
}

fn written_zh(minor: i64) -> String {
    let amount = minor.unsigned_abs();
    let (yuan, jiao, fen) = (amount / 100, amount / 10 % 10, amount % 10);
    let mut text = String::from(if minor < 0 { "负" } else { "" });
    if amount == 0 {
        return "零元整".into();
    }
    if yuan > 0 {
        whole_zh(yuan, &mut text);
        text.push('元');
    }
    match (jiao, fen) {
        (0, 0) => text.push('整'),
        (0, fen) => {
            if yuan > 0 {
                text.push('零');
            }
            digit_zh(fen, &mut text);
            text.push('分');
        }
        (jiao, 0) => {
            digit_zh(jiao, &mut text);
            text.push_str("角整");
        }
        (jiao, fen) => {
            digit_zh(jiao, &mut text);
            text.push('角');
            digit_zh(fen, &mut text);
            text.push('分');
        }
    }
    text
}

fn digit_zh(of: u64, text: &mut String) {
    text.push_str(usize::try_from(of).ok().and_then(|d| zh::DIGITS.get(d)).copied().unwrap_or_default());
}

// Sections of four digits, from the highest; a gap between two written digits is one 零.
fn whole_zh(yuan: u64, text: &mut String) {
    let mut written = false;
    let mut gap = false;
    for (at, unit) in zh::SECTIONS.iter().enumerate() {
        let section = yuan / 10_000_u64.pow(u32::try_from(zh::SECTIONS.len() - 1 - at).unwrap_or(0)) % 10_000;
        if section == 0 {
            gap = written;
            continue;
        }
        let digits = [section / 1000, section / 100 % 10, section / 10 % 10, section % 10];
        for (one, place) in digits.into_iter().zip(zh::PLACES) {
            if one == 0 {
                gap = written;
                continue;
            }
            if gap {
                text.push('零');
            }
            digit_zh(one, text);
            text.push_str(place);
            written = true;
            gap = false;
        }
        text.push_str(unit);
        // Zeros at the end of a section belong to its unit, not to what follows.
        gap = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p70_amounts_in_capitals() {
        for (minor, text) in [
            (0, "零元整"),
            (1, "壹分"),
            (5, "伍分"),
            (10, "壹角整"),
            (50, "伍角整"),
            (53, "伍角叁分"),
            (100, "壹元整"),
            (1_000, "壹拾元整"),
            (1_005, "壹拾元零伍分"),
            (1_050, "壹拾元伍角整"),
            (10_100, "壹佰零壹元整"),
            (11_000, "壹佰壹拾元整"),
            (32_504, "叁佰贰拾伍元零肆分"),
            (123_450, "壹仟贰佰叁拾肆元伍角整"),
            (140_950, "壹仟肆佰零玖元伍角整"),
            (168_032, "壹仟陆佰捌拾元叁角贰分"),
            (600_714, "陆仟零柒元壹角肆分"),
            (1_000_000, "壹万元整"),
            (1_000_100, "壹万零壹元整"),
            (1_001_000, "壹万零壹拾元整"),
            (1_640_902, "壹万陆仟肆佰零玖元零贰分"),
            (10_700_053, "壹拾万柒仟元伍角叁分"),
            (100_000_000, "壹佰万元整"),
            (101_000_000, "壹佰零壹万元整"),
            (10_000_000_000, "壹亿元整"),
            (10_000_000_100, "壹亿零壹元整"),
            (10_000_500_000, "壹亿零伍仟元整"),
            (10_010_000_000, "壹亿零壹拾万元整"),
            (100_000_000_000_000, "壹万亿元整"),
            (-12_300, "负壹佰贰拾叁元整"),
        ] {
            assert_eq!(amount_in_capitals(minor), text, "{minor}");
        }
        assert!(amount_in_capitals(i64::MIN).starts_with("负玖亿亿"));
    }
}
