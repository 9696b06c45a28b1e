/** A short sound of two tones, made by the browser, so that nothing is downloaded. */

const TONES = [
  { hertz: 660, at: 0 },
  { hertz: 880, at: 0.12 },
];
const TONE_SECONDS = 0.22;
const VOLUME = 0.12;

/** Browsers play nothing before the agent has clicked or typed on the page. */
export function createChime(): () => void {
  let context: AudioContext | undefined;
  return () => {
    context ??= new AudioContext();
    void context.resume().catch(() => {});
    for (const { hertz, at } of TONES) {
      const from = context.currentTime + at;
      const tone = new OscillatorNode(context, { frequency: hertz });
      const volume = new GainNode(context, { gain: 0 });
      volume.gain.setValueAtTime(VOLUME, from);
      volume.gain.exponentialRampToValueAtTime(0.001, from + TONE_SECONDS);
      tone.connect(volume).connect(context.destination);
      tone.start(from);
      tone.stop(from + TONE_SECONDS);
    }
  };
}
