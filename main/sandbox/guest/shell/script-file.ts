/** Script files run by name, `bash run.sh` or `./run.sh`: loaded into the shell so that they too print as they run. */
import {
  type Command,
  inner,
  literalOf,
  pipelineOf,
  quoted,
  type SimpleCommand,
  simple,
  statementOf,
} from './script-syntax.ts';

/** `( load FILE && set -- ARGS && eval "$__line" )`; undefined when the command runs no file. */
export function runFile(command: SimpleCommand): Command | undefined {
  if (command.redirections.length > 0) return undefined;
  const name = literalOf(command.name) ?? '';
  const isShell = /^(\/(usr\/)?bin\/)?(ba|da)?sh$/.test(name);
  const isPath = name.includes('/') && !/^\/(usr\/)?s?bin\//.test(name);
  const [file, ...args] = isShell
    ? command.args
    : command.name
      ? [command.name, ...command.args]
      : [];
  if (!file || !(isShell || isPath) || (literalOf(file) ?? '').startsWith('-')) return undefined;
  return {
    type: 'Subshell',
    body: [
      {
        ...statementOf(
          pipelineOf(inner('load', [quoted(isShell ? 'shell' : 'path'), file, ...args])),
          pipelineOf(simple('set', [quoted('--'), ...args])),
          pipelineOf(
            simple('eval', [
              {
                type: 'Word',
                parts: [
                  {
                    type: 'DoubleQuoted',
                    parts: [{ type: 'ParameterExpansion', parameter: '__line', operation: null }],
                  },
                ],
              },
            ]),
          ),
        ),
        operators: ['&&', '&&'],
      },
    ],
    redirections: [],
  };
}
