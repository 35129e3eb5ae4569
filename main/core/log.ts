/** The log: JSON lines with secrets taken out twice, by the name of a field and by every secret value known. */
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';

export interface Log {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

/** Knows secret values for as long as the application runs, so that no text that holds one is written anywhere. */
export interface Redactor {
  /** From now on the value is replaced wherever it appears. Values too short to be told from ordinary text are not. */
  learn(secret: string): void;
  redact(text: string): string;
}

const hidden = '[redacted]';
const shortestSecret = 4;

/** Fields that are never written, whatever they hold. */
const secretFields = [
  'password',
  'passphrase',
  'secret',
  'token',
  'privateKey',
  'authorization',
  'cookie',
];

export function createRedactor(): Redactor {
  const known = new Set<string>();
  /** Longest first: a secret within another must not leave the other's ends standing. Absent: to be sorted anew. */
  let secrets: readonly string[] | undefined;
  return {
    learn(secret) {
      if (known.has(secret)) return;
      for (const part of [secret, ...longLines(secret)]) {
        for (const form of formsOf(part)) if (form.length >= shortestSecret) known.add(form);
      }
      secrets = undefined;
    },
    redact(text) {
      secrets ??= [...known].sort((one, other) => other.length - one.length);
      let clean = text;
      for (const secret of secrets) clean = clean.replaceAll(secret, hidden);
      return clean;
    },
  };
}

/** A private key is a secret in each of its lines. */
const longLines = (secret: string): readonly string[] =>
  secret.split('\n').filter((line) => line.length >= 32 && line !== secret);

/** How the same value stands in JSON, in JSON within JSON, and in URLs. */
function formsOf(secret: string): readonly string[] {
  const escaped = JSON.stringify(secret).slice(1, -1);
  const wellFormed = Buffer.from(secret).toString();
  return [
    secret,
    escaped,
    JSON.stringify(escaped).slice(1, -1),
    encodeURIComponent(wellFormed),
    new URLSearchParams({ '': wellFormed }).toString().slice(1),
  ];
}

const maxLogBytes = 5 * 1024 * 1024;

/** Appends to `<directory>/pilothouse.log`; at start a log over 5 MiB becomes `pilothouse.log.1`. */
export function createFileLog(directory: string, redactor: Redactor): Log {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, 'pilothouse.log');
  if (existsSync(file) && statSync(file).size > maxLogBytes) renameSync(file, `${file}.1`);
  const paths = secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);
  const destination = pino.destination({ dest: file, mode: 0o600, sync: true });
  // A full disk must not take the application down with its log.
  destination.on('error', () => {});
  const logger = pino(
    {
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths, censor: hidden },
      serializers: { error: pino.stdSerializers.err },
      hooks: { streamWrite: (line) => redactor.redact(line) },
    },
    destination,
  );
  return {
    info: (message, fields = {}) => logger.info(fields, message),
    warn: (message, fields = {}) => logger.warn(fields, message),
    error: (message, fields = {}) => logger.error(fields, message),
  };
}
