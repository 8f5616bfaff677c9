//! What the cleaner lets through: nothing that runs, loads, moves or asks.

use std::collections::HashMap;

use proptest::prelude::*;
use recado::channels::email::{Limits, Sanitized, sanitize};

fn clean(html: &str) -> Sanitized {
    sanitize(html, &Limits::default(), &HashMap::new())
}

/// Tricks that have worked somewhere. Each must leave nothing that runs or loads.
const TRICKS: &[&str] = &[
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src=https://evil.example/a.png>",
    "<img src='//evil.example/a.png'>",
    "<img src='\\\\evil.example\\a.png'>",
    "<img src=' https://evil.example/a.png'>",
    "<img src='ht\ttps://evil.example/a.png'>",
    "<img srcset='https://evil.example/a.png 2x'>",
    "<img src=cid:x srcset='https://evil.example/a.png 2x' lowsrc=https://evil.example dynsrc=https://evil.example longdesc=https://evil.example>",
    "<image src=https://evil.example/a.png>",
    "<picture><source srcset=https://evil.example/a.png><img></picture>",
    "<video poster=https://evil.example/a.png src=https://evil.example/a.mp4></video>",
    "<audio src=https://evil.example/a.mp3 autoplay></audio><track src=https://evil.example/>",
    "<input type=image src=https://evil.example/a.png>",
    "<form action=https://evil.example><input name=a><button formaction=javascript:alert(1)>x</button></form>",
    "<isindex type=image src=https://evil.example onerror=alert(1)>",
    "<body background=https://evil.example/a.png onload=alert(1)>x</body>",
    "<table background=https://evil.example/a.png><tr><td background=https://evil.example/b.png>x</table>",
    "<style>@import 'https://evil.example/a.css'; p{background:url(https://evil.example)}</style><p>x",
    "<link rel=stylesheet href=https://evil.example/a.css>",
    "<link rel=dns-prefetch href=//evil.example><link rel=prefetch href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href=https://evil.example/><a href=x>x</a>",
    "<iframe src=https://evil.example srcdoc='<script>alert(1)</script>'></iframe>",
    "<frameset><frame src=https://evil.example></frameset>",
    "<object data=https://evil.example/a.swf><param name=x value=https://evil.example></object><embed src=https://evil.example>",
    "<applet code=x archive=https://evil.example></applet>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<svg><image href=https://evil.example/a.png xlink:href=https://evil.example/b.png /></svg>",
    "<svg><animate attributeName=href values='javascript:alert(1)' /><a><text>x</text></a></svg>",
    "<svg><a><rect width=99 height=99 /><animate attributeName=href to=javascript:alert(1) /></a></svg>",
    "<svg><rect fill='url(https://evil.example#a)' filter='url(https://evil.example#b)' stroke='url(//evil.example)' /></svg>",
    "<svg><use href='https://evil.example/a.svg#x' /></svg><svg><style>@import'//evil.example'</style></svg>",
    "<svg></p><style><a title=\"</style><img src=x onerror=alert(1)>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=x onerror=alert(1)&gt;\">",
    "<math><mi><mglyph><svg><mtext><style><path id=\"</style><img onerror=alert(1) src>\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<math href=javascript:alert(1)>x</math><math><maction actiontype=statusline xlink:href=javascript:alert(1)>x",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
    "<noembed><img title=\"</noembed><img src=x onerror=alert(1)>\"></noembed>",
    "<noframes><img title=\"</noframes><img src=x onerror=alert(1)>\"></noframes>",
    "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\"></xmp><plaintext><img src=x onerror=alert(1)>",
    "<template><img src=x onerror=alert(1)></template><template shadowrootmode=open><img src=https://evil.example></template>",
    "<textarea><p title=\"</textarea><img src=x onerror=alert(1)>\"></textarea>",
    "<title><p title=\"</title><img src=x onerror=alert(1)>\"></title>",
    "<select><template><style><!--</style><a rel=\"--><img src=x onerror=alert(1)>\">",
    "<select><option><style></option></select><img src=x onerror=alert(1)></style></option></select>",
    "<!--><img src=x onerror=alert(1)>--><!--[if gte mso 9]><img src=https://evil.example><![endif]-->",
    "<!-- --!><img src=x onerror=alert(1)> --><![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml-stylesheet href='https://evil.example'?><!DOCTYPE x [<!ENTITY y SYSTEM 'https://evil.example'>]>",
    "<a href=javascript:alert(1)>x</a><a href=' javascript:alert(1)'>x</a><a href='java\nscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a><a href='\u{1}javascript:alert(1)'>x</a><a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href=vbscript:msgbox(1)>x</a><a href='data:text/html,<script>alert(1)</script>'>x</a><a href=file:///etc/passwd>x</a>",
    "<a href='blob:https://evil.example/1'>x</a><a href='ms-word:ofe|u|https://x'>x</a><a ping=https://evil.example href=#>x</a>",
    "<img src='data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+'><img src='data:text/html,<script>alert(1)</script>'>",
    "<img src='data:image/png;base64,AAAA\" onerror=\"alert(1)'>",
    "<p style='background:url(https://evil.example)'>x</p><p style='background:u\\72l(https://evil.example)'>x</p>",
    "<p style='background:url(https://evil.example'>x</p><p style=\"background-image:url('//evil.example\">x</p>",
    "<p style='--a:url(https://evil.example);background:var(--a)'>x</p><p style='list-style:url(//evil.example)'>x</p>",
    "<p style='content:url(//evil.example);cursor:url(//evil.example),auto;border-image:image-set(\"//evil.example\" 1x)'>x</p>",
    "<p style='width:expression(alert(1));behavior:url(//evil.example);-moz-binding:url(//evil.example)'>x</p>",
    "<p style='position:fixed !important;top:0;left:0;width:100%;height:100%;z-index:9'>x</p>",
    "<p style='/*'>x</p><p style='*/background:url(//evil.example)'>x</p><font style=fill:url(//evil.example)>x</font>",
    "<div style=\"color:red&quot;;background:url(//evil.example)\">x</div><div style='color:red;}*{background:url(//evil.example)}'>x</div>",
    "<p hx-get=/x hx-trigger=load data-hx-post=/y hx-on:click=alert(1) id=a class=b name=c tabindex=1 autofocus contenteditable>x</p>",
    "<div id=document name=cookie><a id=x name=y href=https://ok.example>x</a></div><input name=attributes>",
    "<marquee onstart=alert(1)>x</marquee><details open ontoggle=alert(1)>x</details><dialog open>x</dialog>",
    "<keygen autofocus onfocus=alert(1)><bgsound src=https://evil.example><layer src=https://evil.example></layer>",
    "<x-y onclick=alert(1)>x</x-y><a onclick=alert(1) href=https://ok.example>x</a><p/onclick=alert(1)>x",
    "<blockquote cite=https://evil.example>x</blockquote><q cite=javascript:alert(1)>x</q><del cite=//evil.example>x</del>",
    "<a href=\"https://ok.example\" style=\"position:absolute;inset:0\">x</a><table><caption><img src=x onerror=alert(1)></table>",
    "<img src=`javascript:alert(1)`><img \"\"\"><script>alert(1)</script>\"><img src=x:x onerror\u{c}=alert(1)>",
    "<p title=\"</p><script>alert(1)</script>\">x</p><p title='\"><img src=x onerror=alert(1)>'>x</p>",
    "<img alt=\"`><img src=x onerror=alert(1)>\" src=https://evil.example><a title='<!--' href=x>--><img src=x onerror=alert(1)></a>",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-<\u{0}script>alert(1)</script><\u{ff1c}script>",
];

