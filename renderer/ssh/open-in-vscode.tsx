/** Opens an instance in VS Code through its Remote-SSH extension: by the system in the application's window, by a link in a browser. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CloudError } from '../../preload/contract/errors.ts';
import { useClient } from '../client/context.ts';
import { Button } from '../ui/button.tsx';
import { ButtonLink } from '../ui/button-link.tsx';
import { FailureNote, useFailureText } from '../ui/failure-note.tsx';

interface OpenInVscodeProps {
  /** Absent while it is not known. */
  readonly url: string | undefined;
  /** Why it cannot be known. */
  readonly unknownWhy: CloudError | null;
}

export function OpenInVscode({ url, unknownWhy }: OpenInVscodeProps) {
  const { t } = useTranslation('ssh');
  const client = useClient();
  const failureText = useFailureText();
  const [failure, setFailure] = useState<CloudError>();
  const hint = t('vscode.needs');
  if (url === undefined || !isVscodeUrl(url)) {
    return (
      <Button size="row" disabled reason={unknownWhy ? failureText(unknownWhy) : undefined}>
        {t('vscode.open')}
      </Button>
    );
  }
  if (!window.pilothouse) {
    return (
      <ButtonLink href={url} title={hint} description={hint}>
        {t('vscode.open')}
      </ButtonLink>
    );
  }
  const open = () => {
    setFailure(undefined);
    void client.call('app.openExternal', { url }).catch((error: unknown) => {
      if (!(error instanceof CloudError)) throw error;
      setFailure(error);
    });
  };
  return (
    <>
      <Button size="row" title={hint} aria-description={hint} onClick={open}>
        {t('vscode.open')}
      </Button>
      {failure && <FailureNote failure={failure} />}
    </>
  );
}

/** Nothing but VS Code is opened by this link, whatever the name of an instance made of it. */
const isVscodeUrl = (url: string): boolean => url.startsWith('vscode://vscode-remote/ssh-remote+');
