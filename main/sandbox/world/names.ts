/** What people may call things. */
import { Refusal } from './refusal.ts';

const maxNameLength = 64;

/**
 * The name without blanks around it.
 * @throws Refusal invalid for empty and over-long names and ones with control characters
 */
export function checkedName(text: string, what: string): string {
  const name = text.trim();
  if (name === '') throw new Refusal('invalid', `${what} must not be empty.`);
  if ([...name].length > maxNameLength) {
    throw new Refusal('invalid', `${what} must not be longer than ${maxNameLength} characters.`);
  }
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(name)) {
    throw new Refusal('invalid', `${what} must not contain control characters.`);
  }
  return name;
}

/** A name a machine may carry; the id where the given one is not of that kind. */
export function hostNameFor(name: string, id: string): string {
  return /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(name) ? name.toLowerCase() : id;
}
