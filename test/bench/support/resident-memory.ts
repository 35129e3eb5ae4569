/** Memory a process holds, by the kernel's account. */
import { readFileSync } from 'node:fs';

/** @returns mebibytes */
export function residentMebibytes(pid: number): number {
  const [, kibibytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) / 1024;
}
