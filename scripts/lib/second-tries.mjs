/** A reporter that names each test that passed only when it was tried again, so that a rough edge is not forgotten. */

/** Has the form that vitest asks of a reporter. */
export default class SecondTries {
  /** @param {readonly import('vitest/node').TestModule[]} modules */
  onTestRunEnd(modules) {
    for (const module of modules)
      for (const test of module.children.allTests())
        if (test.diagnostic()?.flaky)
          console.log(`Passed on the second try only: ${module.relativeModuleId} > ${test.fullName}`);
  }
}
