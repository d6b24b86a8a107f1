//! Metadata that a page carries out of sight: meta elements, JSON-LD, variables of scripts.

use crate::date::{self, Stamp};
use crate::flat::Head;

/// Names of meta elements that hold a date of publication, the best first.
const DATES: [&str; 16] = [
    "firstpublishedtime",
    "og:article:published_time",
    "pubdate",
    "publishdate",
    "article:published_time",
    "og:published_time",
    "datepublished",
    "publish_time",
    "publishtime",
    "og:release_date",
    "apub:time",
    "weibo: article:create_at",
    "date",
    "dateupdate",
    "og:time",
    "lastmodified",
];
/// Keys of JSON-LD and of script variables that hold one.
const KEYS: [&str; 8] = [
    "datePublished",
    "pubDate",
    "publish_time",
    "publishTime",
    "createTime",
    "ptime",
    "pubtime",
    "oriCreateTime",
];

impl Head {
    pub(crate) fn meta(&self, name: &str) -> Option<&str> {
        self.metas
            .iter()
            .find(|(key, value)| key == name && !value.trim().is_empty())
            .map(|(_, value)| value.trim())
    }

    /// Returns the date of publication that the head or a script gives.
    pub(crate) fn published(&self, page: &str) -> Option<Stamp> {
        let meta = DATES.iter().filter_map(|name| self.meta(name)).find_map(first_date);
        let json = || {
            self.json
                .iter()
                .find_map(|range| KEYS.iter().find_map(|key| dated_key(&page[range.clone()], key)))
        };
        let script = || {
            self.scripts
                .iter()
                .find_map(|range| KEYS.iter().find_map(|key| dated_key(&page[range.clone()], key)))
        };
        let mip = || {
            self.metas.iter().find_map(|(key, value)| {
                (key.contains("pub") && key.contains("date")).then(|| first_date(value)).flatten()
            })
        };
        meta.or_else(json).or_else(mip).or_else(script).or_else(|| self.unix(page))
    }

    /// WeChat: `var ct = "1618912345";`
    fn unix(&self, page: &str) -> Option<Stamp> {
        self.scripts.iter().find_map(|range| {
            let script = &page[range.clone()];
            let at = script.find("var ct")?;
            let digits: String = script[at + 6..]
                .chars()
                .skip_while(|c| !c.is_ascii_digit())
                .take_while(char::is_ascii_digit)
                .collect();
            let seconds: i64 = digits.parse().ok().filter(|_| digits.len() == 10)?;
            Some(from_unix(seconds + 8 * 3600))
        })
    }
}

fn first_date(text: &str) -> Option<Stamp> {
    date::dates(text).into_iter().find(|stamp| stamp.year.is_some())
}

fn dated_key(text: &str, key: &str) -> Option<Stamp> {
    string_after(text, key).as_deref().and_then(first_date)
}

/// Returns the quoted string that follows `key`, a colon or an equals sign; escapes other than \u are dropped.
fn string_after(text: &str, key: &str) -> Option<String> {
    let mut from = 0;
    while let Some(hit) = text[from..].find(key) {
        let after = from + hit + key.len();
        let rest = text[after..].trim_start_matches(['"', '\'', ' ', '\n', '\r', '\t']);
        if let Some(rest) = rest.strip_prefix([':', '=']) {
            let rest = rest.trim_start();
            if let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) {
                let body = &rest[1..];
                let end = body.find(quote).unwrap_or(0);
                return Some(unescape(&body[..end]));
            }
        }
        from = after;
    }
    None
}

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let code = rest[at..]
            .strip_prefix("\\u")
            .and_then(|hex| hex.get(..4))
            .and_then(|hex| u32::from_str_radix(hex, 16).ok());
        let (skip, c) = match code.and_then(char::from_u32) {
            Some(c) => (6, Some(c)),
            None => (1, None),
        };
        out.extend(c);
        rest = &rest[at + skip..];
    }
    out.push_str(rest);
    out
}

/// Days and seconds of the proleptic Gregorian calendar, after Howard Hinnant's civil_from_days.
fn from_unix(seconds: i64) -> Stamp {
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let (day, month) = (doy - (153 * mp + 2) / 5 + 1, if mp < 10 { mp + 3 } else { mp - 9 });
    let year = yoe + era * 400 + i64::from(month <= 2);
    let small = |value: i64| i8::try_from(value).unwrap_or(1);
    Stamp {
        range: 0..0,
        year: i16::try_from(year).ok(),
        month: small(month),
        day: small(day),
        time: Some((small(second / 3600), small(second / 60 % 60), None)),
        han: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_become_dates() {
        assert_eq!(from_unix(1_618_912_345 + 8 * 3600).iso().unwrap(), "2021-04-20T17:52");
        assert_eq!(from_unix(0).iso().unwrap(), "1970-01-01T00:00");
    }

    #[test]
    fn strings_after_keys() {
        let json = r#"{"@type":"NewsArticle", "datePublished" : "2024-03-19T08:00", "headline":"\u5317京"}"#;
        assert_eq!(string_after(json, "datePublished").as_deref(), Some("2024-03-19T08:00"));
        assert_eq!(string_after(json, "headline").as_deref(), Some("北京"));
        assert_eq!(string_after(json, "author"), None);
    }
}
