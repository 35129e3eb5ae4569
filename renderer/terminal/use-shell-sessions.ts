/** The sessions of tmux and screen on an instance: asked when they are looked at, and again when one was ended. */
import { useMutation, useQuery } from '@tanstack/react-query';
import type { CloudError } from '../../preload/contract/errors.ts';
import type { ResultOf } from '../../preload/contract/index.ts';
import type { ShellSession } from '../../preload/contract/terminals.ts';
import { useClient } from '../client/context.ts';

export function useShellSessions(instance: string) {
  const client = useClient();
  const found = useQuery<ResultOf<'terminals.shellSessions'>, CloudError>({
    queryKey: ['terminals.shellSessions', instance],
    queryFn: ({ signal }) => client.call('terminals.shellSessions', { instance }, signal),
    // What was alive a while ago is no answer.
    gcTime: 0,
  });
  const ending = useMutation<null, CloudError, ShellSession>({
    mutationFn: ({ program, name }) =>
      client.call('terminals.endShellSession', { instance, session: { program, name } }),
    onSettled: () => found.refetch(),
  });
  return { found, ending };
}
