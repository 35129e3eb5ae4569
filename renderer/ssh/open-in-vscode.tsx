/** Opens an instance in VS Code through its Remote-SSH extension: by the system in the application's window, by a link in a browser. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CloudError } from '../../preload/contract/errors.ts';
import { useClient } from '../client/context.ts';
import { Button } from '../ui/button.tsx';
import { ButtonLink } from '../ui/button-link.tsx';
import { FailureNote, useFailureText } from '../ui/failure-note.tsx';
import type { useOutsideWays } from './queries.ts';

export function OpenInVscode({ outside }: { readonly outside: ReturnType<typeof useOutsideWays> }) {
  const { t } = useTranslation('ssh');
  const client = useClient();
  const failureText = useFailureText();
  const [failure, setFailure] = useState<CloudError>();
  const hint = t('vscode.needs');
  const { data, error } = outside;
  const url = data?.vscodeUrl;
  if (url === undefined || !isVscodeUrl(url)) {
    // A link names one host: the machines on the way stand in the managed file or nowhere.
    const why = data ? t('vscode.needsFile') : error ? failureText(error) : undefined;
    return (
      <Button size="row" disabled reason={why}>
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
