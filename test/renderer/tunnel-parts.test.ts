/** The small rules of the tunnels page: ports, ways, words, filters, the last minute, and what a draft asks for. */
import { describe, expect, it } from 'vitest';
import type { Failure } from '../../preload/contract/errors.ts';
import type { Tunnel, TunnelState } from '../../preload/contract/tunnels.ts';
import { countTunnels, filterTunnels } from '../../renderer/tunnels/filter-tunnels.ts';
import { pageOf } from '../../renderer/tunnels/known-ports.ts';
import { readPort } from '../../renderer/tunnels/read-port.ts';
import { sparklinePath } from '../../renderer/tunnels/sparkline-path.ts';
import { sshForwardLine } from '../../renderer/tunnels/ssh-forward-line.ts';
import {
  draftEnds,
  draftProblems,
  emptyDraft,
  openingOf,
} from '../../renderer/tunnels/tunnel-draft.ts';
import { mainAction } from '../../renderer/tunnels/tunnel-mood.ts';
import { attemptOf, newsOf } from '../../renderer/tunnels/tunnel-news.ts';
import { addressOf, isExposed, routeOf, routeText } from '../../renderer/tunnels/tunnel-route.ts';
import { usesOf } from '../../renderer/tunnels/tunnel-uses.ts';
import { tunnelOf } from '../support/tunnel-of.ts';

describe('a typed port', () => {
  it.each([
    [8888, 8888],
    ['1', 1],
    ['65535', 65_535],
    ['0', undefined],
    [65_536, undefined],
    ['-1', undefined],
    ['80.5', undefined],
    [80.5, undefined],
    ['', undefined],
    ['8888; rm', undefined],
    ['1e3', undefined],
  ])('%j is %j', (typed, port) => expect(readPort(typed)).toBe(port));
});

describe('the line for a browser on another machine', () => {
  it('leaves the name of the machine open where the address bar does not tell it', () => {
    for (const host of ['localhost', '127.0.0.1', '[::1]']) {
      expect(sshForwardLine(8888, host)).toBe('ssh -N -L 8888:127.0.0.1:8888 <machine>');
    }
  });
});

const remote = tunnelOf({
  kind: 'remote',
  localHost: '127.0.0.1',
  localPort: 3000,
  remotePort: 9000,
});
const dynamic = tunnelOf({ kind: 'dynamic', localPort: 1080, remoteHost: '', remotePort: 0 });

describe('the way of a tunnel', () => {
  const drawn = (tunnel: Tunnel) => routeOf(tunnel).map(({ place, address }) => place + address);

  it('goes from here to the instance, from the instance to here, or through it to anywhere', () => {
    expect(drawn(tunnelOf({}))).toEqual(['here:8888', 'instance:8888']);
    expect(drawn(remote)).toEqual(['instance:9000', 'here:3000']);
    expect(drawn(dynamic)).toEqual(['here:1080', 'instance', 'anywhere']);
  });

  it('names a third machine where it leads to one', () => {
    const database = tunnelOf({ remoteHost: 'db.internal', remotePort: 5432 });
    expect(drawn(database)).toEqual(['here:8888', 'instance', 'otherdb.internal:5432']);
    expect(drawn({ ...remote, localHost: 'fd00::1' })).toEqual([
      'instance:9000',
      'here',
      'other[fd00::1]:3000',
    ]);
  });

  it('fits into one line where there is no room for words', () => {
    expect(routeText(tunnelOf({}))).toBe('127.0.0.1:8888 → 8888');
    expect(routeText(remote)).toBe('9000 → 127.0.0.1:3000');
    expect(routeText(dynamic)).toBe('SOCKS5 127.0.0.1:1080');
  });

  it('is used by an address on the side that listens', () => {
    expect(addressOf(tunnelOf({}))).toBe('localhost:8888');
    expect(addressOf(tunnelOf({ bindAddress: '192.168.1.20' }))).toBe('192.168.1.20:8888');
    expect(addressOf(tunnelOf({ bindAddress: '*' }))).toBe('localhost:8888');
    expect(addressOf(remote)).toBe('localhost:9000');
    expect(addressOf(dynamic)).toBe('socks5://127.0.0.1:1080');
  });

  it('is exposed unless only the machine itself can connect', () => {
    const exposed = (bindAddress: string) => isExposed(tunnelOf({ bindAddress }));
    expect(['loopback', '127.0.0.1', '::1', 'localhost'].map(exposed)).not.toContain(true);
    expect(['*', '0.0.0.0', '::', '192.168.1.20'].map(exposed)).not.toContain(false);
  });
});

