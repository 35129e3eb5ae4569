/** The whole page: bar above, rail left, a page in the middle, terminals docked below, status at the foot. */
import { ConnectDialog } from './accounts/connect-dialog.tsx';
import classes from './app.module.css';
import { useConnectionState } from './client/context.ts';
import { StockWatcher } from './create/stock-watcher.tsx';
import { FilesPage } from './files/files-page.tsx';
import { TransfersProvider } from './files/transfers-context.tsx';
import { ActionDialog } from './instances/action-dialog.tsx';
import { InstancesPage } from './instances/instances-page.tsx';
import { JobNews } from './jobs/job-news.tsx';
import { JobsPage } from './jobs/jobs-page.tsx';
import { PromptDialog } from './prompts/prompt-dialog.tsx';
import { SettingsPage } from './settings/settings-page.tsx';
import { Banners } from './shell/banners.tsx';
import { DeepLinks } from './shell/deep-links.tsx';
import { Rail } from './shell/rail.tsx';
import { RefusedScreen } from './shell/refused-screen.tsx';
import { StatusBar } from './shell/status-bar.tsx';
import { ToastList } from './shell/toast-list.tsx';
import { TopBar } from './shell/top-bar.tsx';
import { useView } from './shell/view-context.ts';
import { SnapshotsPage } from './snapshots/snapshots-page.tsx';
import { TerminalDock } from './terminal/terminal-dock.tsx';
import { TerminalPoolProvider } from './terminal/terminal-pool-context.tsx';
import { TunnelsPage } from './tunnels/tunnels-page.tsx';
import { TunnelsProvider } from './tunnels/tunnels-provider.tsx';
import { VaultGateDialog } from './vault/vault-gate-dialog.tsx';

export function App() {
  const connection = useConnectionState();
  if (connection === 'refused') return <RefusedScreen />;
  return (
    <TerminalPoolProvider>
      <TunnelsProvider>
        <TransfersProvider>
          <div className={classes.app}>
            <TopBar />
            <Banners />
            <div className={classes.middle}>
              <Rail />
              <PageAndDock />
            </div>
            <StatusBar />
            <ActionDialog />
            <ConnectDialog />
            <PromptDialog />
            <VaultGateDialog />
            <JobNews />
            <StockWatcher />
            <ToastList />
            <DeepLinks />
          </div>
        </TransfersProvider>
      </TunnelsProvider>
    </TerminalPoolProvider>
  );
}

/** The dock is outside the page, so that terminals stay as they are while pages come and go. */
function PageAndDock() {
  const selected = useView().useInstancesView((state) => state.selected);
  return (
    <main className={classes.main}>
      <div className={classes.page}>
        <CurrentPage />
      </div>
      <TerminalDock selectedInstance={selected} />
    </main>
  );
}

function CurrentPage() {
  const page = useView().useNavigation((state) => state.page);
  switch (page) {
    case 'instances':
      return <InstancesPage />;
    case 'snapshots':
      return <SnapshotsPage />;
    case 'tunnels':
      return <TunnelsPage />;
    case 'files':
      return <FilesPage />;
    case 'jobs':
      return <JobsPage />;
    case 'settings':
      return <SettingsPage />;
  }
}
