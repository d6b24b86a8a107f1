//! When one form of a name can stand for another.

use crate::name::Name;
use crate::record::OrganizationKind as Kind;

/// Words that make a house another house: a form without them is no short form of one with them.
const QUALITIES: [&str; 24] = [
    "中医",
    "妇幼",
    "妇产",
    "儿童",
    "肿瘤",
    "口腔",
    "眼科",
    "精神",
    "传染",
    "骨伤",
    "骨科",
    "分院",
    "中西医",
    "红十字",
    "胸科",
    "康复",
    "民族",
    "疾病",
    "疾控",
    "社区",
    "卫生院",
    "血站",
    "藏医",
    "蒙医",
];

/// Characters a short form may leave out and still end in 医院.
const FILLERS: &str =
    "省市县区州盟旗自治地人民第属科学院医藏族回羌彝苗壮侗土家布依傣白哈萨克维吾尔蒙古朝鲜满仡佬";

const NUMERALS: &str = "一二三四五六七八九十百〇零0123456789";

/// Rates how well `short` can stand for `long`: 0 not at all, 3 as the end of it, 2 without fillers, 1 as an
/// abbreviation.
pub(super) fn likeness(short: &Name, short_form: &str, long: &Name, long_form: &str) -> u8 {
    if !same_kind(short, long) {
        return 0;
    }
    if short.official.is_some() && short.official == long.official {
        return 4;
    }
    if short.official.as_deref() == Some(long_form) {
        return 4;
    }
    if short_form == long_form {
        return 4;
    }
    if short.kind == Kind::Place {
        return u8::from(!short.school && same_place(short, short_form, long, long_form)) * 3;
    }
    if long_form.ends_with(short_form) {
        return 3;
    }
    // Teams are named in any order: 浙江援藏温州工作组, 温州援藏工作组.
    if short.kind == Kind::Team && short_form.chars().all(|c| long_form.contains(c)) {
        return 1;
    }
    if quality_differs(short_form, long_form) || numerals(short_form) != numerals(long_form) {
        return 0;
    }
    let Some(dropped) = dropped(short_form, long_form) else {
        return 0;
    };
    if dropped.chars().all(|c| FILLERS.contains(c)) {
        return 2;
    }
    let abbreviation = short_form.ends_with('院') && !short_form.ends_with("医院");
    u8::from(abbreviation || matches!(short.kind, Kind::Team))
}

/// Tells whether two full forms (孙吴县医院, 孙吴县人民医院) are one house: the one leaves out 人民 at most.
pub(super) fn same_house(a: &str, b: &str) -> bool {
    a == b || a.replace("人民", "") == b.replace("人民", "") && a.ends_with("医院")
}

/// Tells whether an elided form (市人民医院, 县医院, 市一院) can stand for a full one.
pub(super) fn stands_for(short_form: &str, short: &Name, long_form: &str, long: &Name) -> bool {
    if !same_kind(short, long) {
        return false;
    }
    if long_form.ends_with(short_form) {
        return true;
    }
    let Some(rank) = short_form.chars().next() else {
        return false;
    };
    let place_end = long.place_len.min(long_form.len());
    let tail_from = match long_form.get(..place_end).and_then(|place| place.rfind(rank)) {
        Some(at) => at,
        None => return false,
    };
    let tail = &long_form[tail_from..];
    if quality_differs(short_form, tail) || numerals(short_form) != numerals(tail) {
        return false;
    }
    let abbreviation = short_form.ends_with('院') && !short_form.ends_with("医院");
    dropped(short_form, tail)
        .is_some_and(|dropped| abbreviation || dropped.chars().all(|c| FILLERS.contains(c)))
}

fn same_kind(a: &Name, b: &Name) -> bool {
    let care = |kind: Kind| matches!(kind, Kind::Hospital | Kind::PublicHealth);
    a.kind == b.kind && a.school == b.school || care(a.kind) && care(b.kind)
}

/// 喀什 and 喀什地区: the same division, or one of those a bare name may mean.
fn same_place(short: &Name, short_form: &str, long: &Name, long_form: &str) -> bool {
    let shared = short.codes.iter().any(|code| long.codes.contains(code));
    shared
        && (long_form.contains(short_form)
            || short.codes == long.codes && short.codes.len() == 1 && !small(long_form))
}

/// Tells whether a place is a town or village, which shares the code of its county.
fn small(form: &str) -> bool {
    form.ends_with(['镇', '乡', '村']) || form.ends_with("街道") || form.ends_with("社区")
}

fn quality_differs(short: &str, long: &str) -> bool {
    let shared = QUALITIES.iter().any(|quality| long.contains(quality) && short.contains(quality));
    !shared && QUALITIES.iter().any(|quality| long.contains(quality) && !abbreviated_quality(short, quality))
}

/// 妇保院 stands for 妇幼保健院, 中医 only for 中医.
fn abbreviated_quality(short: &str, quality: &str) -> bool {
    short.contains(quality)
        || matches!(quality, "妇幼") && (short.contains("妇保") || short.contains("妇计"))
        || matches!(quality, "疾病") && short.contains("疾控")
}

fn numerals(form: &str) -> Vec<char> {
    form.chars().filter(|c| NUMERALS.contains(*c)).collect()
}

/// Returns the characters of `long` that `short` leaves out, where both start and end alike and `short` keeps
/// the order.
fn dropped(short: &str, long: &str) -> Option<String> {
    if short.chars().next() != long.chars().next() || short.chars().next_back() != long.chars().next_back() {
        return None;
    }
    let mut left_out = String::new();
    let mut wanted = short.chars().peekable();
    for c in long.chars() {
        if wanted.peek() == Some(&c) {
            wanted.next();
        } else {
            left_out.push(c);
        }
    }
    wanted.peek().is_none().then_some(left_out)
}

#[cfg(test)]
mod tests {
    use super::{dropped, quality_differs};

    #[test]
    fn short_forms_leave_out_what_they_may() {
        for (short, long, wanted) in [
            ("兰大一院", "兰州大学第一医院", Some("州学第医")),
            ("遵医附院", "遵义医科大学附属医院", Some("义科大学属医")),
            ("市人民医院", "市中医院", None),
        ] {
            assert_eq!(dropped(short, long).as_deref(), wanted, "{short}");
        }
        assert!(quality_differs("市医院", "市中医院"));
        assert!(!quality_differs("市妇保院", "市妇幼保健院"));
    }
}
