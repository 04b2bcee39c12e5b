/** The style of exported pages: the site's colours without its files. */
export const pageStyle = `:root{color-scheme:light dark;--desk:#e6edf3;--sheet:#fdfdfb;--edge:#c3cfda;--ink:#1a2440;--soft:#4a566f;--link:#20489c;--wash:#fcedee;--wrong:#861a2e}
@media (prefers-color-scheme:dark){:root{--desk:#121a2b;--sheet:#1b2539;--edge:#35435d;--ink:#ebe8e0;--soft:#b3bdcf;--link:#a9c5f7;--wash:#3a1f28;--wrong:#f2a0a8}}
*{box-sizing:border-box}
body{margin:0;background:var(--desk);color:var(--ink);font:1.0625rem/1.65 Literata,Charter,'Bitstream Charter',Georgia,'Noto Serif',serif;overflow-wrap:anywhere}
main,nav{max-width:44rem;margin:1.5rem auto;padding:0 1rem}
main{background:var(--sheet);border:1px solid var(--edge);border-radius:3px;padding:clamp(1rem,5vw,3rem)}
a{color:var(--link)}
h1,p,figcaption{unicode-bidi:plaintext}
h1{line-height:1.25;margin:0 0 1rem}
h2{margin:2.5rem 0 .5rem;font-size:1.25rem}
p{white-space:pre-wrap;margin:0 0 1.2em}
.soft{color:var(--soft);margin-bottom:.4em}
.stamp{float:right;width:6rem;margin:0 0 1rem 1rem}
.trouble{background:var(--wash);color:var(--wrong);border-left:4px solid;padding:.75rem 1rem}
figure{margin:1.5rem 0}
figure img{display:block;max-width:100%;height:auto}
figcaption{color:var(--soft);margin-top:.4rem;white-space:pre-wrap}
.photos{clear:both}
ul{list-style:none;margin:0;padding:0}
li{border-top:1px solid var(--edge);padding:.75rem 0}
li p{margin:0}
.marked{list-style:revert;margin:0 0 1.2em;padding-left:1.6em}
.marked li{border:0;padding:0;white-space:pre-wrap}
blockquote{border-left:3px solid var(--edge);margin:0 0 1.2em;padding-left:1.1em}
blockquote p{margin:0}
@media print{body,main{background:none;color:#000;border:0}nav{display:none}}
`;
