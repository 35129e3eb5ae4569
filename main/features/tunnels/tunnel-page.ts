/** The page a browser gets from a tunnel's port while nothing gets through: what is the matter, since when, and what happens next. */
import type { Language } from '../../../preload/contract/constants.ts';

export interface TunnelPage {
  readonly language: Language;
  readonly heading: string;
  /** A colour and a word, and since when it is so. */
  readonly state?: {
    readonly mood: 'busy' | 'warn' | 'bad';
    readonly word: string;
    readonly since: string;
  };
  readonly reason?: string;
  /** Sentences, one after the other. */
  readonly advice?: readonly string[];
  readonly route?: string;
  /** The page asks again by itself after so long; `word` is on the link for those who do not wait. */
  readonly again?: { readonly afterSeconds: number; readonly word: string };
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => escapes[character] ?? '');

const paragraph = (name: string, text: string | undefined) =>
  text === undefined ? '' : `<p class="${name}">${escaped(text)}</p>`;

/** Complete and alone: no script, no font, no picture from anywhere. */
export function renderTunnelPage(page: TunnelPage): string {
  const { language, heading, state, again } = page;
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">',
    `<title>${escaped(heading)}</title><style>${style}</style></head><body><main>`,
    `<header>${mark}<span>Pilothouse</span></header><h1>${escaped(heading)}</h1>`,
    state &&
      `<p class="state ${state.mood}"><i></i><b>${escaped(state.word)}</b> ${escaped(state.since)}</p>`,
    paragraph('reason', page.reason),
    ...(page.advice ?? []).map((sentence) => paragraph('advice', sentence)),
    again &&
      `<div class="again"><span class="track" style="--turn:${again.afterSeconds}s"><i></i></span><a href="">${escaped(again.word)}</a></div>`,
    paragraph('route', page.route),
    '</main></body></html>',
  ]
    .filter((part) => part !== undefined)
    .join('');
}

const mark =
  '<svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true"><defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#22b8a4"/><stop offset="1" stop-color="#2b6f9f"/></linearGradient></defs><rect width="32" height="32" rx="8" fill="url(#g)"/><g fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round"><circle cx="16" cy="16" r="6.2"/><path d="M16 5.8v6.6M16 19.6v6.6M5.8 16h6.6M19.6 16h6.6M8.8 8.8l2.8 2.8M20.4 20.4l2.8 2.8M23.2 8.8l-2.8 2.8M11.6 20.4l-2.8 2.8"/></g></svg>';

/** The product's own palette and measures (`renderer/ui/tokens.css`), which a page from here cannot load. */
const style = `
:root{color-scheme:light;--page:#f7f8fa;--panel:#fff;--line:#dde4ea;--text:#171c22;--soft:#4d5966;--faint:#5f6b78;--accent:#08695c;--warn:#96600a;--dot:#b57a12;--bad:#be2d1c;--shadow:0 1px 2px rgb(20 30 40/6%),0 12px 36px rgb(20 30 40/8%)}
@media(prefers-color-scheme:dark){:root{color-scheme:dark;--page:#0e1116;--panel:#12161d;--line:#21272f;--text:#e7ebf0;--soft:#a3adb9;--faint:#8993a0;--accent:#4fd3c1;--warn:#e9b44c;--dot:#e9b44c;--bad:#f4745f;--shadow:0 16px 48px rgb(0 0 0/40%)}}
*{box-sizing:border-box;margin:0}
body{display:grid;place-items:center;min-height:100vh;padding:24px;background:var(--page);color:var(--text);font:14px/1.55 "Inter Variable",Inter,system-ui,"Noto Sans CJK TC","PingFang TC","Microsoft JhengHei",sans-serif;overflow-wrap:anywhere}
:lang(zh-CN) body{font-family:"Inter Variable",Inter,system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
main{width:100%;max-width:30rem;padding:26px 28px 22px;background:var(--panel);border:1px solid var(--line);border-radius:12px;box-shadow:var(--shadow)}
header{display:flex;align-items:center;gap:9px;color:var(--soft);font-weight:600;font-size:13px}
h1{margin:18px 0 8px;font-size:19px;line-height:1.35;font-weight:650;letter-spacing:-.01em}
.state{display:flex;flex-wrap:wrap;align-items:center;gap:0 7px;color:var(--faint);font-variant-numeric:tabular-nums}
.state i{width:7px;height:7px;border-radius:50%;background:var(--dot)}
.state b{font-weight:600;color:var(--warn)}
.bad i{background:var(--bad)}.bad b{color:var(--bad)}
.busy i{animation:breathe 1.6s ease-in-out infinite}
.reason{margin-top:16px;white-space:pre-line;padding-left:12px;border-left:2px solid var(--line)}
.advice{margin-top:14px;color:var(--soft)}.advice+.advice{margin-top:4px}
.again{display:flex;align-items:center;gap:14px;margin-top:18px}
.track{flex:1;height:2px;border-radius:2px;background:var(--line);overflow:hidden}
.track i{display:block;height:100%;background:var(--accent);transform-origin:left;animation:fill var(--turn) linear both}
a{color:var(--accent);font-weight:550;text-decoration:none}a:hover{text-decoration:underline}
a:focus-visible{outline:2px solid var(--accent);outline-offset:3px;border-radius:3px}
.route{margin-top:18px;padding-top:13px;border-top:1px solid var(--line);color:var(--faint);font-size:12.5px;font-variant-numeric:tabular-nums}
@keyframes breathe{50%{opacity:.35}}
@keyframes fill{from{transform:scaleX(0)}}
@media(prefers-reduced-motion:reduce){i{animation:none!important}}
`;
