/** Preloaded into a product process by a test: shifts its clock by CLOCK_OFF_MS. */
const offMs = Number(process.env.CLOCK_OFF_MS ?? 0);
const RealDate = Date;
const realNow = Date.now;
Date.now = () => realNow() + offMs;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [Date.now()] : args, newTarget),
  apply: (target) => new target(Date.now()).toString(),
});
