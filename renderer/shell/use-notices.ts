/** The core's notices, as they come and go. */
import { useEffect, useState } from 'react';
import type { Notice } from '../../preload/contract/app.ts';
import { useClient } from '../client/context.ts';

export function useNotices(): readonly Notice[] {
  const client = useClient();
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  useEffect(() => {
    const stopListening = client.on('app.noticesChanged', setNotices);
    const stopReading = client.onConnected(() => {
      // A failure means the connection is gone again: the next one reads.
      client.call('app.notices', {}).then(setNotices, () => {});
    });
    return () => {
      stopListening();
      stopReading();
    };
  }, [client]);
  return notices;
}
