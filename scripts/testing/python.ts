import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface Python {
  /** One answer of the program for each line. */
  ask(lines: readonly unknown[]): Promise<unknown[]>
  stop(): Promise<void>
}

/**
 * Runs a Python program that defines `answer(question)`; questions and answers travel as JSON, one a line,
 * through one child process.
 */
export function startPython(program: string): Python {
  const loop =
    'import sys, json\nfor line in sys.stdin:\n    print(json.dumps(answer(json.loads(line))))\n    sys.stdout.flush()\n'
  const child = spawn('python3', ['-c', `${program}\n${loop}`], { stdio: ['pipe', 'pipe', 'inherit'] })
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    async ask(lines) {
      child.stdin.write(`${JSON.stringify(lines)}\n`)
      const { value, done } = await answers.next()
      if (done) throw new Error('Python ended')
      return JSON.parse(value) as unknown[]
    },
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.stdin.end()
      }),
  }
}
