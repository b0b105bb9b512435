//! The one catalogue of texts (decision 21): `texts/<language>/<area>.json`, flat keys, `{name}` placeholders.
//!
//! The web app imports the same files. A text is addressed as `<area>.<key>`; areas whose name starts with
//! `errors` are one address space, `errors.<code>.title | detail | cure`.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// The languages the product speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
pub enum Lang {
    /// Simplified Chinese, the first language.
    #[default]
    #[serde(rename = "zh-CN")]
    ZhCn,
    /// English.
    #[serde(rename = "en")]
    En,
}

impl Lang {
    /// Both, Chinese first.
    pub const ALL: [Self; 2] = [Self::ZhCn, Self::En];

    /// The BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::ZhCn => "zh-CN",
            Self::En => "en",
        }
    }

    /// The first language of an `Accept-Language` header that the product speaks.
    #[must_use]
    pub fn accepted(header: &str) -> Option<Self> {
        header.split(',').find_map(|part| {
            let tag = part.split(';').next().unwrap_or_default().trim();
            let tag = tag.to_ascii_lowercase();
            if tag.starts_with("zh") {
                Some(Self::ZhCn)
            } else if tag.starts_with("en") {
                Some(Self::En)
            } else {
                None
            }
        })
    }
}

impl FromStr for Lang {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "zh-CN" => Ok(Self::ZhCn),
            "en" => Ok(Self::En),
            _ => Err(()),
        }
    }
}

/// A text of the catalogue data (clauses, checklists, symptoms): a missing `en` falls back to Chinese with a mark.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Both {
    /// Simplified Chinese.
    pub zh_cn: String,
    /// English, if somebody has written it.
    #[serde(default)]
    pub en: String,
}

impl Both {
    /// A pair of texts.
    #[must_use]
    pub fn new(zh_cn: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh_cn: zh_cn.into(), en: en.into() }
    }

    /// The text in `lang`; `[zh]` marks a missing translation.
    #[must_use]
    pub fn in_lang(&self, lang: Lang) -> String {
        match lang {
            Lang::En if self.en.is_empty() => format!("[zh] {}", self.zh_cn),
            Lang::En => self.en.clone(),
            Lang::ZhCn => self.zh_cn.clone(),
        }
    }
}

#[derive(rust_embed::RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../texts"]
#[include = "*.json"]
struct Files;

type Catalogue = HashMap<(Lang, String), String>;

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let mut all = Catalogue::new();
    for path in Files::iter() {
        let Some((language, file)) = path.split_once('/') else { continue };
        let (Ok(lang), Some(area)) = (language.parse::<Lang>(), file.strip_suffix(".json")) else { continue };
        let area = if area.starts_with("errors") { "errors" } else { area };
        let Some(bytes) = Files::get(&path) else { continue };
        let texts: HashMap<String, String> = serde_json::from_slice(&bytes.data).unwrap_or_default();
        for (key, text) in texts {
            all.insert((lang, format!("{area}.{key}")), text);
        }
    }
    all
});

/// The text `key` in `lang` with its `{placeholders}` filled; `None` if there is none.
#[must_use]
pub fn text(lang: Lang, key: &str, values: &[(&str, String)]) -> Option<String> {
    Some(filled(CATALOGUE.get(&(lang, key.to_owned()))?, values))
}

/// A text with its `{placeholders}` filled in one pass: what a value says is words, also where it looks like a placeholder.
/// Placeholders without a value stay.
#[must_use]
pub fn filled(text: &str, values: &[(&str, String)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let named = from.find('}').and_then(|end| {
            let value = values.iter().find(|(name, _)| *name == &from[1..end])?;
            Some((end, &value.1))
        });
        match named {
            Some((end, value)) => {
                out.push_str(value);
                rest = &from[end + 1..];
            }
            None => {
                out.push('{');
                rest = &from[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The text `key` in both languages, with the same values: for reasons that are kept, or read in either language. What the
/// catalogue lacks shows its key.
#[must_use]
pub fn both(key: &str, values: &[(&str, String)]) -> Both {
    both_of(key, |_| values.to_vec())
}

/// As [`both`], with values that differ by language.
#[must_use]
pub fn both_of<'n>(key: &str, values: impl Fn(Lang) -> Vec<(&'n str, String)>) -> Both {
    let [zh_cn, en] = Lang::ALL.map(|lang| text(lang, key, &values(lang)).unwrap_or_else(|| key.to_owned()));
    Both { zh_cn, en }
}

/// Every key of the catalogue in one language.
#[must_use]
pub fn keys(lang: Lang) -> Vec<&'static str> {
    let mut keys: Vec<_> =
        CATALOGUE.keys().filter(|(l, _)| *l == lang).map(|(_, key)| key.as_str()).collect();
    keys.sort_unstable();
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_looks_like_a_placeholder_is_words() {
        let values = [("site", "{link} {site} {{7*7}}".to_owned()), ("link", "https://x/secret".to_owned())];
        for order in [[0, 1], [1, 0]] {
            let values = order.map(|at| values[at].clone());
            assert_eq!(filled("Site: {site}.", &values), "Site: {link} {site} {{7*7}}.");
        }
        assert_eq!(
            filled("{open} {link} } {{link}} {", &values),
            "{open} https://x/secret } {https://x/secret} {"
        );
        assert_eq!(filled("道闸{", &[]), "道闸{");
    }
}
