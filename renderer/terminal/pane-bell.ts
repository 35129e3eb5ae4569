/** A terminal's bell: seen, heard, or neither; never more often than a person takes it in. */
import type { Preferences } from '../../preload/contract/settings.ts';

const pauseMs = 400;
const pitchHz = 740;
const lastsMs = 110;
const loudness = 0.06;
const flashMs = 160;

/** @returns how to ring, in an element that can flash */
export function createBell(): (
  element: HTMLElement,
  bell: Preferences['terminal']['bell'],
) => void {
  let lastAt = Number.NEGATIVE_INFINITY;
  let audio: AudioContext | undefined;

  return (element, bell) => {
    const now = performance.now();
    if (bell === 'none' || now - lastAt < pauseMs) return;
    lastAt = now;
    if (bell === 'visual') {
      element.animate([{ opacity: 0.45 }, { opacity: 1 }], { duration: flashMs });
      return;
    }
    audio ??= new AudioContext();
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const end = audio.currentTime + lastsMs / 1000;
    tone.frequency.value = pitchHz;
    volume.gain.setValueAtTime(loudness, audio.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.0001, end);
    tone.connect(volume).connect(audio.destination);
    tone.start();
    tone.stop(end);
  };
}
