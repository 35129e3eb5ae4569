/** Where the page begins: client, stores, texts and the look are made once here and handed down. */
import '@mantine/core/styles.layer.css';
import '@fontsource-variable/inter/wght.css';
import '@fontsource/jetbrains-mono/400.css';
import '@fontsource/jetbrains-mono/600.css';
import './ui/tokens.css';
import './ui/base.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { App } from './app.tsx';
import { createClient } from './client/client.ts';
import { chooseConnector } from './client/connect.ts';
import { CoreContext } from './client/context.ts';
import { createStores } from './client/stores.ts';
import { Appearance } from './shell/appearance.tsx';
import { createView, ViewContext } from './shell/view-context.ts';
import { DialogStackProvider } from './ui/dialog-stack.tsx';
import { languageFor } from './ui/language.ts';
import { createTexts } from './ui/texts.ts';

async function begin(root: HTMLElement): Promise<void> {
  const client = createClient(chooseConnector());
  const view = createView(client);
  const { language } = view.usePreferences.getState();
  const texts = await createTexts(languageFor(language, navigator.language));
  const core = { client, stores: createStores(client, texts) };
  // The core is on this machine: a failure is shown, not silently tried again.
  const queries = new QueryClient({
    defaultOptions: {
      queries: { retry: false, networkMode: 'always', refetchOnWindowFocus: false },
    },
  });
  client.onConnected(() => void queries.invalidateQueries());

  createRoot(root).render(
    <StrictMode>
      <CoreContext value={core}>
        <ViewContext value={view}>
          <QueryClientProvider client={queries}>
            <I18nextProvider i18n={texts}>
              <Appearance>
                <DialogStackProvider>
                  <App />
                </DialogStackProvider>
              </Appearance>
            </I18nextProvider>
          </QueryClientProvider>
        </ViewContext>
      </CoreContext>
    </StrictMode>,
  );
}

const root = document.getElementById('root');
if (root) void begin(root);
