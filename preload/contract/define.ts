/** The three things a contract can name: a call, a stream and an event; types at both ends derive from them. */
import type { z } from 'zod';

/** Carries a type and no value: `result<T>()` says what a call answers without a schema for it. */
export interface Carried<Type> {
  readonly carried?: Type;
}

export const result = <Type>(): Carried<Type> => ({});

/** One question, one answer; cancellable. */
export interface Call<Args extends z.ZodType = z.ZodType, Value = unknown> {
  readonly kind: 'call';
  readonly args: Args;
  readonly result: Carried<Value>;
}

/** A call that also opens a two-way byte stream; the stream has the call's id and lives until either end closes it. */
export interface Stream<Args extends z.ZodType = z.ZodType, Value = unknown> {
  readonly kind: 'stream';
  readonly args: Args;
  readonly result: Carried<Value>;
}

/** Told to every connected page; no answer. */
export interface Event<Payload = unknown> {
  readonly kind: 'event';
  readonly payload: Carried<Payload>;
}

export function call<Args extends z.ZodType, Value>(
  args: Args,
  value: Carried<Value>,
): Call<Args, Value> {
  return { kind: 'call', args, result: value };
}

export function stream<Args extends z.ZodType, Value>(
  args: Args,
  value: Carried<Value>,
): Stream<Args, Value> {
  return { kind: 'stream', args, result: value };
}

export function event<Payload>(): Event<Payload> {
  return { kind: 'event', payload: {} };
}
