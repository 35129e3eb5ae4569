/** The dialog about tunnels that is open just now, if any. */
import { ChangePortDialog } from './change-port-dialog.tsx';
import { HowToUseDialog } from './how-to-use-dialog.tsx';
import { NewTunnelDialog } from './new-tunnel-dialog.tsx';
import { PortOfferDialog } from './port-offer.tsx';
import { RemoveTunnelDialog } from './remove-tunnel-dialog.tsx';
import { StopAllDialog } from './stop-all-dialog.tsx';
import { useTunnelTools } from './tunnel-tools.ts';

export function TunnelDialogs() {
  const { useDesk, actions } = useTunnelTools();
  const { question, close } = useDesk();
  switch (question?.kind) {
    case undefined:
      return null;
    case 'create':
      return <NewTunnelDialog instance={question.instance} onClose={close} />;
    case 'offer':
      return (
        <PortOfferDialog
          offer={question}
          onTake={() => actions.takePort(question.tunnel, question.outcome)}
          onDecline={close}
        />
      );
    case 'change-port':
      return <ChangePortDialog tunnel={question.tunnel} onClose={close} />;
    case 'how-to-use':
      return <HowToUseDialog tunnel={question.tunnel} onClose={close} />;
    case 'remove':
      return (
        <RemoveTunnelDialog
          tunnel={question.tunnel}
          onRemove={() => actions.removeNow(question.tunnel)}
          onClose={close}
        />
      );
    case 'stop-all':
      return (
        <StopAllDialog
          tunnels={question.tunnels}
          onStop={() => actions.stopAll(question.tunnels)}
          onClose={close}
        />
      );
  }
}