describe('what opens in a browser', () => {
  it('is a page of a local tunnel, but no database and nothing on the other side', () => {
    expect(pageOf(tunnelOf({ remotePort: 6006 }))).toBe('http://127.0.0.1:8888/');
    expect(pageOf(tunnelOf({ remotePort: 8443 }))).toBe('https://127.0.0.1:8888/');
    expect(pageOf(tunnelOf({ remotePort: 5432 }))).toBeUndefined();
    // Pages are opened at 127.0.0.1 only, where it does not listen.
    expect(pageOf(tunnelOf({ bindAddress: '10.0.0.5' }))).toBeUndefined();
    expect(pageOf(tunnelOf({ bindAddress: '*' }))).toBe('http://127.0.0.1:8888/');
    expect(pageOf(remote)).toBeUndefined();
    expect(pageOf(dynamic)).toBeUndefined();
  });

  it('a proxy is used with names looked up on the instance', () => {
    expect(usesOf(dynamic).map(({ line }) => line)).toContain(
      'curl --proxy socks5h://127.0.0.1:1080 http://example.internal/',
    );
  });
});

describe('the press that helps most', () => {
  const actions: [Partial<Tunnel>, string | undefined][] = [
    [{ state: 'stopped' }, 'start'],
    [{ state: 'needs-user' }, 'answer'],
    [{ state: 'failed' }, 'tryAgain'],
    [{ state: 'reconnecting' }, 'tryNow'],
    [{ state: 'connecting' }, undefined],
    [{ state: 'up' }, 'openJupyter'],
    [{ state: 'up', remotePort: 6006 }, 'openPage'],
    [
      { state: 'up', remotePort: 6006, jupyter: { state: 'answers', since: '2026-11-20T00:00Z' } },
      'openJupyter',
    ],
    [{ state: 'up', remotePort: 5432 }, undefined],
  ];
  it.each(actions)('%j: %s', (change, action) => expect(mainAction(tunnelOf(change))).toBe(action));
});

describe('what is said of a tunnel', () => {
  const lost: Failure = { code: 'network', message: 'ECONNRESET', retryable: true };
  const offline: Failure = { ...lost, rule: { id: 'ssh-offline' } };
  const paused: Failure = { code: 'conflict', message: 'snapshot', retryable: false };
  const said = (state: TunnelState, change: Partial<Tunnel> = {}) =>
    newsOf(tunnelOf({ state, ...change }))?.kind;
  const tried = (lastFailure: Failure, change: Partial<Tunnel> = {}) =>
    attemptOf(tunnelOf({ state: 'reconnecting', lastFailure, ...change }))?.kind;

  it('is when it is tried next, that it is tried now, or that it waits', () => {
    expect(tried(lost, { nextAttemptAt: '2026-11-20T00:00:05Z' })).toBe('at');
    expect(tried(lost)).toBe('now');
    expect(tried(offline)).toBe('waitsForNetwork');
    expect(tried(paused)).toBe('waits');
    expect(tried(lost, { state: 'failed' })).toBe('looks');
    expect(tried(lost, { state: 'failed', leftToPerson: true })).toBeUndefined();
  });

  it('is the reason while it is not up, and afterwards that it is past', () => {
    expect(said('reconnecting', { lastFailure: lost })).toBe('passing');
    expect(said('failed', { lastFailure: lost })).toBe('reason');
    expect(said('needs-user')).toBe('needsYou');
    expect(said('up', { lastFailure: lost })).toBe('past');
    expect(said('up')).toBeUndefined();
  });

  it('is what it waits for before it ever was up, and not what was wrong another time', () => {
    const since = '2026-11-20T00:00:05Z';
    const change = { since, lastFailure: paused };
    expect(said('connecting', { ...change, lastFailureAt: since })).toBe('passing');
    expect(said('connecting', { ...change, lastFailureAt: '2026-11-20T00:00:04Z' })).toBe(
      undefined,
    );
    expect(said('connecting')).toBeUndefined();
  });

  it('is how Jupyter is, before anything that is past', () => {
    const jupyter = { state: 'failing', since: '2026-11-20T00:00:00Z' } as const;
    expect(said('up', { lastFailure: lost, jupyter })).toBe('jupyter');
  });
});

