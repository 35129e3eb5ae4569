/** Anything caught, as the one class of failures. */
import { CloudError } from '../../../preload/contract/errors.ts';

export const asCloudError = (error: unknown): CloudError =>
  error instanceof CloudError ? error : new CloudError('internal', String(error));
