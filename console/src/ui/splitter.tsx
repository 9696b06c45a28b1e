/** The splitter between conversation and analysis, moved by pointer or arrow keys. Its position is stored in the browser. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { ticketTexts } from '../texts/ticket-texts.ts';

const KEY = 'firstword-console-split';
const [MIN, DEFAULT, MAX, STEP] = [35, 54, 70, 2];
const clamp = (percent: number) => Math.round(Math.min(MAX, Math.max(MIN, percent)));

export function Splitter() {
  const percent = useSignal(clamp(Number(localStorage.getItem(KEY) ?? DEFAULT) || DEFAULT));
  const bar = useRef<HTMLDivElement>(null);

  useEffect(() => {
    bar.current?.parentElement?.style.setProperty('--talk-width', `${percent.value}%`);
    localStorage.setItem(KEY, String(percent.value));
  }, [percent.value]);

  function follow({ clientX }: PointerEvent) {
    const box = bar.current?.parentElement?.getBoundingClientRect();
    if (box !== undefined) percent.value = clamp(((clientX - box.left) / box.width) * 100);
  }
  const steps: Record<string, number> = { ArrowLeft: -STEP, ArrowRight: STEP };

  return (
    // biome-ignore lint/a11y/useSemanticElements: an `hr` can't be moved. This is the window splitter pattern.
    <div
      class="splitter"
      ref={bar}
      role="separator"
      aria-orientation="vertical"
      aria-label={ticketTexts.resize}
      aria-valuenow={percent.value}
      aria-valuemin={MIN}
      aria-valuemax={MAX}
      tabIndex={0}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) follow(event);
      }}
      onKeyDown={(event) => {
        const step = steps[event.key];
        if (step !== undefined) percent.value = clamp(percent.value + step);
      }}
    />
  );
}