describe('the filter', () => {
  const tunnels = [
    tunnelOf({ id: 'a', name: 'Notebook', state: 'up' }),
    tunnelOf({ id: 'b', instanceName: '資料庫', state: 'needs-user', remotePort: 5432 }),
    tunnelOf({ id: 'c', state: 'reconnecting', kind: 'dynamic' }),
    tunnelOf({ id: 'd', state: 'connecting' }),
  ];
  const shown = (...wanted: [Parameters<typeof filterTunnels>[1], string]) =>
    filterTunnels(tunnels, ...wanted).map(({ id }) => id);

  it('finds by name, instance, port and kind, whatever the case', () => {
    expect(shown('all', 'NOTE')).toEqual(['a']);
    expect(shown('all', '資料')).toEqual(['b']);
    expect(shown('all', ' 5432 ')).toEqual(['b']);
    expect(shown('all', 'socks')).toEqual(['c']);
  });

  it('groups the states, and counts each tunnel once', () => {
    expect(shown('underway', '')).toEqual(['c', 'd']);
    const { all, ...groups } = countTunnels(tunnels);
    expect(all).toBe(4);
    expect(Object.values(groups).reduce((sum, count) => sum + count)).toBe(4);
  });
});

describe('the sparkline', () => {
  it('goes from edge to edge, its top at the most', () => {
    expect(sparklinePath([0, 2048, 4096], 20, 10)).toBe('M0 10L10 5L20 0');
  });

  it('does not make a keepalive look like a rush', () => {
    expect(sparklinePath([0, 64], 20, 10)).toBe('M0 10L20 9.4');
  });
});

describe('a draft of a tunnel', () => {
  const draft = emptyDraft('servers/1');

  it('asks only for what its kind needs', () => {
    expect(draftProblems(draft)).toEqual({ remotePort: 'portMissing' });
    expect(draftProblems({ ...draft, kind: 'dynamic' })).toEqual({});
    expect(draftProblems({ ...draft, instance: '', kind: 'dynamic' })).toEqual({
      instance: 'instanceMissing',
    });
    expect(draftProblems({ ...draft, remotePort: '99999', localPort: 'x' })).toEqual({
      remotePort: 'portRange',
      localPort: 'portRange',
    });
    expect(
      draftProblems({ ...draft, remotePort: '1', remoteHost: 'a b', reach: 'address' }),
    ).toEqual({ remoteHost: 'hostForm', address: 'hostForm' });
  });

  it('becomes what the core is asked for, with the offered port in place of the typed one', () => {
    const typed = { ...draft, remotePort: ' 8888 ', localPort: '80', name: ' lab ' };
    expect(openingOf(typed, undefined)).toMatchObject({
      kind: 'local',
      remotePort: 8888,
      localPort: 80,
      name: 'lab',
      bindAddress: 'loopback',
      remoteHost: '127.0.0.1',
    });
    expect(openingOf(typed, 8080)).toMatchObject({ localPort: 8080 });
    // As an address bar shows it; resolvers know no brackets.
    const inBrackets = {
      ...typed,
      remoteHost: '[::1]',
      reach: 'address',
      address: '[fe80::2]',
    } as const;
    expect(openingOf(inBrackets, 8080)).toMatchObject({
      remoteHost: '::1',
      bindAddress: 'fe80::2',
    });
    expect(openingOf({ ...typed, kind: 'dynamic', reach: 'all' }, undefined)).toEqual({
      instance: 'servers/1',
      kind: 'dynamic',
      name: 'lab',
      startsWithApp: false,
      bindAddress: '*',
      localPort: 80,
    });
  });

  it('is drawn as soon as its ports are ones', () => {
    expect(draftEnds(draft)).toBeUndefined();
    expect(draftEnds({ ...draft, remotePort: '6006' })).toMatchObject({
      localPort: 6006,
      remotePort: 6006,
    });
    expect(draftEnds({ ...draft, kind: 'dynamic' })).toMatchObject({ localPort: 1080 });
  });
});
