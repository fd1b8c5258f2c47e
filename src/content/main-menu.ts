import { madeMenuStep, mainFlow, type Flow } from '../flow/flow.ts'

/** The main menu where nobody wrote one: all flows by title. */
export function menuOfFlows(flows: readonly Flow[], title: string): Flow {
  return {
    id: mainFlow,
    title,
    triggers: [],
    start: madeMenuStep,
    urgent: false,
    steps: {
      [madeMenuStep]: {
        id: madeMenuStep,
        ask: title,
        choices: flows.map((flow) => ({
          title: flow.title, matchers: [], save: null, remember: null, then: { to: 'step', target: { flow: flow.id, step: flow.start } },
        })),
        otherwise: { to: 'answer' },
        goto: null,
        facts: [],
      },
    },
    file: 'main',
  }
}
