/** The pages of the notebook service: sign in, files with a text view, and a shell cell. Nothing inline. */

const escapeHtml = (text: string) =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const page = (title: string, body: string, withScript: boolean) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="/static/notebook.css">
${withScript ? '<script type="module" src="/static/notebook.js"></script>' : ''}
</head>
<body>
<header><strong>Notebook</strong> <span>Simulated by the Pilothouse sandbox: this is not Jupyter.</span></header>
${body}
</body>
</html>
`;

export const loginPage = (next: string, failed: boolean): string =>
  page(
    'Sign in',
    `<main class="login">
<form method="post" action="/login?next=${encodeURIComponent(next)}">
<label>Token <input type="password" name="password" autofocus autocomplete="off"></label>
<button>Sign in</button>
${failed ? '<p role="alert">That is not the token of this server.</p>' : ''}
</form>
</main>`,
    false,
  );

export const treePage = (hostName: string): string =>
  page(
    `${hostName} – notebook (sandbox)`,
    `<main>
<nav aria-label="Files"><h1>${escapeHtml(hostName)}</h1><ul id="files"></ul></nav>
<section>
<h2 id="name">Files are on the left</h2>
<pre id="text"></pre>
<form id="cell">
<label for="line">Execute in a shell</label>
<textarea id="line" rows="2" spellcheck="false">nvidia-smi</textarea>
<button>Run</button>
</form>
<pre id="output" aria-live="polite"></pre>
</section>
</main>`,
    true,
  );

export const style = `
:root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif; }
body { margin: 0; }
header { padding: 8px 16px; border-bottom: 1px solid #8885; }
header span { color: #b06000; margin-left: 12px; }
main { display: grid; grid-template-columns: 260px 1fr; }
main.login { display: block; padding: 48px 16px; max-width: 320px; margin: auto; }
nav { border-right: 1px solid #8885; padding: 8px 16px; min-height: 80vh; }
h1, h2 { font-size: 14px; }
ul { list-style: none; margin: 0; padding: 0; }
section { padding: 8px 16px; min-width: 0; }
pre { font: 13px/1.4 ui-monospace, monospace; overflow: auto; white-space: pre-wrap; }
textarea { display: block; width: 100%; font: 13px ui-monospace, monospace; }
nav button { all: unset; cursor: pointer; }
nav button:focus-visible { outline: 2px solid #36c; }
`;

export const script = `
const byId = (id) => document.getElementById(id);
const get = async (path) => (await fetch('/api/contents/' + path.split('/').map(encodeURIComponent).join('/'))).json();
async function list(path) {
  const { content } = await get(path);
  const up = path === '' ? [] : [{ name: '..', path: path.split('/').slice(0, -1).join('/'), type: 'directory' }];
  byId('files').replaceChildren(...[...up, ...content].map((item) => {
    const button = document.createElement('button');
    button.textContent = item.type === 'directory' ? item.name + '/' : item.name;
    button.addEventListener('click', () => (item.type === 'directory' ? list(item.path) : show(item.path)));
    const row = document.createElement('li');
    row.append(button);
    return row;
  }));
}
async function show(path) {
  const { content, format } = await get(path);
  byId('name').textContent = path;
  byId('text').textContent = format === 'text' ? content : '(not text)';
}
byId('cell').addEventListener('submit', async (event) => {
  event.preventDefault();
  byId('output').textContent = '…';
  const answer = await fetch('/api/sandbox/execute', {
    method: 'POST',
    headers: { 'x-sandbox': 'execute' },
    body: byId('line').value,
  });
  const { output, status } = await answer.json();
  byId('output').textContent = output + (status === 0 ? '' : '\\n[status ' + status + ']');
  await list('');
});
await list('');
`;