/// Every tag of a cleaned text with its attributes, read by nothing but the rules of the serializer: values stand in
/// double quotes, and `<` begins a tag only outside of them.
fn tags(clean: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut found = Vec::new();
    let mut rest = clean;
    while let Some((_, after)) = rest.split_once('<') {
        rest = after;
        if rest.starts_with('/') {
            continue;
        }
        let end = rest.find([' ', '>']).unwrap_or(rest.len());
        let name = rest[..end].to_owned();
        rest = &rest[end..];
        let mut attributes = Vec::new();
        while let Some(attribute) = rest.strip_prefix(' ') {
            let Some((key, (value, after))) =
                attribute.split_once("=\"").and_then(|(k, v)| Some((k, v.split_once('"')?)))
            else {
                panic!("an attribute without a quoted value: {clean:?}");
            };
            attributes.push((key.to_owned(), value.to_owned()));
            rest = after;
        }
        found.push((name, attributes));
    }
    found
}

fn assert_harmless(html: &str) {
    let clean = clean(html).html;
    for (name, attributes) in tags(&clean) {
        let known = "a abbr address b big blockquote br caption center cite code col colgroup dd del div dl dt em figcaption figure font \
            h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strike strong sub sup table tbody td tfoot th thead \
            tr tt u ul var wbr";
        assert!(known.split_whitespace().any(|k| k == name), "<{name}> from {html:?}: {clean:?}");
        for (key, value) in attributes {
            assert!(!key.starts_with("on") && !key.contains("hx-"), "{key} from {html:?}: {clean:?}");
            assert!(
                !["id", "class", "name", "background", "srcset", "poster", "action", "ping", "cite"]
                    .contains(&key.as_str()),
                "{key}: {clean:?}"
            );
            let value = value.to_lowercase();
            match key.as_str() {
                "href" => assert!(
                    ["http://", "https://", "mailto:", "tel:"].iter().any(|s| value.starts_with(s)),
                    "{value} from {html:?}"
                ),
                "src" => assert!(
                    (value.starts_with("data:image/png;base64,") && !value.contains(['<', '"']))
                        || value.strip_prefix("images/").is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit())),
                    "{value} from {html:?}"
                ),
                "style" => assert!(
                    !value.contains("url")
                        && !value.contains("position")
                        && !value.contains("expression")
                        && !value.contains("var("),
                    "{value}"
                ),
                _ => {}
            }
        }
    }
}

