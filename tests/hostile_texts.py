"""Texts that try to run something in the browser of whoever reads them: tags, ways out of where a text stands, and the
addresses that Markdown can make. Each calls `hit`, so a page on which one ran says so.

The kinds follow the prevention and filter-evasion lists of OWASP; the texts are put together here.
"""

from itertools import product

RUN = "hit(1)"
TAGS = (
    "<script>{run}</script>",
    "<ScRiPt>{run}</sCrIpT>",
    "<script/x>{run}</script>",
    "<script\n>{run}</script>",
    "<img src=x onerror={run}>",
    "<img src=x onerror='{run}'>",
    "<img/src=x/onerror={run}>",
    "<IMG SRC=x ONERROR={run}>",
    "<img src=x onerror={run} ",
    "<image src=x onerror={run}>",
    "<svg onload={run}>",
    "<svg/onload={run}>",
    "<svg><script>{run}</script></svg>",
    "<svg><animate onbegin={run} attributeName=x>",
    "<math><mi onmouseover={run}>x</mi></math>",
    "<details open ontoggle={run}>x</details>",
    "<input autofocus onfocus={run}>",
    "<select autofocus onfocus={run}></select>",
    "<textarea autofocus onfocus={run}>",
    "<video><source onerror={run}></video>",
    "<audio src=x onerror={run}></audio>",
    "<video src=x onerror={run}></video>",
    "<body onload={run}>",
    "<body onpageshow={run}>",
    "<iframe onload={run}></iframe>",
    "<iframe src=javascript:{run}></iframe>",
    "<iframe srcdoc='<script>parent.{run}</script>'>",
    "<object data=javascript:{run}></object>",
    "<embed src=javascript:{run}>",
    "<form><button formaction=javascript:{run}>x",
    "<a href=javascript:{run}>x</a>",
    "<a href='java\tscript:{run}'>x</a>",
    "<a href=&#106;avascript:{run}>x</a>",
    "<base href=javascript:{run}//>",
    "<meta http-equiv=refresh content=0;url=javascript:{run}>",
    "<style onload={run}></style>",
    "<link rel=stylesheet href=x onerror={run}>",
    "<p style=animation-name:x onanimationstart={run}>",
    "<div hx-on:load={run} hx-trigger=load>",
    "<div hx-get=/x hx-on::load={run}>",
    "<noscript><p title='</noscript><img src=x onerror={run}>'>",
    "<template><img src=x onerror={run}></template>",
)
WAYS_OUT = (
    "",
    '">',
    "'>",
    "-->",
    "</p>",
    "</a>",
    "</title>",
    "</textarea>",
    "</script>",
    "</style>",
    "</option></select>",
    "]]>",
)
IN_ATTRIBUTES = tuple(
    f"{quote}{gap}{event}={quote}{RUN}{quote}"
    for quote, gap, event in product(
        ('"', "'", ""), (" ", "/", "\n"), ("onmouseover", "onfocus autofocus", "onanimationstart")
    )
)
IN_MARKDOWN = (
    "[x](javascript:hit(1))",
    "[x](JaVaScRiPt:hit(1))",
    "[x]( javascript:hit(1))",
    "[x](<javascript:hit(1)>)",
    "[x](java&#10;script:hit(1))",
    "[x](&#106;avascript:hit(1))",
    "[x](&#x6a;avascript&colon;hit(1))",
    "[x](java%0ascript:hit(1))",
    "[x](\x01javascript:hit(1))",
    "[x](vbscript:hit(1))",
    "[x](data:text/html,<script>hit(1)</script>)",
    "[x](data:text/html;base64,PHNjcmlwdD5oaXQoMSk8L3NjcmlwdD4=)",
    "[x](blob:javascript:hit(1))",
    "[x](//javascript:hit(1))",
    "![x](javascript:hit(1))",
    '![x" onerror="hit(1)](x)',
    '![x](x" onerror="hit(1))',
    '![x](x "y" onerror="hit(1)")',
    '[x](x "y" onmouseover="hit(1)")',
    "[x][y]\n\n[y]: javascript:hit(1)",
    '[x][y]\n\n[y]: x "onmouseover=hit(1) y"',
    "<javascript:hit(1)>",
    '<https://example.org/" onmouseover="hit(1)>',
    'https://example.org/"onmouseover="hit(1)',
    "https://example.org/'onmouseover='hit(1)",
    "https://example.org/<script>hit(1)</script>",
    "javascript://example.org/%0ahit(1)",
    '```js" onmouseover="hit(1)\nx\n```',
    "```\n</code></pre><script>hit(1)</script>\n```",
    "`</code><script>hit(1)</script>`",
    "| <script>hit(1)</script> | x |\n| --- | --- |\n| <img src=x onerror=hit(1)> | y |",
    "> <script>hit(1)</script>\n> [x](javascript:hit(1))",
    "- <svg onload=hit(1)>\n- [ ] <img src=x onerror=hit(1)>",
    "# <img src=x onerror=hit(1)>",
    "<!-- --><img src=x onerror=hit(1)>",
    "<![CDATA[<script>hit(1)</script>]]>",
    "<?x <script>hit(1)</script> ?>",
    '@[1"onmouseover=hit(1)]',
    "@<img src=x onerror=hit(1)>",
    "&lt;script&gt;hit(1)&lt;/script&gt;",
    "\\<script>hit(1)</script>",
    "﹤script﹥hit(1)﹤/script﹥",
    "＜script＞hit(1)＜/script＞",
    "{{ constructor.constructor('hit(1)')() }}",
    "{% debug %}<script>hit(1)</script>",
    "${hit(1)}",
)
ONE_LINE = [way + tag.format(run=RUN) for way, tag in product(WAYS_OUT, TAGS)]
ALL = [*ONE_LINE, *IN_ATTRIBUTES, *IN_MARKDOWN]

# What listens: `hit` notes that something ran; `planted` finds what would run once somebody pointed at it.
LISTEN = "window.hits = 0; window.hit = () => { window.hits += 1; };"
PLANTED = """() => {
  const found = [], runs = /^\\s*(javascript|vbscript|data:text)/i;
  for (const element of document.querySelectorAll('*')) {
    if (element.localName == 'script' && element.textContent.includes('hit(')) found.push(element.outerHTML);
    for (const {name, value} of element.attributes) {
      if (!value.includes('hit(') && !runs.test(value)) continue;
      const leads = ['href', 'src', 'action', 'formaction', 'data', 'xlink:href'].includes(name) && runs.test(value);
      if (name.startsWith('on') || name.startsWith('hx-') || name == 'srcdoc' || leads) found.push(element.outerHTML);
    }
  }
  return found.map(each => each.slice(0, 200));
}"""
