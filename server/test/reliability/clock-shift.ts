/** Preloaded into a product process by a test: its clock is off by so many milliseconds, while time passes as ever. */
const offMs = Number(process.env['CLOCK_OFF_MS'] ?? 0);
const RealDate = Date;
const realNow = Date.now;
Date.now = () => realNow() + offMs;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args: [], newTarget) =>
    Reflect.construct(target, args.length === 0 ? [Date.now()] : args, newTarget),
  apply: (target) => new target(Date.now()).toString(),
});
