/** The Jupyter servers on an instance, from the runtime files they write; hostile text until it is validated. */
import { z } from 'zod';

/** Only shown; one that is no text is no reason to miss the server. */
const directory = z.string().min(1).max(1000).optional().catch(undefined);

/** What a runtime file says (`nbserver-*.json` of Notebook, `jpserver-*.json` of Jupyter Server). */
const runtimeFile = z.object({
  port: z.int().min(1).max(65_535),
  /** It is sent in a header. */
  token: z
    .string()
    .max(500)
    .regex(/^[\x21-\x7e]*$/)
    .default(''),
  /** Two slashes at its beginning would name another server. */
  base_url: z
    .string()
    .max(500)
    .regex(/^\/(?!\/)[\w./~%-]*$/)
    .default('/'),
  hostname: z.string().max(255).default('localhost'),
  secure: z.boolean().default(false),
  notebook_dir: directory,
  root_dir: directory,
});

export interface JupyterServer {
  readonly port: number;
  readonly host: string;
  readonly token: string;
  /** Begins and ends with a slash. */
  readonly basePath: string;
  /** Whether it speaks TLS only; undefined where that is not known. */
  readonly secure: boolean | undefined;
  readonly kind: 'notebook' | 'server';
  /** The directory it serves. */
  readonly directory: string | undefined;
}

/** Prints each runtime file of a living server, newest first, after a line `@@ <file name>`. */
export const findScript = `
list() {
  for dir in "$JUPYTER_RUNTIME_DIR" "$XDG_RUNTIME_DIR/jupyter" "$HOME/.local/share/jupyter/runtime" \\
    "$HOME/Library/Jupyter/runtime" /root/.local/share/jupyter/runtime /home/*/.local/share/jupyter/runtime; do
    [ -d "$dir" ] && ls -1t "$dir"/nbserver-*.json "$dir"/jpserver-*.json 2>/dev/null
  done | awk '!seen[$0]++' | head -n 50
}
list | while read -r file; do
  pid=\${file##*-}; pid=\${pid%.json}
  if [ -d /proc ] && [ ! -d "/proc/$pid" ]; then continue; fi
  echo "@@ \${file##*/}"
  head -c 16384 "$file" 2>/dev/null
  echo
done
`;

const anyAddress = ['', '0.0.0.0', '::', '*', 'localhost', '127.0.0.1', '::1'];

export function parseServers(output: string): readonly JupyterServer[] {
  return output
    .split(/^@@ /m)
    .slice(1)
    .flatMap((section) => {
      const end = section.indexOf('\n');
      const name = section.slice(0, end);
      const parsed = runtimeFile.safeParse(parseJson(section.slice(end + 1)));
      return parsed.success ? [toServer(name, parsed.data)] : [];
    });
}

function toServer(name: string, file: z.infer<typeof runtimeFile>): JupyterServer {
  return {
    port: file.port,
    host: anyAddress.includes(file.hostname) ? '127.0.0.1' : file.hostname,
    token: file.token,
    basePath: file.base_url.endsWith('/') ? file.base_url : `${file.base_url}/`,
    secure: file.secure,
    kind: name.startsWith('nbserver') ? 'notebook' : 'server',
    directory: file.root_dir ?? file.notebook_dir,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
