//! Bad input: nothing panics, nothing recurses, nothing takes more than linear time.

use std::time::{Duration, Instant};

use aidnews_page::{Format, PageHint, PageReader};
use proptest::prelude::*;

fn read(text: &str, format: Format) -> aidnews_page::Page {
    PageReader::new().read(text, &PageHint { format: Some(format), ..PageHint::default() })
}

fn seconds(text: &str) -> Duration {
    let start = Instant::now();
    let _ = read(text, Format::Html);
    start.elapsed()
}

const ARTICLE: &str = "<h1>甲医院专家赴乙县开展帮扶</h1><p>10月27日上午，甲医院专家抵达乙县人民医院，开展为期一年的对口帮扶。</p>";

#[test]
fn pages_without_an_article_are_empty() {
    for text in [
        "",
        " \n\r\n\u{3000}\n",
        "<html><head><title></title></head><body></body></html>",
        "<html><body><script>var a = '对口支援，共同发展。';</script></body></html>",
        "<html><body><img src='a.jpg'><img src='b.jpg'></body></html>",
        "<html><body><!-- 对口支援，共同发展，双方签订协议。 --></body></html>",
        "<html><body><a href=/>首页</a><a href=/n>新闻</a></body></html>",
    ] {
        for format in [Format::Html, Format::Text] {
            if format == Format::Html || !text.contains('<') {
                assert_eq!(read(text, format).text, "", "{text}");
            }
        }
    }
}

#[test]
fn broken_pages_still_give_their_article() {
    for page in [
        format!("<html><body>{ARTICLE}</body></html></html>"),
        format!("<html></html><html><body>{ARTICLE}"),
        format!("<html><head><title>一页</title><body><div><div><p>{ARTICLE}"),
        format!("<html><body></div></div></td></p>{ARTICLE}</table>"),
        format!("<html><body><b title=\"不合的引号>{ARTICLE}</b>"),
        format!("<html><body><!-- 没有结束的注释 >{ARTICLE}"),
        format!("<html><body><section><section style=\"visibility: hidden\">{ARTICLE}</section></section>"),
        format!("<html><body><div style=\"display:none\">{ARTICLE}</div></body></html>"),
    ] {
        let read = read(&page, Format::Html);
        assert!(read.text.contains("甲医院专家抵达乙县人民医院"), "{page}\n{read:?}");
    }
}

#[test]
fn deep_nesting_takes_linear_time() {
    for open in ["<div>", "<b>", "<a href=x>", "<p><b>", "<ul><li>", "<td>", "<span><div>", "<select>"] {
        let page = |depth: usize| format!("<html><body>{}{ARTICLE}", open.repeat(depth));
        assert!(read(&page(100_000), Format::Html).text.len() < 1_000);
        let closed = format!("{}{}", page(100_000), "</i></section></p></b>".repeat(100_000));
        // A quadratic walk over this stack would take minutes.
        assert!(seconds(&closed) < Duration::from_secs(20), "{open}");
    }
}

#[test]
fn inline_images_cost_no_more_than_other_bytes() {
    let image = format!("<img src=\"data:image/png;base64,{}\">", "iVBORw0KGgo".repeat(50_000_000 / 11));
    let page = format!("<html><body>{image}{ARTICLE}</body></html>");
    let start = Instant::now();
    let read = read(&page, Format::Html);
    assert!(read.text.starts_with("10月27日上午"));
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn hostile_runs_take_linear_time() {
    for piece in [
        "<!--",
        "<a b='",
        "<a b=\"",
        "<![CDATA[",
        "</",
        "<",
        "&",
        "&#",
        "&amp",
        "<script>",
        "<title>",
        "（",
        "【来源】",
        "记者 ",
        "2021-10-",
        "\u{200b} ",
    ] {
        let text = piece.repeat(300_000);
        let start = Instant::now();
        let _ = read(&text, Format::Html);
        let _ = read(&text, Format::Text);
        assert!(start.elapsed() < Duration::from_secs(20), "{piece}");
    }
}

fn check(text: &str, format: Format) {
    let page = read(text, format);
    assert_eq!(page.origin.output_len(), page.text.len());
    assert_eq!(page.origin.input_len(), text.len());
    for (at, c) in page.text.char_indices() {
        let source = page.origin.locate(at..at + c.len_utf8());
        let found = text.get(source.clone()).expect("a source is on character borders");
        // A character stands where it came from, or for a reference, or for white space.
        let stands = found.starts_with(c) || found.starts_with('&') || c.is_whitespace();
        assert!(stands, "{c:?} came from {found:?}");
    }
    for removed in &page.removed {
        assert!(text.get(removed.span.clone()).is_some(), "{removed:?}");
    }
    assert!(page.title_span.is_none_or(|span| text.get(span).is_some()));
}

fn fragment() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("<p>"),
        Just("</p>"),
        Just("<div class=content>"),
        Just("</div>"),
        Just("<a href=x>"),
        Just("</a>"),
        Just("<br>"),
        Just("<td>"),
        Just("<img src=/2021/1028/a.jpg>"),
        Just("<h1>"),
        Just("</h1>"),
        Just("&nbsp;"),
        Just("&ldquo;"),
        Just("&#20013;"),
        Just("\n"),
        Just(" "),
        Just("\u{3000}"),
        Just("甲医院专家赴乙县开展对口帮扶工作"),
        Just("双方签订协议，共同建设专科，培训骨干。"),
        Just("来源：甲地日报 "),
        Just("2021-10-28 09:30 "),
        Just("责任编辑：李明"),
        Just("（记者 王芳）"),
        Just("首页 > 新闻 > 正文"),
        Just("相关阅读"),
        Just("微信图片_20211028104955.jpg"),
        Just("<!--"),
        Just("-->"),
        Just("<script>"),
        Just("</script>"),
        Just("<title>"),
        Just("</title>"),
        Just("\""),
        Just("<"),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_byte_of_the_text_comes_from_the_input(text in fragment()) {
        check(&text, Format::Html);
        check(&text, Format::Text);
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        check(&text, Format::Html);
        check(&text, Format::Text);
    }
}
