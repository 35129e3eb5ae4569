/** What a form was filled in with, refused in words. */
import { z } from 'zod';
import { CloudError } from '../../preload/contract/errors.ts';

/** The first thing wrong, by field; a schema's own rule stands in the language files. */
export function invalidInput(error: z.ZodError): CloudError {
  const [issue] = error.issues;
  const field = issue?.path.join('.') ?? '';
  const rule = issue?.message.startsWith('rule:')
    ? { id: issue.message.slice('rule:'.length), params: { field } }
    : { id: 'input-invalid', params: { field, detail: issue?.message ?? '' } };
  return new CloudError('invalid', z.prettifyError(error).slice(0, 1000), { rule });
}
