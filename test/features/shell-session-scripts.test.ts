/** What tmux and screen say of their sessions, in the words of their versions. */
import { describe, expect, it } from 'vitest';
import { nameIt } from '../../main/features/ssh/multiplexers.ts';
import { parseSessions } from '../../main/features/ssh/shell-session-scripts.ts';

const tmux = (...said: string[]) => ['tmux', ...said].join('\n');
const screen = (...said: string[]) =>
  ['screen', ...said.map((line) => `screen:${line}`)].join('\n');

describe('the sessions of an instance', () => {
  it('are read with what runs in them, since when, and whether somebody looks', () => {
    const said = tmux(
      'tmux:1795190400:0:pilothouse-0123456789ab:python',
      'tmux:1795190401:2:my train ing:tmux: client',
    );
    expect(parseSessions(said)).toEqual({
      programs: ['tmux'],
      sessions: [
        {
          program: 'tmux',
          name: 'pilothouse-0123456789ab',
          ours: true,
          attached: false,
          startedAt: '2026-11-20T16:00:00.000Z',
          running: 'python',
        },
        {
          program: 'tmux',
          name: 'my train ing',
          ours: false,
          attached: true,
          startedAt: '2026-11-20T16:00:01.000Z',
          running: 'tmux: client',
        },
      ],
    });
  });

  it('of screen are read with a date, without one, and of several users', () => {
    const said = screen(
      'There are screens on:',
      '\t4711.pilothouse-0123456789ab\t(11/20/26 15:47:09)\t(Detached)',
      '\t17.pts-0.host\t(20.11.2026 15時47分09秒)\t(Attached)',
      '\t18.old\t(Multi, detached)',
      '\t19.dead\t(Dead ???)',
      "Remove dead screens with 'screen -wipe'.",
      '4 Sockets in /run/screen/S-train.',
    );
    const { sessions, failure } = parseSessions(said);
    expect(failure).toBeUndefined();
    expect(sessions).toEqual([
      { program: 'screen', name: '4711.pilothouse-0123456789ab', ours: true, attached: false },
      { program: 'screen', name: '17.pts-0.host', ours: false, attached: true },
      { program: 'screen', name: '18.old', ours: false, attached: false },
    ]);
  });

  it.each([
    tmux('tmux!no server running on /tmp/tmux-1000/default'),
    tmux('tmux!error connecting to /tmp/tmux-1000/default (No such file or directory)'),
    screen('No Sockets found in /run/screen/S-train.', ''),
    '',
  ])('are none where it says %j', (said) => {
    expect(parseSessions(said)).toMatchObject({ sessions: [] });
    expect(parseSessions(said).failure).toBeUndefined();
  });

  it.each([
    ['tmux', tmux('tmux!error connecting to /tmp/tmux-0/default (Permission denied)')],
    ['screen', screen("Cannot make directory '/run/screen': Permission denied")],
  ])('of %s that cannot be told are no empty list', (program, said) => {
    const { failure } = parseSessions(said);
    expect(failure).toMatchObject({ program });
    expect(failure?.detail).toContain('Permission denied');
  });
});

it('an instance that lists without end, or from the end of time, is listened to only so far', () => {
  const many = Array.from({ length: 1000 }, (_, at) => `tmux:1795190400:0:s${at}:sh`);
  expect(parseSessions(tmux(...many)).sessions).toHaveLength(200);
  const never = parseSessions(tmux('tmux:99999999999999999999:0:s:sh'));
  expect(never).toMatchObject({ sessions: [], failure: { program: 'tmux' } });
});

it('a name that is not plain is given by its bytes, so that no shell reads anything into it', () => {
  expect(nameIt('train-2.b')).toBe('session=train-2.b');
  expect(nameIt(`a'b!`)).toBe('session=$(printf %b "\\0141\\0047\\0142\\0041")');
  expect(nameIt('$(reboot) 訓')).toMatch(/^session=\$\(printf %b "(\\0[0-7]{3})+"\)$/);
});