#[test]
fn no_trick_leaves_anything_that_runs_or_loads() {
    for trick in TRICKS {
        assert!(!clean(trick).too_complex, "{trick}");
        assert_harmless(trick);
        assert_harmless(&format!("<div><table><tr><td>{trick}</td></tr></table></div>"));
        assert_harmless(&format!("<p>{trick}<p>{trick}"));
        for other in TRICKS {
            assert_harmless(&format!("{trick}{other}"));
        }
    }
}

#[test]
fn every_beginning_of_a_trick_is_harmless() {
    for trick in TRICKS {
        for end in (0..trick.len()).filter(|e| trick.is_char_boundary(*e)) {
            assert_harmless(&trick[..end]);
        }
    }
}

#[test]
fn an_ordinary_mail_keeps_its_looks() {
    let html = "<html><head><title>no</title><style>p{}</style></head><body><p style=\"color: #333; font-weight: bold\">Olá <b>Ana</b>, \
        veja <a href=\"https://e.com/?a=1&amp;b=2\" id=x onclick=y>isto</a></p><table width=\"600\" bgcolor=\"#ffffff\" cellpadding=4><tr>\
        <td align=\"center\" colspan=2>1</td></tr></table><ul><li>um</li></ul></body></html>";
    let clean = clean(html);
    assert_eq!(
        clean.html,
        "<p style=\"color:#333;font-weight:bold\">Olá <b>Ana</b>, veja <a href=\"https://e.com/?a=1&amp;b=2\" target=\"_blank\" \
         rel=\"noopener noreferrer nofollow\">isto</a></p><table width=\"600\" bgcolor=\"#ffffff\" cellpadding=\"4\"><tbody><tr>\
         <td align=\"center\" colspan=\"2\">1</td></tr></tbody></table><ul><li>um</li></ul>"
    );
    assert!(!clean.too_complex);
}

#[test]
fn pictures_come_from_the_mail_itself_or_not_at_all() {
    let cids = HashMap::from([("Logo@X".to_owned(), "/attachments/7".to_owned())]);
    let html = "<img src=\"CID:logo%40x\" alt=a><img src=cid:other><img src=https://evil.example/p.gif width=1><img src='//evil.example/q'>\
        <img src=\"data:image/png;base64,AAAA\"><img src=/attachments/8>";
    let clean = sanitize(html, &Limits::default(), &cids);
    assert_eq!(
        clean.html,
        "<img src=\"/attachments/7\" alt=\"a\"><img><img width=\"1\"><img src=\"images/0\"><img src=\"data:image/png;base64,AAAA\"><img>"
    );
    assert_eq!(clean.images, ["https://evil.example/q"]);
    assert_eq!(clean.dropped_images, 2, "a dot that counts its readers, and what is on no web");
    assert_eq!(sanitize(&clean.html, &Limits::default(), &cids).html, clean.html);
}

fn fragment() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(TRICKS).prop_map(str::to_owned),
        4 => prop::sample::select(vec![
            "<p>", "</p>", "<div>", "</div>", "<table>", "</table>", "<tr>", "<td>", "</td>", "<a href=https://ok.example>", "</a>", "<b>", "</b>",
            "<i>", "</i>", "<svg>", "</svg>", "<math>", "</math>", "<mtext>", "<mglyph>", "<style>", "</style>", "<!--", "-->", "<title>", "</title>",
            "<pre>\n", "</pre>", "<ul><li>", "</ul>", "<select>", "<option>", "</select>", "<form>", "</form>", "<textarea>", "</textarea>", "<noscript>",
            "</noscript>", "<template>", "</template>", "<h1>", "</h1>", "<font color=red>", "</font>", "<foreignObject>", "<desc>", "<annotation-xml encoding=text/html>",
            "<br>", "</br>", "<hr>", "<nobr>", "<button>", "<dd>", "<dt>", "<caption>", "<col>", "<iframe>", "</iframe>", "<image>", "<frameset>", "<body>", "</body>",
        ]).prop_map(str::to_owned),
        2 => "[ -~]{0,12}",
        1 => "\\PC{0,8}",
        1 => "[<>\"'=&;/!\\-\n\t a-c]{0,10}",
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn cleaning_twice_changes_nothing(html in fragment()) {
        let once = clean(&html);
        prop_assert_eq!(&clean(&once.html).html, &once.html);
        assert_harmless(&html);
    }
}
