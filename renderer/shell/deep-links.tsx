/** Deep links: a fragment names an instance, and all it can do is show it. */
import { useEffect } from 'react';
import { readDeepLink } from './deep-link.ts';
import { useView } from './view-context.ts';

export function DeepLinks() {
  const { useNavigation, useInstancesView } = useView();
  useEffect(() => {
    const follow = () => {
      const key = readDeepLink(location.hash);
      if (key === undefined) return;
      history.replaceState(null, '', location.pathname);
      useNavigation.getState().go('instances');
      useInstancesView.getState().showTab('all');
      useInstancesView.getState().clearFilter();
      useInstancesView.getState().select(key);
    };
    follow();
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, [useNavigation, useInstancesView]);
  return null;
}
