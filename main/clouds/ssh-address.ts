/** What may stand as a host, a user or a port of SSH: never anything that could be read as an option or a command. */
import { isIP } from 'node:net';
import { z } from 'zod';

/** A host name, an IPv4 or an IPv6 address. */
export const hostSchema = z
  .string()
  .min(1)
  .max(253)
  .refine((host) => isIP(host) !== 0 || /^[a-z0-9_]([a-z0-9._-]*[a-z0-9_])?\.?$/i.test(host), {
    error: 'rule:host-invalid',
  });

export const userSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-z0-9_.][a-z0-9_.@\\+-]*\$?$/i, { error: 'rule:user-invalid' });

/** A name of OpenSSH's configuration that is followed: no pattern there, and nothing to a shell. */
export const configAliasSchema = z
  .string()
  .max(200)
  .regex(/^[\p{L}\p{N}_.][\p{L}\p{N}_.:@+-]*$/u, { error: 'rule:config-alias-invalid' });

export const portSchema = z.int().min(1).max(65_535);
