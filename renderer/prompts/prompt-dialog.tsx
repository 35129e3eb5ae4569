/** The oldest question the core must ask a person, with who asks; the others wait behind it. */
import { useStores } from '../client/context.ts';
import { ExposePortPrompt } from './expose-port-prompt.tsx';
import { FieldsPrompt } from './fields-prompt.tsx';
import { HostKeyPrompt } from './host-key-prompt.tsx';
import { ProxyCommandPrompt } from './proxy-command-prompt.tsx';
import { SecretPrompt } from './secret-prompt.tsx';
import { UnlockPrompt } from './unlock-prompt.tsx';

export function PromptDialog() {
  const prompts = useStores().prompts(({ items }) => items);
  const oldest = prompts.reduce<(typeof prompts)[number] | undefined>(
    (first, prompt) => (first && first.askedAt <= prompt.askedAt ? first : prompt),
    undefined,
  );
  if (!oldest) return null;
  const common = { prompt: oldest, waiting: prompts.length - 1 };
  const { question } = oldest;
  switch (question.kind) {
    case 'host-key':
      return <HostKeyPrompt key={oldest.id} {...common} question={question} />;
    case 'password':
    case 'passphrase':
      return <SecretPrompt key={oldest.id} {...common} question={question} />;
    case 'keyboard-interactive':
      return <FieldsPrompt key={oldest.id} {...common} question={question} />;
    case 'unlock-vault':
      return <UnlockPrompt key={oldest.id} {...common} question={question} />;
    case 'proxy-command':
      return <ProxyCommandPrompt key={oldest.id} {...common} question={question} />;
    case 'expose-port':
      return <ExposePortPrompt key={oldest.id} {...common} question={question} />;
  }
}
