/** Plays two soft notes, a third of a second together. Silent where the browser allows no sound yet. */
const NOTES_HZ = [660, 880];
const NOTE_S = 0.16;
const LOUDNESS = 0.08;

export function playTone() {
  const audio = new AudioContext();
  const start = audio.currentTime;
  const notes = NOTES_HZ.map((pitch, index) => {
    const from = start + index * NOTE_S;
    const note = new OscillatorNode(audio, { frequency: pitch });
    const volume = new GainNode(audio, { gain: 0 });
    // Fading in and out prevents clicks.
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(LOUDNESS, from + 0.02);
    volume.gain.linearRampToValueAtTime(0, from + NOTE_S);
    note.connect(volume).connect(audio.destination);
    note.start(from);
    note.stop(from + NOTE_S);
    return note;
  });
  const close = () => void audio.close().catch(() => {});
  if (audio.state === 'suspended') return close();
  notes.at(-1)?.addEventListener('ended', close);
}
