/** Entry of the worker that runs shells: one job at a time, nothing kept between two. */
import { parentPort } from 'node:worker_threads';
import { connectHost } from './host-client.ts';
import { Interruption } from './interruption.ts';
import { runJob } from './run-job.ts';
import { createScriptSyntax } from './script-syntax.ts';
import type { FromWorker, ShellJob, ToWorker } from './shell-protocol.ts';

if (!parentPort) throw new Error('this file is a worker');
const port = parentPort;
const syntax = createScriptSyntax();
const interruption = new Interruption();
const connection = connectHost(port);

async function start(job: ShellJob): Promise<void> {
  let status: number;
  try {
    status = await runJob(job, { host: connection.host, interruption, syntax });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    await connection.host.output('error', new TextEncoder().encode(`bash: ${message}\n`));
    status = 2;
  }
  interruption.reset();
  port.postMessage({ kind: 'done', status } satisfies FromWorker);
}

port.on('message', (message: ToWorker) => {
  if (connection.take(message)) return;
  if (message.kind === 'interrupt') interruption.raise();
  else if (message.kind === 'start') void start(message.job);
});
