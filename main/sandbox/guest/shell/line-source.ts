/** Where a shell's lines come from: each is read, parsed, asked for more of, and rewritten to print as it runs. */
import type { HostClient } from './host-client.ts';
import type { Interruption } from './interruption.ts';
import type { OutputSink } from './output-sink.ts';
import { parseLines, type Script, type ScriptSyntax } from './script-syntax.ts';
import type { PromptState } from './shell-protocol.ts';

export interface LineSource {
  /** A line ready to run; undefined at the end. */
  next(state: Omit<PromptState, 'continued'>, status: number): Promise<string | undefined>;
  /** What `$?` is to be before it runs. */
  status(): number;
}

export function createPrompt(
  host: HostClient,
  sink: OutputSink,
  interruption: Interruption,
  syntax: ScriptSyntax,
  stream: (script: Script) => string,
): LineSource {
  let lastStatus = 0;
  const read = async (state: Omit<PromptState, 'continued'>): Promise<string | undefined> => {
    let text = '';
    for (;;) {
      const line = await host.prompt({ ...state, continued: text !== '' });
      if (line === null) return text === '' ? undefined : '';
      text = text === '' ? line : `${text}\n${line}`;
      if (interruption.raised) {
        interruption.reset();
        text = line;
      }
      try {
        const script = parseLines(syntax, text);
        if (script) return stream(script);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        await sink.write('error', `bash: ${message}\n`);
        lastStatus = 2;
        return '';
      }
    }
  };
  return {
    status: () => lastStatus,
    async next(state, status) {
      lastStatus = interruption.raised ? 130 : status;
      await sink.flush();
      await host.running(null);
      interruption.reset();
      return read(state);
    },
  };
}
